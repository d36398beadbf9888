/**
 * Whether a panel shows tray icons. Panels come after the desk that starts with the computer, and end before it: the system
 * is asked again and again, and once more when it matters.
 */
import type { Scheduler } from '../timing/scheduler';

/** A tray that came or went is noticed within this. */
export const LOOK_EVERY_MS = 30_000;

export interface TrayHostOptions {
  scheduler: Scheduler;
  /** Asks the system. */
  exists: () => Promise<boolean>;
  /** A panel shows icons now. */
  came: () => void;
  /** None does any more. */
  went: () => void;
  failed: (cause: unknown) => void;
}

export class TrayHost {
  #there = false;
  #stopped = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: TrayHostOptions) {}

  /** Asks now and from now on. */
  start(): void {
    void this.look();
  }

  /** Asks now. @returns whether a closed window can be brought back from a tray icon; never rejects */
  async look(): Promise<boolean> {
    this.#cancel();
    const there = await this.#ask();
    if (this.#stopped) return false;
    this.#cancel();
    this.#cancel = this.options.scheduler.after(LOOK_EVERY_MS, () => void this.look());
    if (there !== this.#there) {
      this.#there = there;
      if (there) this.options.came();
      else this.options.went();
    }
    return there;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async #ask(): Promise<boolean> {
    try {
      return await this.options.exists();
    } catch (error) {
      this.options.failed(error);
      return false;
    }
  }
}
