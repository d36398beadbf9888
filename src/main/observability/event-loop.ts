/** Watches how long main's event loop stands still: everything a person feels as "it hangs" shows here first. */
import type { Scheduler } from '../timing/scheduler';

const REPORT_EVERY_MS = 60_000;
/** Delays below this are no one's concern. */
const WORTH_A_LINE_MS = 50;
/** How often it is looked at while things happen, ms. */
const LOOK_EVERY_MS = 100;
/** At rest, ms: every look wakes a computer that has nothing to do, and a standstill then keeps nobody waiting. */
const CALM_LOOK_EVERY_MS = 2_000;
/** What something sets off happens within this, ms. */
const CALM_AFTER_MS = 2_000;

export interface LoopWatchOptions {
  scheduler: Pick<Scheduler, 'after'>;
  /** Monotonic, ms: a clock that is set is no standstill. */
  now: () => number;
  /** The longest standstill of the last minute. */
  report: (worstMs: number) => void;
}

export class LoopWatch {
  #dueAt = 0;
  #stirredAt = 0;
  #reportedAt = 0;
  #worst = 0;
  #stopped = true;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: LoopWatchOptions) {}

  start(): void {
    this.#stopped = false;
    this.#reportedAt = this.options.now();
    this.stir();
  }

  /** Something happens: a word of the relay, a request of a window. */
  stir(): void {
    if (this.#stopped) return;
    const now = this.options.now();
    this.#stirredAt = now;
    // A look that comes as soon, or is late already, stays.
    if (this.#dueAt <= now + LOOK_EVERY_MS && this.#dueAt !== 0) return;
    this.#lookIn(LOOK_EVERY_MS, now);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #lookIn(wait: number, now: number): void {
    this.#cancel();
    this.#dueAt = now + wait;
    this.#cancel = this.options.scheduler.after(wait, () => this.#look());
  }

  #look(): void {
    const now = this.options.now();
    this.#worst = Math.max(this.#worst, now - this.#dueAt);
    if (now - this.#reportedAt >= REPORT_EVERY_MS) {
      if (this.#worst > WORTH_A_LINE_MS) this.options.report(Math.round(this.#worst));
      this.#worst = 0;
      this.#reportedAt = now;
    }
    this.#lookIn(now - this.#stirredAt < CALM_AFTER_MS ? LOOK_EVERY_MS : CALM_LOOK_EVERY_MS, now);
  }
}
