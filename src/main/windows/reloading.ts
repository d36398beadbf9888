/** Loads a window's page again after its renderer died: at once, then ever more slowly, and not for ever. */
import type { Scheduler } from '../timing/scheduler';

/** Waits before each new try in a row, ms. The first costs the person nothing; a page that dies on loading must not spin. */
export const WAITS_MS: readonly number[] = [0, 1_000, 4_000, 15_000];
/** Having lived this long, its next death counts as the first. */
export const STEADY_AFTER_MS = 60_000;

export interface ReloadingOptions {
  scheduler: Scheduler;
  load: () => void;
  /** No page stays: only the person can say what now. */
  gaveUp: () => void;
}

export class Reloading {
  #tries = 0;
  #loadedAt: number;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: ReloadingOptions) {
    this.#loadedAt = options.scheduler.now();
  }

  died(): void {
    const { scheduler, gaveUp } = this.options;
    this.#cancel();
    // Given up: only the person begins anew.
    if (this.#tries > WAITS_MS.length) return;
    if (scheduler.now() - this.#loadedAt >= STEADY_AFTER_MS) this.#tries = 0;
    const wait = WAITS_MS[this.#tries];
    this.#tries += 1;
    if (wait === undefined) gaveUp();
    else if (wait === 0) this.#load();
    else this.#cancel = scheduler.after(wait, () => this.#load());
  }

  /** The person wants it to be tried anew. */
  again(): void {
    this.#tries = 0;
    this.#cancel();
    this.#load();
  }

  stop(): void {
    this.#cancel();
  }

  #load(): void {
    this.#loadedAt = this.options.scheduler.now();
    this.options.load();
  }
}
