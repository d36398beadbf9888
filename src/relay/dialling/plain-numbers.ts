/**
 * Reads numbers of the usual shape by libphonenumber's own plans, with their patterns compiled once: the library compiles them
 * anew for every number, which is most of what a number costs. Whatever needs more than that (a national or an
 * international prefix, a number that is not valid) is left to the library; a property test holds the two together.
 */
import metadata from 'libphonenumber-js/metadata.max.json';
import type { CountryCode, PhoneNumberType } from 'libphonenumber-js/max';
import { z } from 'zod';
import type { ParsedNumber } from './places';

interface PlainNumber extends ParsedNumber {
  /** E.164. */
  phone: string;
  type: PhoneNumberType;
}

/** A valid number of the usual shape; undefined: ask libphonenumber. @param country of numbers without a country code */
type ReadPlainNumber = (text: string, country?: CountryCode) => PlainNumber | undefined;

/** Digits with what people put between them. Fewer or more digits are for the library to explain. */
const PLAIN = /^\+?\(?\d(?:[ ()\-./]{0,2}\d){6,14}$/;
const BETWEEN = /[^\d]/g;

/** Types in the order in which a plan lists them, and in which the library tries them. */
const LISTED = [
  ...(['FIXED_LINE', 'MOBILE', 'TOLL_FREE', 'PREMIUM_RATE', 'PERSONAL_NUMBER'] as const),
  ...(['VOICEMAIL', 'UAN', 'PAGER', 'VOIP', 'SHARED_COST'] as const),
];
const TRIED = [
  ...(['MOBILE', 'PREMIUM_RATE', 'TOLL_FREE', 'SHARED_COST', 'VOIP', 'PERSONAL_NUMBER'] as const),
  ...(['PAGER', 'UAN', 'VOICEMAIL'] as const),
];
type Listed = (typeof LISTED)[number];

const none = z.union([z.null(), z.literal(0), z.literal('')]).optional();
const lengthsSchema = z.array(z.int());
const typeSchema = z.tuple([z.union([z.string(), z.null(), z.literal(0)])], z.unknown());
const planSchema = z.object({
  code: z.string(),
  abroad: z.string(),
  valid: z.string(),
  lengths: lengthsSchema,
  prefix: z.union([z.string(), none]),
  usualPrefix: z.union([z.string(), none]),
  leading: z.union([z.string(), none]),
  types: z.array(z.union([typeSchema, none])),
});

/** Where a plan keeps what; the library documents it in its METADATA.md. */
function namedPlan(country: CountryCode): z.infer<typeof planSchema> {
  const plan: readonly unknown[] = metadata.countries[country] ?? [];
  return planSchema.parse({
    ...{ code: plan[0], abroad: plan[1], valid: plan[2], lengths: plan[3] },
    ...{ prefix: plan[7], usualPrefix: plan[5], leading: plan[10], types: plan[11] },
  });
}

interface KindOfNumber {
  /** Undefined: as the fixed lines. */
  pattern: RegExp | undefined;
  lengths: readonly number[];
}
interface Plan {
  country: CountryCode;
  code: string;
  valid: RegExp;
  lengths: readonly number[];
  kinds: ReadonlyMap<Listed, KindOfNumber>;
  /** What its countrymen dial before a national number, and before one abroad. */
  prefix: RegExp | undefined;
  abroad: RegExp;
  /** Numbers that begin so are of this country and not of another one with its code. */
  leading: RegExp | undefined;
}

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const begin = (pattern: string) => new RegExp(`^(?:${pattern})`);
const given = (pattern: string | 0 | null | undefined): pattern is string =>
  typeof pattern === 'string' && pattern !== '';

function planOf(country: CountryCode): Plan {
  const plan = namedPlan(country);
  const kinds = new Map<Listed, KindOfNumber>();
  for (const [at, name] of LISTED.entries()) {
    const kind = plan.types[at];
    if (!Array.isArray(kind)) continue;
    const [pattern, lengths] = kind;
    kinds.set(name, {
      pattern: given(pattern) ? whole(pattern) : undefined,
      lengths: Array.isArray(lengths) ? lengthsSchema.parse(lengths) : plan.lengths,
    });
  }
  const prefix = given(plan.prefix) ? plan.prefix : plan.usualPrefix;
  return {
    ...{ country, code: plan.code, valid: whole(plan.valid), lengths: plan.lengths, kinds, abroad: begin(plan.abroad) },
    prefix: given(prefix) ? begin(prefix) : undefined,
    leading: given(plan.leading) ? begin(plan.leading) : undefined,
  };
}

function isOf(national: string, kind: KindOfNumber | undefined): boolean {
  return kind?.pattern !== undefined && kind.lengths.includes(national.length) && kind.pattern.test(national);
}

function typeOf(national: string, { valid, kinds }: Plan): PhoneNumberType | undefined {
  if (!valid.test(national)) return undefined;
  if (!isOf(national, kinds.get('FIXED_LINE'))) return TRIED.find((type) => isOf(national, kinds.get(type)));
  const mobile = kinds.get('MOBILE');
  const both = mobile?.pattern === undefined || isOf(national, mobile);
  return both ? 'FIXED_LINE_OR_MOBILE' : 'FIXED_LINE';
}

/** Of the countries that share a code the one that has the number. */
function ownerOf(national: string, plans: readonly Plan[]): Plan | undefined {
  if (plans.length === 1) return plans[0];
  return plans.find((plan) =>
    plan.leading === undefined ? typeOf(national, plan) !== undefined : plan.leading.test(national),
  );
}

/** Plans are compiled when the first number of their code comes. */
export function createPlainNumberReader(): ReadPlainNumber {
  const known = new Map<string, readonly Plan[]>();
  const plansOf = (code: string): readonly Plan[] => {
    const plans = known.get(code) ?? (metadata.country_calling_codes[code] ?? []).map(planOf);
    known.set(code, plans);
    return plans;
  };
  const codes = new Map<CountryCode, string>();
  const codeOf = (country: CountryCode): string => {
    const code = codes.get(country) ?? planOf(country).code;
    codes.set(country, code);
    return code;
  };

  const read = (national: string, home: Plan | undefined, plans: readonly Plan[]): PlainNumber | undefined => {
    if (home === undefined || home.prefix?.test(national) === true) return undefined;
    const owner = ownerOf(national, plans);
    const type = owner === undefined ? undefined : typeOf(national, owner);
    if (owner === undefined || type === undefined || !owner.lengths.includes(national.length)) return undefined;
    const { code, country } = owner;
    return { phone: `+${code}${national}`, countryCallingCode: code, nationalNumber: national, country, type };
  };

  return (text, country) => {
    if (!PLAIN.test(text)) return undefined;
    const digits = text.replace(BETWEEN, '');
    if (text.startsWith('+')) {
      const code = [1, 2, 3].map((length) => digits.slice(0, length)).find((one) => plansOf(one).length > 0);
      if (code === undefined) return undefined;
      const plans = plansOf(code);
      return read(digits.slice(code.length), plans[0], plans);
    }
    if (country === undefined) return undefined;
    const code = codeOf(country);
    const plans = plansOf(code);
    const home = plans.find((plan) => plan.country === country);
    // What looks like a number from abroad, or like one with its country code, could be either.
    if (home?.abroad.test(digits) === true || digits.startsWith(code)) return undefined;
    return read(digits, home, plans);
  };
}
