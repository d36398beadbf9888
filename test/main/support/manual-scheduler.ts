import type { Scheduler } from '../../../src/main/timing/scheduler';

interface Timer {
  at: number;
  run: () => void;
}

/** Time that stands still until the test moves it. */
export class ManualScheduler implements Scheduler {
  #now: number;
  #timers: Timer[] = [];

  constructor(start = Date.parse('2026-03-02T10:00:00.000Z')) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves on, running what falls due in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = until;
  }

  /** The clock jumps while nothing runs, as it does when a computer sleeps. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}

/** Lets promises that have settled be heard. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
