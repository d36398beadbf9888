/** A cell as a phone number: E.164, or the reason why not. Never guessed: a wrong number is a stranger's number. */
import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { RefusalReason } from '../../../shared/contract/lead-imports';
import type { ParsedNumber } from '../../dialling/places';
import { createPlainNumberReader } from '../../dialling/plain-numbers';

export type PhoneReading = { ok: true; phone: string; number: ParsedNumber } | { ok: false; reason: RefusalReason };

/** What a spreadsheet makes of a long number: `9.19E+11`, `9,19E+11`. */
const SCIENTIFIC = /^[+']?\d+(?:[.,]\d+)?[eE][+-]?\d+$/;
/** Digits, and what people put around and between them. An extension would be dialled as part of nothing. */
const WRITTEN = /^(?:tel:)?[+]?[\d\s().\-/\u00a0\u2010-\u2015]+$/i;
/** A number cell that was saved as text with its fraction. */
const FRACTION = /^\+?\d+\.0+$/;
/** Shown by spreadsheets to keep digits as text; invisible marks that come with copied numbers. */
const WRAPPING = /^[='"\s]+|["\s]+$|[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

const readPlain = createPlainNumberReader();

const no = (reason: RefusalReason): PhoneReading => ({ ok: false, reason });

/** Why a number that cannot be dialled cannot be, as far as its length tells. */
function whyNot(text: string, country: CountryCode | undefined): RefusalReason {
  const digits = text.replace(/\D/g, '');
  if (digits.length > 15) return 'phone_too_long';
  if (country !== undefined && !text.startsWith('+') && isMissingZeros(digits, country)) return 'phone_lost_zeros';
  const length = parsePhoneNumberFromString(text, country);
  if (length === undefined) return digits.length < 5 ? 'phone_too_short' : 'phone_invalid';
  if (length.isPossible()) return 'phone_invalid';
  return length.nationalNumber.length < 8 ? 'phone_too_short' : 'phone_too_long';
}

/** Digits that make a valid number with a zero in front (as in Italy), or with the `00` or `+` of an international one. */
function isMissingZeros(digits: string, country: CountryCode): boolean {
  const national = parsePhoneNumberFromString(`0${digits}`, country);
  return national?.isValid() === true || parsePhoneNumberFromString(`+${digits}`)?.isValid() === true;
}

/** @param country ISO 3166, of numbers without a country code */
export function readPhone(cell: string, country: string | undefined): PhoneReading {
  const text = cell.trim().replace(WRAPPING, '');
  if (text === '') return no('phone_missing');
  if (SCIENTIFIC.test(text)) return no('phone_scientific');
  const written = FRACTION.test(text) ? text.slice(0, text.indexOf('.')) : text;
  if (!WRITTEN.test(written)) return no('phone_not_a_number');
  const known = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const international = written.replace(/^tel:/i, '').trim();
  if (known === undefined && !international.startsWith('+')) return no('phone_no_country');
  const plain = readPlain(international, known);
  if (plain !== undefined) return { ok: true, phone: plain.phone, number: plain };
  const number = parsePhoneNumberFromString(international, known);
  // One look at the number's type says both that it is valid and what it is.
  const type = number?.getType();
  if (number === undefined || type === undefined) return no(whyNot(international, known));
  const { countryCallingCode, nationalNumber, country: its } = number;
  return { ok: true, phone: number.number, number: { countryCallingCode, nationalNumber, country: its, type } };
}
