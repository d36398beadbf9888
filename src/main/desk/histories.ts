/** Customer histories by number: asked when a call is first shown, kept while fresh, shared by every call of that number. */
import type { ContactHistoryView } from '../../shared/contract/views';
import type { KnownCustomer } from '../relay-client/contact-history';
import type { Scheduler } from '../timing/scheduler';

/** A history older than this is asked again when its number calls. */
const FRESH_FOR_MS = 5 * 60_000;
/** One that could not be had is asked again after this, ms: whatever was in the way is mostly over by then. */
const FAILED_FOR_MS = 10_000;
/** "Calls in 30 days", as the relay counts them. */
const WINDOW_MS = 30 * 24 * 3600_000;
/** Numbers kept: a shift's worth. The one asked for longest ago is forgotten first. */
export const MAX_NUMBERS = 1_000;

/** What came before this call: the call on the line is no history of its own customer. */
function before(customer: KnownCustomer, call: string | undefined, now: number): ContactHistoryView {
  if (customer.state === 'unavailable') return customer;
  const { calls_30d, dnc, calls } = customer;
  const current = calls.find((past) => past.call !== undefined && past.call === call);
  const counted = current !== undefined && now - current.at <= WINDOW_MS ? 1 : 0;
  const last = calls.find((past) => past !== current);
  return {
    state: 'ready',
    calls_30d: Math.max(0, calls_30d - counted),
    dnc,
    ...(last === undefined
      ? {}
      : { last: { at: last.at, ...(last.disposition === undefined ? {} : { disposition: last.disposition }) } }),
  };
}

export class Histories {
  readonly #known = new Map<string, { customer?: KnownCustomer; at: number }>();

  constructor(
    private readonly options: {
      scheduler: Scheduler;
      /** Never rejects. */
      fetch: (phone: string) => Promise<KnownCustomer>;
      changed: () => void;
    },
  ) {}

  /** What is known now of the customer behind a number, apart from the given call; never asks. */
  of(phone: string | undefined, call?: string): ContactHistoryView {
    if (phone === undefined) return { state: 'unavailable', reason: 'no_number' };
    const customer = this.#known.get(phone)?.customer;
    return customer === undefined ? { state: 'loading' } : before(customer, call, this.options.scheduler.now());
  }

  /** Asks the relay unless the answer is fresh or on its way. */
  want(phone: string | undefined): void {
    if (phone === undefined) return;
    const now = this.options.scheduler.now();
    const known = this.#known.get(phone);
    const keptFor = known?.customer?.state === 'unavailable' ? FAILED_FOR_MS : FRESH_FOR_MS;
    if (known !== undefined && now - known.at < keptFor) return;
    this.#ask(phone);
  }

  /** The relay can be reached again. @param shown numbers of the calls that are on the screen */
  connected(shown: readonly (string | undefined)[]): void {
    for (const phone of shown) {
      if (phone !== undefined && this.#known.get(phone)?.customer?.state === 'unavailable') this.#ask(phone);
    }
  }

  #ask(phone: string): void {
    this.#keep(phone, this.#known.get(phone)?.customer);
    // Outcomes are values; the fetch never rejects.
    void this.options.fetch(phone).then((customer) => {
      this.#keep(phone, customer);
      this.options.changed();
    });
  }

  /** As the newest one. Without a customer the answer is on its way. */
  #keep(phone: string, customer: KnownCustomer | undefined): void {
    this.#known.delete(phone);
    this.#known.set(phone, { ...(customer === undefined ? {} : { customer }), at: this.options.scheduler.now() });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_NUMBERS && oldest !== undefined) this.#known.delete(oldest);
  }
}
