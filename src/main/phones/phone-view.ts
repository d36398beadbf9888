/** Numbers as people read them. The raw value is always kept; what cannot be parsed is shown as it came. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneView } from '../../shared/contract/views';

/** Parsed numbers kept: formatting costs tens of microseconds and lists show the same ones again and again. */
const CACHE_SIZE = 2000;
const cache = new Map<string, PhoneView>();

function parse(raw: string): PhoneView {
  const number = parsePhoneNumberFromString(raw);
  if (number === undefined) return { raw };
  return {
    raw,
    national: number.formatNational(),
    international: number.formatInternational(),
    ...(number.country === undefined ? {} : { country: number.country }),
  };
}

export function phoneView(raw: string): PhoneView {
  const before = cache.get(raw);
  if (before !== undefined) return before;
  const view = parse(raw);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(raw, view);
  return view;
}
