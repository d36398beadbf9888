import { describe, expect, test } from 'vitest';
import {
  agoParts,
  calmTimer,
  countryName,
  languageName,
  money,
  percent,
  timer,
  whenShort,
} from '../../../src/renderer/i18n/format';
import { formatLocale, systemLanguage } from '../../../src/renderer/i18n/i18n';

const NOW = new Date(2026, 0, 12, 14, 5, 20).getTime();
const s = 1000;

describe('how long ago', () => {
  test.each([
    [0, { unit: 'seconds', seconds: 0 }],
    [3 * s, { unit: 'seconds', seconds: 3 }],
    [3 * s + 999, { unit: 'seconds', seconds: 3 }],
    [59 * s, { unit: 'seconds', seconds: 59 }],
    [60 * s, { unit: 'minutes', minutes: 1, seconds: 0 }],
    [71 * s, { unit: 'minutes', minutes: 1, seconds: 11 }],
    [10 * 60 * s + 5 * s, { unit: 'minutes', minutes: 10, seconds: 0 }],
    [60 * 60 * s, { unit: 'clock' }],
    // Two computers' clocks never agree exactly: the future is "now".
    [-2 * s, { unit: 'seconds', seconds: 0 }],
  ])('%i ms', (ms, parts) => {
    expect(agoParts(NOW - ms, NOW)).toEqual(parts);
  });
});

describe('money', () => {
  test.each([
    ['1500', 'INR', 'en-IN', '₹1,500'],
    ['150000.5', 'INR', 'hi-IN', '₹1,50,000.50'],
    ['1500.50', 'TRY', 'tr', '₺1.500,50'],
    // More digits than a float holds, and more than the currency has: none is lost.
    ['999999999999.9999', 'USD', 'en', '$999,999,999,999.9999'],
    ['0.0001', 'JPY', 'en', '¥0.0001'],
  ])('%s %s in %s', (value, currency, locale, text) => {
    expect(money({ value, currency }, locale)).toBe(text);
  });
});

describe('a part of all', () => {
  test.each([
    [0, '0%'],
    [1 / 543, '0.2%'],
    [0.25, '25%'],
    [0.996, '100%'],
  ])('%s is %s: little is not nothing', (part, words) => {
    expect(percent(part, 'en-IN')).toBe(words);
  });
});

describe('a timer', () => {
  test.each([
    [0, '0:00'],
    [65 * s, '1:05'],
    [3600 * s + 62 * s, '1:01:02'],
    [-5 * s, '0:00'],
  ])('%i ms', (ms, words) => {
    expect(timer(ms, 'en')).toBe(words);
  });
});

describe('a timer at rest', () => {
  test.each([
    [5_000, '0:05'],
    [59_999, '0:59'],
    [60_000, '1 min'],
    [12 * 60_000 + 59_000, '12 min'],
    [65 * 60_000, '1 hr 5 min'],
  ])('%i ms are %s', (ms, words) => {
    expect(calmTimer(ms, 'en')).toBe(words);
  });
});

describe('when something was', () => {
  test('today is a time of day, this year a day, earlier a whole date', () => {
    expect(whenShort(NOW - 3600 * s, NOW, 'en-GB')).toBe('13:05');
    expect(whenShort(new Date(2026, 0, 5).getTime(), NOW, 'en-GB')).toBe('5 Jan');
    expect(whenShort(new Date(2025, 0, 5).getTime(), NOW, 'en-GB')).toBe('5 Jan 2025');
    expect(whenShort(new Date(2026, 0, 5).getTime(), NOW, 'tr')).toBe('5 Oca');
  });
});

describe('names of things', () => {
  test('a language and a country in words', () => {
    expect(languageName('hi-IN', 'en')).toBe('Hindi (India)');
    expect(countryName('IN', 'tr')).toBe('Hindistan');
  });

  test("a platform's own word that is no standard code is shown as it came", () => {
    expect(languageName('hinglish / mixed', 'en')).toBe('hinglish / mixed');
    expect(countryName('??', 'en')).toBe('??');
  });
});

describe('the language of a window', () => {
  test('is the first of the system that has a catalogue', () => {
    expect(systemLanguage(['de-DE', 'tr-TR', 'en-US'])).toBe('tr');
    expect(systemLanguage(['HI-in'])).toBe('hi');
    expect(systemLanguage(['de-DE'])).toBe('en');
    expect(systemLanguage([])).toBe('en');
  });

  test('dates follow the region of the system within that language', () => {
    expect(formatLocale('en', ['hi-IN', 'en-IN'])).toBe('en-IN');
    expect(formatLocale('tr', ['en-US'])).toBe('tr');
    // "enm" is Middle English, not a region of English.
    expect(formatLocale('en', ['enm'])).toBe('en');
  });
});
