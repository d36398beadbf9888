/**
 * Which callbacks want an answer now, and when to say so again. A reminder repeats until the callback is done or deferred;
 * nothing else quiets it. Timers live here, in main.
 */
import type { CallbackRow } from '../../shared/contract/callback-views';
import type { Scheduler } from '../timing/scheduler';

/** Said again this often while nobody answers. */
export const REMIND_AGAIN_MS = 5 * 60_000;
/** Longest single timer: longer ones overflow, and a clock may be set meanwhile. */
const MAX_TIMER_MS = 60_000;

export interface RemindersOptions {
  scheduler: Scheduler;
  /** @param times how often it was said, this time included */
  remind: (row: CallbackRow, times: number) => void;
  /** It is answered, or no longer this agent's. */
  quiet: (id: string) => void;
  /** Something fell due. */
  changed: () => void;
}

interface Said {
  /** What it is due for: a deferred one reminds anew. */
  remindAt: number;
  times: number;
  lastAt: number;
}

export class Reminders {
  #rows: readonly CallbackRow[] = [];
  readonly #said = new Map<string, Said>();
  #cancel: () => void = () => undefined;

  constructor(private readonly options: RemindersOptions) {}

  /** Own ones that are due, longest waiting first. */
  get standing(): string[] {
    return this.#rows
      .filter((row) => this.#wants(row))
      .sort((a, b) => a.remind_at - b.remind_at)
      .map(({ id }) => id);
  }

  /** All open callbacks, as they are now. */
  put(rows: readonly CallbackRow[]): void {
    this.#rows = rows;
    this.#turn();
  }

  stop(): void {
    this.#cancel();
  }

  /** Somebody who reads the lead has answered already. */
  #wants({ owner, remind_at, held_by }: CallbackRow): boolean {
    return owner === 'mine' && held_by === undefined && remind_at <= this.options.scheduler.now();
  }

  #turn(): void {
    const { scheduler } = this.options;
    const now = scheduler.now();
    const wanting = this.#rows.filter((row) => this.#wants(row));
    for (const id of [...this.#said.keys()]) {
      const row = wanting.find((one) => one.id === id);
      if (row !== undefined && row.remind_at === this.#said.get(id)?.remindAt) continue;
      this.#said.delete(id);
      this.options.quiet(id);
    }
    for (const row of wanting) this.#say(row, now);
    this.#wait(now);
  }

  #say(row: CallbackRow, now: number): void {
    const said = this.#said.get(row.id);
    if (said !== undefined && now - said.lastAt < REMIND_AGAIN_MS) return;
    const times = (said?.times ?? 0) + 1;
    this.#said.set(row.id, { remindAt: row.remind_at, times, lastAt: now });
    this.options.remind(row, times);
  }

  #wait(now: number): void {
    this.#cancel();
    const next = [
      ...this.#rows.filter((row) => row.owner === 'mine' && row.remind_at > now).map(({ remind_at }) => remind_at),
      ...[...this.#said.values()].map(({ lastAt }) => lastAt + REMIND_AGAIN_MS),
    ];
    if (next.length === 0) return;
    const wait = Math.min(MAX_TIMER_MS, Math.max(0, Math.min(...next) - now));
    this.#cancel = this.options.scheduler.after(wait, () => {
      this.#turn();
      this.options.changed();
    });
  }
}
