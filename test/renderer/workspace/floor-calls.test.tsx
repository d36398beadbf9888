// @vitest-environment jsdom
/** Calls that wait on the floor, in the supervisor's language. */
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { NOW } from '../../../src/renderer/gallery/samples';
import { FloorCalls } from '../../../src/renderer/workspace/floor/floor-calls';
import { drawPart } from '../support/draw';

afterEach(cleanup);

test.each([
  ['en', 'Upset customer', 'Keyword'],
  ['tr', 'Sinirli müşteri', 'Anahtar kelime'],
  ['hi', 'नाराज़ ग्राहक', 'खास शब्द'],
] as const)('say why a person is needed in words, not in a platform’s term: %s', (language, upset, keyword) => {
  const since = new Date(NOW - 60_000).toISOString();
  const calls = [
    { call: 'vinfer:1', name: 'Amit Patel', since, trigger: 'sentiment_negative', meant_for: [] },
    { call: 'vinfer:2', name: 'Priya Sharma', since, trigger: 'keyword', meant_for: [] },
    { call: 'vinfer:3', name: 'Elif Kaya', since, trigger: 'very_new_rule', meant_for: [] },
  ];
  drawPart(<FloorCalls title="Waiting" none="none" calls={calls} now={NOW} live />, language);
  expect(screen.getByTestId('floor-call-vinfer:1').textContent).toContain(upset);
  expect(screen.getByTestId('floor-call-vinfer:2').textContent).toContain(keyword);
  // A term that nobody has words for is told as the platform says it.
  expect(screen.getByTestId('floor-call-vinfer:3').textContent).toContain('Very new rule');
});
