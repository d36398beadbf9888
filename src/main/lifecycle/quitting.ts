/** How the desk ends: what is open is let go of first, but never for longer than a person waits. */
import type { Scheduler } from '../timing/scheduler';

/** The desk ends after this even if something does not let go. */
export const DRAIN_WITHIN_MS = 8_000;
/** A line of the log is not worth waiting for any longer: the disk may be what holds everything up. */
export const LAST_WORD_WITHIN_MS = 500;

export interface QuittingOptions {
  scheduler: Scheduler;
  /** Lets go of everything, the windows included. */
  stop: () => Promise<void>;
  /** Asks the system again; no window is left that could refuse. */
  quit: () => void;
  /** Ends at once, whatever the windows say. They hide instead of closing until they were told otherwise. */
  exit: () => void;
  /** Writes down that something did not let go. */
  gaveUp: (why: 'overdue' | 'failed') => Promise<void>;
}

export class Quitting {
  #state: 'running' | 'draining' | 'over' = 'running';

  constructor(private readonly options: QuittingOptions) {}

  /** Somebody wants the desk to quit. @returns whether it may do so now; else it quits by itself in a moment */
  mayQuit(): boolean {
    if (this.#state === 'running') this.#drain();
    return this.#state === 'over';
  }

  #drain(): void {
    const { scheduler, stop, quit } = this.options;
    this.#state = 'draining';
    const cancel = scheduler.after(DRAIN_WITHIN_MS, () => this.#giveUp('overdue'));
    const end = (how: () => void) => () => {
      cancel();
      if (this.#state === 'draining') how();
    };
    stop().then(
      end(() => {
        this.#state = 'over';
        quit();
      }),
      end(() => this.#giveUp('failed')),
    );
  }

  #giveUp(why: 'overdue' | 'failed'): void {
    const { scheduler, exit, gaveUp } = this.options;
    this.#state = 'over';
    scheduler.after(LAST_WORD_WITHIN_MS, exit);
    gaveUp(why).then(exit, exit);
  }
}
