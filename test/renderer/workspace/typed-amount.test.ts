import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../../../src/renderer/i18n/format';
import { exampleAmount, understandAmount } from '../../../src/renderer/workspace/outcome/typed-amount';
import { amountSchema } from '../../../src/shared/contract/amounts';

const read = (typed: string, locale: string, currency: string) => {
  const understood = understandAmount(typed, { locale, currency });
  return understood.ok ? understood.value : understood.why;
};

describe('an amount as it is typed', () => {
  test.each([
    ['1500', 'en-IN', 'INR', '1500'],
    ['1500.5', 'en-IN', 'INR', '1500.50'],
    ['1500.00', 'en-IN', 'INR', '1500'],
    ['1500.', 'en-IN', 'INR', '1500'],
    ['.5', 'en-IN', 'INR', '0.50'],
    ['007', 'en-IN', 'INR', '7'],
    ['1,500.50', 'en-IN', 'INR', '1500.50'],
    ['1,50,000', 'en-IN', 'INR', '150000'],
    ['1,50,000.25', 'hi-IN', 'INR', '150000.25'],
    ['150,000', 'en-IN', 'INR', '150000'],
    ['1.500,50', 'tr-TR', 'TRY', '1500.50'],
    ['1.500', 'tr-TR', 'TRY', '1500'],
    ['1500,5', 'tr', 'TRY', '1500.50'],
    // Another language's way, where it can mean one thing only.
    ['1.500,50', 'en-IN', 'INR', '1500.50'],
    ['1,500.50', 'tr', 'TRY', '1500.50'],
    ['1500,50', 'en', 'USD', '1500.50'],
    ['1500.50', 'tr', 'TRY', '1500.50'],
    ['1.500.000', 'en', 'USD', '1500000'],
    ['1 500', 'en', 'USD', '1500'],
    ['1\u202f500,50', 'en', 'EUR', '1500.50'],
    ["1'500.50", 'en', 'CHF', '1500.50'],
    ['१५००', 'hi-IN', 'INR', '1500'],
    ['१,५०,०००.५०', 'hi', 'INR', '150000.50'],
    ['٣٠٠', 'en', 'AED', '300'],
    ['₹ 1,500', 'en-IN', 'INR', '1500'],
    ['1500 INR', 'en-IN', 'INR', '1500'],
    ['₺1.500,50', 'tr', 'TRY', '1500.50'],
    ['1500', 'en', 'JPY', '1500'],
    ['1.500', 'en', 'KWD', '1.500'],
    ['999999999999.99', 'en', 'INR', '999999999999.99'],
  ])('%j in %s, %s is %s', (typed, locale, currency, value) => {
    expect(read(typed, locale, currency)).toBe(value);
    expect(amountSchema.safeParse({ value, currency }).success).toBe(true);
  });

  test.each([
    ['', 'en-IN', 'INR', 'not_a_number'],
    ['fifteen hundred', 'en-IN', 'INR', 'not_a_number'],
    ['-5', 'en-IN', 'INR', 'not_a_number'],
    ['1e3', 'en-IN', 'INR', 'not_a_number'],
    [',', 'en-IN', 'INR', 'not_a_number'],
    // The sign of other money is not passed over.
    ['$1500', 'en-IN', 'INR', 'not_a_number'],
    // Fifteen hundred to one reader, one and a half to another.
    ['1.500', 'en-IN', 'INR', 'unclear'],
    ['1,500', 'tr', 'TRY', 'unclear'],
    // A slip in the groups, or a decimal comma.
    ['15,00', 'en-IN', 'INR', 'unclear'],
    ['1,5,000', 'en-IN', 'INR', 'unclear'],
    ['1,50.000', 'en-IN', 'INR', 'unclear'],
    ['1,500 000.50', 'en-IN', 'INR', 'unclear'],
    ['15 00', 'en-IN', 'INR', 'unclear'],
    ['1.50 0', 'en-IN', 'INR', 'unclear'],
    ['1500.505', 'en-IN', 'INR', 'too_exact'],
    ['1,500.505', 'en-IN', 'INR', 'too_exact'],
    ['1500.5', 'en', 'JPY', 'too_exact'],
    ['1000000000000', 'en-IN', 'INR', 'too_large'],
    ['0', 'en-IN', 'INR', 'zero'],
    ['0.00', 'en-IN', 'INR', 'zero'],
  ])('%j in %s, %s is not taken: %s', (typed, locale, currency, why) => {
    expect(read(typed, locale, currency)).toBe(why);
  });

  test('never leads to a value that the contract does not take', () => {
    const characters = fc.constantFrom('0', '1', '5', '9', '.', ',', "'", ' ', '-', '₹', '१');
    fc.assert(
      fc.property(
        fc.string({ unit: characters, maxLength: 20 }),
        fc.constantFrom('en-IN', 'hi-IN', 'tr', 'en-DE'),
        fc.constantFrom('INR', 'TRY', 'JPY', 'KWD'),
        (typed, locale, currency) => {
          const understood = understandAmount(typed, { locale, currency });
          if (understood.ok) amountSchema.parse({ value: understood.value, currency });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('an amount as it is shown', () => {
  const locales = fc.constantFrom('en', 'en-IN', 'en-GB', 'hi', 'hi-IN', 'hi-IN-u-nu-deva', 'tr', 'tr-TR', 'en-CH');
  const currencies = [
    { currency: 'INR', decimals: 2 },
    { currency: 'TRY', decimals: 2 },
    { currency: 'JPY', decimals: 0 },
    { currency: 'KWD', decimals: 3 },
  ];
  const amounts = fc
    .record({ money: fc.constantFrom(...currencies), units: fc.bigInt(1n, 10n ** 12n - 1n) })
    .map(({ money: { currency, decimals }, units }) => {
      const digits = units.toString().padStart(decimals + 1, '0');
      const [whole, fraction] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
      return { currency, value: /^0*$/.test(fraction) ? whole : `${whole}.${fraction}` };
    });

  test('is understood as itself when it is typed as it is shown', () => {
    fc.assert(
      fc.property(amounts, locales, (amount, locale) => {
        expect(understandAmount(money(amount, locale), { locale, currency: amount.currency })).toEqual({
          ok: true,
          value: amount.value,
        });
      }),
      { numRuns: 300 },
    );
  });

  test('in an example is one that is taken', () => {
    for (const [locale, currency] of [
      ['en-IN', 'INR'],
      ['hi', 'INR'],
      ['tr', 'TRY'],
      ['en', 'JPY'],
      ['en', 'KWD'],
    ] as const) {
      expect(understandAmount(exampleAmount({ locale, currency }), { locale, currency })).toMatchObject({ ok: true });
    }
    expect(exampleAmount({ locale: 'tr', currency: 'TRY' })).toBe('1.500,50');
  });
});
