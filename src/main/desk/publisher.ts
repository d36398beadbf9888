/** Sends a view when something changed: at once when it was quiet, else after a short rest, never more often. */
import type { Scheduler } from '../timing/scheduler';

export class Publisher {
  #lastAt = Number.NEGATIVE_INFINITY;
  #due = false;

  /** @param restMs least time between two sends */
  constructor(
    private readonly scheduler: Scheduler,
    private readonly restMs: number,
    private readonly send: () => void,
  ) {}

  /** Something changed. Changes within one turn of the event loop go out together. */
  request(): void {
    if (this.#due) return;
    this.#due = true;
    const wait = Math.max(0, this.#lastAt + this.restMs - this.scheduler.now());
    this.scheduler.after(wait, () => {
      this.#due = false;
      this.#lastAt = this.scheduler.now();
      this.send();
    });
  }
}
