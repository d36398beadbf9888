import { expect, test } from 'vitest';
import { supportedSentences } from '../../../src/renderer/components/support';
import { turns } from '../../../src/renderer/gallery/samples';

const SUMMARY =
  'Customer Amit was asked about the instalment of ₹12,500. He wants a manager and no machine. The weather is fine.';

test('a sentence points to the turn that shares its telling words or its numbers, and to none otherwise', () => {
  expect(supportedSentences(SUMMARY, turns).map(({ turn }) => turn?.key ?? null)).toEqual(['t3', 't6', null]);
});

test('the sentences together are the summary, to the letter', () => {
  const text = `${SUMMARY}\n\n"Dr. No" said: wait… and   spaces `;
  expect(
    supportedSentences(text, turns)
      .map((sentence) => sentence.text)
      .join(''),
  ).toBe(text);
});

test('without turns nothing is supported, and a half-spoken line supports nothing', () => {
  expect(supportedSentences(SUMMARY, []).every(({ turn }) => turn === null)).toBe(true);
  const partial = turns.map((turn) => ({ ...turn, partial: true }));
  expect(supportedSentences(SUMMARY, partial).every(({ turn }) => turn === null)).toBe(true);
});
