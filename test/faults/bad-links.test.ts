import { expect, it } from 'vitest';
import { badLinks } from './bad-links';

it('gives every desk the whole log in order over links that drop, dribble, swallow and reset', async () => {
  const verdict = await badLinks({ seed: 1, long: false });
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
  expect(verdict.facts.sessions).toBeGreaterThan(4);
}, 120_000);
