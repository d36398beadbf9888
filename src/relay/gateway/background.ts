/** Work that runs by itself, one run at a time: when kicked, and when the last run said it is due again. */
import type { Logger } from 'pino';
import type { Store } from '../store/port';

/** After a run that failed, which is the store's or a defect's doing: soon, but not at once. */
const AFTER_FAULT_MS = 5_000;
/** Timers beyond 24 days fire at once; nothing here needs more than an hour. */
const MAX_SLEEP_MS = 3_600_000;

/** How often a relay that is not on duty looks whether it has become so. */
const OFF_DUTY_MS = 5_000;

/** Work that one of the relays of a store does for all of them. */
export function whileOnDuty(
  { onDuty }: Pick<Store, 'onDuty'>,
  run: () => Promise<number | undefined>,
): () => Promise<number | undefined> {
  return () => (onDuty() ? run() : Promise.resolve(OFF_DUTY_MS));
}

export class Background {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  /** @param run resolves with the ms until it is due again, or undefined when only a kick can make it due */
  constructor(
    private readonly name: string,
    private readonly run: () => Promise<number | undefined>,
    private readonly log: Logger,
  ) {}

  /** Runs now, or again after the present run. */
  kick(): void {
    if (this.stopped) return;
    if (this.running !== undefined) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.once().finally(() => {
      this.running = undefined;
      if (!this.again) return;
      this.again = false;
      this.kick();
    });
  }

  /** Starts nothing more and waits for the present run. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async once(): Promise<void> {
    let sleepMs: number | undefined;
    try {
      sleepMs = await this.run();
    } catch (error) {
      this.log.error({ err: error, work: this.name }, 'background work failed and is tried again');
      sleepMs = AFTER_FAULT_MS;
    }
    if (sleepMs === undefined || this.stopped) return;
    this.timer = setTimeout(() => this.kick(), Math.min(Math.max(0, sleepMs), MAX_SLEEP_MS));
  }
}
