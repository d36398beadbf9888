/**
 * A list of the relay's as an open page shows it: read again and again while somebody looks, quiet otherwise. What was read
 * stays in sight when it cannot be read again; a row that is being changed says so.
 */
import type { Outcome } from '../../shared/contract/ipc';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { RelayRest, RestAnswer, RestRequest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';

/** How often the open page is read again: a campaign dials a few calls in this time, a list hands out a few leads. */
const REFRESH_MS = 10_000;

export interface WatchedListOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  /** Reads everything in sight and hands the rows in by `took`. Never rejects. */
  read: () => Promise<unknown>;
  changed: () => void;
}

/** How a page knows what it looks at. */
interface About {
  state: 'loading' | 'ready' | 'failed';
  /** With `failed`. */
  reason?: RelayReason;
  /** When the rows were read. */
  at?: number;
}

export class WatchedList<T extends { id: string }> {
  #rows: readonly T[] = [];
  #about: About = { state: 'loading' };
  readonly #changing = new Set<string>();
  #watched = false;
  #reading = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: WatchedListOptions) {}

  get rows(): readonly T[] {
    return this.#rows;
  }

  get about(): About {
    return this.#about;
  }

  isChanging(id: string): boolean {
    return this.#changing.has(id);
  }

  /** The page came into sight or left it. */
  watch(on: boolean): Outcome {
    this.#watched = on;
    this.#cancel();
    if (on) this.refresh();
    return { ok: true };
  }

  /** Reads everything in sight again, now. */
  refresh(): void {
    const { read, scheduler, changed } = this.options;
    if (!this.#watched || this.#reading) return;
    this.#reading = true;
    this.#cancel();
    // Outcomes are values; never rejects.
    void read().then(() => {
      this.#reading = false;
      if (this.#watched) this.#cancel = scheduler.after(REFRESH_MS, () => this.refresh());
    });
    changed();
  }

  /** What reading came to. */
  took<A>(answer: RestAnswer<A>, rowsOf: (value: A) => readonly T[]): void {
    const { at } = this.#about;
    if (answer.ok) {
      this.#rows = rowsOf(answer.value);
      this.#about = { state: 'ready', at: this.options.scheduler.now() };
    } else this.#about = { state: 'failed', reason: answer.reason, ...(at === undefined ? {} : { at }) };
  }

  /** Asks for a change of one row, and shows what the answer tells of it; what it does not tell stays. */
  async change(id: string, request: Pick<RestRequest<T>, 'path' | 'body' | 'answer'>): Promise<Outcome> {
    if (this.#changing.has(id)) return { ok: false, reason: 'idempotency_key_in_use' };
    this.#changing.add(id);
    this.options.changed();
    const answer = await this.options.rest.ask({ method: 'POST', ...request });
    this.#changing.delete(id);
    if (answer.ok) this.#rows = this.#rows.map((row) => (row.id === id ? { ...row, ...answer.value } : row));
    this.options.changed();
    return answer.ok ? { ok: true } : { ok: false, reason: answer.reason };
  }

  /** One that was made here: in sight before it is read. */
  add(row: T): void {
    this.#rows = [row, ...this.#rows.filter(({ id }) => id !== row.id)];
    this.options.changed();
  }

  stop(): void {
    this.#watched = false;
    this.#cancel();
  }
}
