// @vitest-environment jsdom
import '../support/browser-parts';
import { act, cleanup, render, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PoliteTurns } from '../../../src/renderer/components/polite-turns';
import { turns } from '../../../src/renderer/gallery/samples';
import { createWords } from '../../../src/renderer/i18n/i18n';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const words = createWords('en');
const page = (count: number) => (
  <I18nextProvider i18n={words}>
    <PoliteTurns turns={turns.slice(0, count)} />
  </I18nextProvider>
);
const said = () => screen.getByRole('status').textContent;
const wait = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

test('what was there when the call was opened is not read; a new line is, and then at most one in four seconds', () => {
  const { rerender } = render(page(2));
  wait(5000);
  expect(said()).toBe('');
  rerender(page(3));
  wait(1);
  expect(said()).toContain('AI: I am calling about the instalment');
  rerender(page(4));
  wait(1000);
  rerender(page(5));
  wait(1000);
  expect(said()).toContain('instalment');
  wait(2500);
  expect(said()).toContain('Would 15 January suit you');
});
