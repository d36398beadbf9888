/** Whether a number as somebody typed it into a CRM is this one. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

export interface Sought {
  /** E.164 without the plus sign. */
  digits: string;
  /** Without the country code, as people write it at home. */
  national: string;
}

export function soughtOf(phone: string): Sought {
  const digits = phone.replace(/\D/g, '');
  return { digits, national: parsePhoneNumberFromString(`+${digits}`)?.nationalNumber ?? digits };
}

/** A number with another country code is another number; one without any is taken for one of this country. */
export function isSame(written: unknown, { digits, national }: Sought): boolean {
  if (typeof written !== 'string') return false;
  const own = written.replace(/\D/g, '').replace(/^00/, '');
  if (own === digits) return true;
  const international = /^\s*(?:\+|00)/.test(written);
  return !international && own.replace(/^0/, '') === national;
}
