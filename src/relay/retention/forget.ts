/** Erasing a person: every call with the number, every webhook body that names it. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Clock } from '../clock';
import type { Seal } from '../deliveries/seal';
import type { Store } from '../store/port';
import { mentions } from './mentions';
import type { Forgotten } from './port';

/** Bodies looked through at a time. */
const PAGE = 100;
/** Fewer digits would match too much: an extension, a year, an amount. */
export const MIN_FORGET_DIGITS = 7;

export type Erased = Forgotten;

/** The number in the notations that bodies use, digits only: with the country code, and without where that is known. */
function notationsOf(phone: string): string[] {
  const digits = phone.replace(/\D/g, '');
  const national = parsePhoneNumberFromString(`+${digits}`)?.nationalNumber ?? digits;
  return national.length >= MIN_FORGET_DIGITS && national !== digits ? [digits, national] : [digits];
}

/** A body as its sender meant it: in escapes, what is not a digit ends in one. */
function unescaped(text: string): string {
  return text.replace(/(?:\\u([0-9a-f]{4})|%([0-9a-f]{2}))/gi, (_escape, unicode?: string, byte?: string) =>
    String.fromCharCode(parseInt(unicode ?? byte ?? '', 16)),
  );
}

async function forgetDeliveries(store: Pick<Store, 'deliveries'>, seal: Seal, numbers: string[]): Promise<number> {
  const named = mentions(numbers);
  let removed = 0;
  for (let after = 0; ;) {
    const bodies = await store.deliveries.bodies(after, PAGE);
    const last = bodies.at(-1);
    if (last === undefined) return removed;
    after = last.id;
    const hits = bodies.filter(({ sealed }) => named(unescaped(seal.open(sealed)?.toString() ?? '')));
    if (hits.length > 0) removed += await store.deliveries.remove(hits.map(({ id }) => id));
  }
}

/**
 * Erases a phone number. Ids of erased events are remembered, so that a platform's replay does not bring them back.
 * @param phone in any notation with at least 7 digits
 * @throws StoreError when something could not be erased, or only its traces in the files could not: then erase it again
 */
export async function forgetPhone(
  phone: string,
  deps: { store: Pick<Store, 'retention' | 'deliveries'>; seal: Seal; clock: Clock },
): Promise<Erased> {
  const numbers = notationsOf(phone);
  if ((numbers[0] ?? '').length < MIN_FORGET_DIGITS)
    throw new RangeError(`a phone number has at least ${MIN_FORGET_DIGITS} digits`);
  // Deliveries first: forgetting the calls empties the write-ahead log, which then holds neither.
  const deliveries = await forgetDeliveries(deps.store, deps.seal, numbers);
  const forgotten = await deps.store.retention.forget(numbers, deps.clock.now());
  await deps.store.retention.scrub();
  return { ...forgotten, deliveries: forgotten.deliveries + deliveries };
}
