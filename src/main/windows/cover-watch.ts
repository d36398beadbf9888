/**
 * After the pop was shown: is it really seen? A full-screen program, another window that insists, or a system that does
 * not obey may lie over it. It is raised once more; when that does not help the person is told in other ways. Pure.
 */
import type { Scheduler } from '../timing/scheduler';

/** What is known of a window that should be seen. */
export interface Sight {
  /** The system says that it is on the screen (on macOS: that some of it can be seen). */
  visible: boolean;
  alwaysOnTop: boolean;
  /** Part that other windows lie over, 0–1; undefined where nobody can tell. */
  covered?: number | undefined;
}

/** A corner under a panel or a toast hides nothing that matters. */
const ENOUGH_COVERED = 0.3;

export function isCovered({ visible, alwaysOnTop, covered = 0 }: Sight): boolean {
  return !visible || !alwaysOnTop || covered > ENOUGH_COVERED;
}

/** By then a window manager has placed the window: a call must be on top within 300 ms. */
export const LOOK_AFTER_MS = 200;

export interface CoverWatchOptions {
  scheduler: Scheduler;
  /** Undefined: the window is hidden on purpose, or gone. Never rejects. */
  look: () => Promise<Sight | undefined>;
  raise: () => void;
  /** It is covered although it was raised, or no longer. */
  changed: (covered: boolean) => void;
}

export class CoverWatch {
  #covered = false;
  /** Counts showings: what is learnt of an earlier one is void. */
  #round = 0;

  constructor(private readonly options: CoverWatchOptions) {}

  get covered(): boolean {
    return this.#covered;
  }

  /** The pop was just shown. */
  shown(): void {
    this.#round += 1;
    this.#lookSoon(this.#round, true);
  }

  /** The pop was hidden: it cannot be covered. */
  hidden(): void {
    this.#round += 1;
    this.#set(false);
  }

  #lookSoon(round: number, mayRaise: boolean): void {
    this.options.scheduler.after(LOOK_AFTER_MS, () => {
      if (round !== this.#round) return;
      // `look` never rejects.
      void this.options.look().then((sight) => {
        if (round === this.#round && sight !== undefined) this.#judge(isCovered(sight), round, mayRaise);
      });
    });
  }

  #judge(covered: boolean, round: number, mayRaise: boolean): void {
    if (covered && mayRaise) {
      this.options.raise();
      this.#lookSoon(round, false);
      return;
    }
    this.#set(covered);
  }

  #set(covered: boolean): void {
    if (covered === this.#covered) return;
    this.#covered = covered;
    this.options.changed(covered);
  }
}
