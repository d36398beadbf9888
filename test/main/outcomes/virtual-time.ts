/** Time that passes only when told to, for what waits on a scheduler while the journal's thread is real. */
import type { Scheduler } from '../../../src/main/timing/scheduler';

export class VirtualTime implements Scheduler {
  #now = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];

  now = (): number => this.#now;

  after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Lets everything that is under way come to rest, then goes on to the next timer and runs it. */
  async next(): Promise<void> {
    // The journal's thread answers within a turn or two of the event loop.
    for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    const [first] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (first === undefined) return;
    this.#timers = this.#timers.filter((other) => other !== first);
    this.#now = Math.max(this.#now, first.at);
    first.run();
  }
}
