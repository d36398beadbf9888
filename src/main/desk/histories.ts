/** Customer histories by number: asked when a call is first shown, kept while fresh, shared by every call of that number. */
import type { ContactHistoryView } from '../../shared/contract/views';
import type { Scheduler } from '../timing/scheduler';

/** A history older than this is asked again when its number calls. */
const FRESH_FOR_MS = 5 * 60_000;
/** Numbers kept: a shift's worth. */
const MAX_NUMBERS = 1_000;

export class Histories {
  readonly #known = new Map<string, { view: ContactHistoryView; at: number }>();

  constructor(
    private readonly options: {
      scheduler: Scheduler;
      /** Never rejects. */
      fetch: (phone: string) => Promise<ContactHistoryView>;
      changed: () => void;
    },
  ) {}

  /** What is known now; never asks. */
  of(phone: string | undefined): ContactHistoryView {
    if (phone === undefined) return { state: 'unavailable', reason: 'no_number' };
    return this.#known.get(phone)?.view ?? { state: 'loading' };
  }

  /** Asks the relay unless the answer is fresh or on its way. */
  want(phone: string | undefined): void {
    if (phone === undefined) return;
    const now = this.options.scheduler.now();
    const before = this.#known.get(phone);
    if (before !== undefined && now - before.at < FRESH_FOR_MS) return;
    if (this.#known.size >= MAX_NUMBERS) this.#known.clear();
    this.#known.set(phone, { view: before?.view ?? { state: 'loading' }, at: now });
    // Outcomes are values; the fetch never rejects.
    void this.options.fetch(phone).then((view) => {
      this.#known.set(phone, { view, at: this.options.scheduler.now() });
      this.options.changed();
    });
  }
}
