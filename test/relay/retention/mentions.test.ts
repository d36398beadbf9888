import { describe, expect, test } from 'vitest';
import { mentions } from '../../../src/relay/retention/mentions';

const singapore = mentions(['6581234567', '81234567']);
const india = mentions(['919876543210', '9876543210']);

describe('a text mentions a number', () => {
  test.each([
    '"to":"+6581234567"',
    '"phone":6581234567,',
    'call 8123 4567 please',
    '8123-4567',
    '8123.4567',
    '(8123) 45 67',
    '006581234567',
    '081234567',
    '+65 (0) 8123 4567',
    '\\n81234567',
    '+65\u00a08123\u00a04567',
    '+65 8123\u20114567',
  ])('as %s', (text) => expect(singapore(text)).toBe(true));

  test.each(['"to":"+918123456789"', '"id":"call_9981234567"', '"id":"812345678"', '+1 8123 4567', '8123 x 4567', ''])(
    'and not as %s',
    (text) => expect(singapore(text)).toBe(false),
  );

  test('with spaces as people say it', () => {
    expect(india('it is 98765 43210, at home')).toBe(true);
    expect(india('+91 98765-43210')).toBe(true);
    expect(india('98765 432101')).toBe(false);
  });

  test('or not, at once, however little else stands in it', () => {
    const began = performance.now();
    expect(singapore(' '.repeat(1_000_000))).toBe(false);
    expect(singapore('8 '.repeat(500_000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('that was given without its country, also with one', () => {
    expect(mentions(['9876543210'])('+919876543210')).toBe(true);
    expect(mentions(['9876543210'])('919876543210')).toBe(false);
  });
});
