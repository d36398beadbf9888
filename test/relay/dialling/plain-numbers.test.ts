/** Numbers that are read without libphonenumber are read as libphonenumber reads them. */
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlainNumberReader } from '../../../src/relay/dialling/plain-numbers';

const read = createPlainNumberReader();
const countries = getCountries();
const INPUTS = Number(process.env.NUMBERS ?? 20_000);

/** What the library says, as far as it is used. Undefined where it would refuse the number. */
function asked(text: string, country?: (typeof countries)[number]) {
  const number = parsePhoneNumberFromString(text, country);
  const type = number?.getType();
  if (number === undefined || type === undefined || !number.isPossible()) return undefined;
  const { countryCallingCode, nationalNumber } = number;
  return { phone: number.number, countryCallingCode, nationalNumber, country: number.country, type };
}

/** A generator of our own: fast-check's arbitraries take longer than both readings together. */
function* inputs(seed: number): Generator<{ text: string; country: (typeof countries)[number] | undefined }> {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <T>(from: readonly T[]) => from[random(from.length)];
  for (let n = 0; n < INPUTS; n += 1) {
    const country = pick(countries) ?? 'IN';
    const plan: readonly unknown[] = metadata.countries[country] ?? [];
    const length = random(5) === 0 ? 4 + random(11) : (pick(plan[3] as number[]) ?? 10);
    // Half of them begin like the plan's own patterns, so that many are valid.
    const start = random(2) === 0 ? '' : (pick(JSON.stringify(plan[11]).match(/\d+/g) ?? ['']) ?? '');
    const rest = Array.from({ length }, () => random(10)).join('');
    const national = (start + rest).slice(0, length);
    const abroad = random(5) < 3;
    const digits = abroad ? `+${String(plan[0])}${national}` : national;
    const between = random(4) === 0 ? ([' ', '-', '.', '(', ') ', '/', ''] as const) : ([''] as const);
    const text = digits.replace(/\d/g, (one, at: number) => (at > 1 ? (pick(between) ?? '') + one : one));
    yield { text, country: abroad && random(2) === 0 ? undefined : random(10) === 0 ? pick(countries) : country };
  }
}

describe('a number of the usual shape', () => {
  it(`is what libphonenumber says it is, in ${INPUTS} made-up numbers of every country`, () => {
    let answered = 0;
    for (const { text, country } of inputs(20261127)) {
      const own = read(text, country);
      if (own === undefined) continue;
      answered += 1;
      const theirs = asked(text, country);
      // `expect` on each would take longer than the reading.
      if (JSON.stringify(theirs) !== JSON.stringify(own)) expect(own, `${text} ${country ?? ''}`).toEqual(theirs);
    }
    expect(answered).toBeGreaterThan(INPUTS / 10);
  }, 120_000);

  it('is left to libphonenumber when it is anything else', () => {
    const written = fc.stringMatching(/^[+0-9 ()\-./]{0,20}$/);
    fc.assert(
      fc.property(written, fc.constantFrom(undefined, ...countries), (text, country) => {
        const own = read(text, country);
        if (own !== undefined) expect(own).toEqual(asked(text, country));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['+919876500001', undefined, '+919876500001', 'IN'],
    ['98765 00001', 'IN', '+919876500001', 'IN'],
    ['(305) 555-0100', 'US', '+13055550100', 'US'],
    ['+1 604 555 0100', 'US', '+16045550100', 'CA'],
    ['+44 7911 123456', undefined, '+447911123456', 'GG'],
  ] as const)('%s of %s needs no library', (text, country, phone, of) => {
    expect(read(text, country)).toMatchObject({ phone, country: of });
  });

  it.each([['+91 09876500001'], ['00919876500001'], ['12345'], ['+1 305 55'], ['+9999876500001'], ['Amit']])(
    '%s is for the library',
    (text) => {
      expect(read(text, 'IN')).toBeUndefined();
    },
  );
});
