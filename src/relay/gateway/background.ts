/** Work that runs by itself, one run at a time: when kicked, and when the last run said it is due again. */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Store } from '../store/port';

/** After a run that failed, which is the store's or a defect's doing: soon, but not at once. */
const AFTER_FAULT_MS = 5_000;
/** Timers beyond 24 days fire at once; nothing here needs more than an hour. */
const MAX_SLEEP_MS = 3_600_000;

/** How often a relay looks whether it has come on duty, and one on duty for what others left to do. */
const LOOK_MS = 5_000;

/** Which of the relays of a store does what is done once for all of them. */
export type Duty = Pick<Store, 'onDuty' | 'shared'>;

type Run = () => Promise<number | undefined>;

/** Work that one of the relays does for all, at its own pace. */
export function whileOnDuty({ onDuty }: Duty, run: Run): Run {
  return () => (onDuty() ? run() : Promise.resolve(LOOK_MS));
}

/** Such work that any relay may leave to do. It looks now and then: a kick reaches the kicked relay only. */
export function onDutyForAll({ onDuty, shared }: Duty, run: Run): Run {
  if (!shared) return run;
  return async () => (onDuty() ? Math.min((await run()) ?? Infinity, LOOK_MS) : LOOK_MS);
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

/** Pieces of due work that are done at once. */
const PORTION = 20;

/**
 * Work that lies in the store, each piece with the time at which it is due, and that one of the relays does for all: a portion
 * is done side by side, and what became of it is written before the next one is looked for.
 */
export abstract class DueWork<Piece, End> {
  private readonly work: Background;

  constructor(
    name: string,
    private readonly its: { duty: Duty; clock: Clock; log: Logger },
  ) {
    this.work = new Background(
      name,
      onDutyForAll(its.duty, () => this.round()),
      its.log,
    );
  }

  start(): void {
    this.work.kick();
  }

  /** There may be something to do. */
  kick(): void {
    this.work.kick();
  }

  stop(): Promise<void> {
    return this.work.stop();
  }

  protected abstract due(now: number, limit: number): Promise<Piece[]>;
  protected abstract act(piece: Piece): Promise<End>;
  protected abstract end(end: End): Promise<void>;
  /** Epoch ms. */
  protected abstract nextDue(): Promise<number | undefined>;

  private async round(): Promise<number | undefined> {
    const { clock } = this.its;
    const pieces = await this.due(clock.now(), PORTION);
    const ends = await Promise.all(pieces.map((piece) => this.act(piece)));
    for (const end of ends) await this.end(end);
    const next = await this.nextDue();
    return next === undefined ? undefined : next - clock.now();
  }
}
