/** Sends a view when something changed: at once when it was quiet, else after a short rest, never more often. */
import type { Scheduler } from '../timing/scheduler';

/** A view that takes long to make (a transcript of thousands of turns) rests this many times as long before the next. */
const REST_PER_COST = 9;

export class Publisher {
  #readyAt = Number.NEGATIVE_INFINITY;
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
    const wait = Math.max(0, this.#readyAt - this.scheduler.now());
    this.scheduler.after(wait, () => {
      this.#due = false;
      const began = this.scheduler.now();
      this.send();
      const cost = this.scheduler.now() - began;
      this.#readyAt = began + Math.max(this.restMs, cost * (1 + REST_PER_COST));
    });
  }
}
