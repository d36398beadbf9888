/** Erasing a person: every call with the number, every webhook body that names it. */
import type { Clock } from '../clock';
import type { Seal } from '../deliveries/seal';
import type { Store } from '../store/port';

/** Bodies looked through at a time. */
const PAGE = 100;
/** Fewer digits would match too much: an extension, a year, an amount. */
export const MIN_FORGET_DIGITS = 7;

export interface Erased {
  calls: number;
  events: number;
  deliveries: number;
}

/** The number as it may be written in a body: digits with the usual separators between them. */
function writtenAs(digits: string): RegExp {
  return new RegExp(digits.split('').join('[\\s().\\-]*'));
}

async function forgetDeliveries(store: Pick<Store, 'deliveries'>, seal: Seal, digits: string): Promise<number> {
  const pattern = writtenAs(digits);
  let removed = 0;
  for (let after = 0; ;) {
    const bodies = await store.deliveries.bodies(after, PAGE);
    const last = bodies.at(-1);
    if (last === undefined) return removed;
    after = last.id;
    const hits = bodies.filter(({ sealed }) => pattern.test(seal.open(sealed)?.toString() ?? ''));
    if (hits.length > 0) removed += await store.deliveries.remove(hits.map(({ id }) => id));
  }
}

/**
 * Erases a phone number. Ids of erased events are remembered, so that a platform's replay does not bring them back.
 * @param phone in any notation with at least 7 digits
 */
export async function forgetPhone(
  phone: string,
  deps: { store: Pick<Store, 'retention' | 'deliveries'>; seal: Seal; clock: Clock },
): Promise<Erased> {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < MIN_FORGET_DIGITS)
    throw new RangeError(`a phone number has at least ${MIN_FORGET_DIGITS} digits`);
  // Deliveries first: forgetting the calls empties the write-ahead log, which then holds neither.
  const deliveries = await forgetDeliveries(deps.store, deps.seal, digits);
  const forgotten = await deps.store.retention.forget(digits, deps.clock.now());
  return { ...forgotten, deliveries: forgotten.deliveries + deliveries };
}
