/**
 * How long the lead in hand may still be read before something happens by itself, where a supervisor said so for its list.
 * It runs only while the agent is at work and has the lead before them, and stands still otherwise; what it brings about is
 * the dialer's to do.
 */
import type { PreviewTimerView, Sight } from '../../shared/contract/dialer-views';
import { LEAD_LIMITS, type PreviewTimer as TimerRule } from '../../shared/contract/leads';
import type { RefusalCode } from '../../shared/contract/refusals';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { Scheduler } from '../timing/scheduler';

/** Why no timer may run, whatever is on screen. */
export type Hindrance = 'offline' | 'away' | 'busy' | 'wrap_up';

/** One reading of a lead. */
export interface Reading {
  lead: string;
  /** Another opening of the same lead is another reading. */
  hold: string;
  rule: TimerRule;
}

export interface PreviewTimerOptions {
  scheduler: Scheduler;
  /** The lead that is read, if a timer goes with it. */
  reading: () => Reading | undefined;
  hindrance: () => Hindrance | undefined;
  /** Time is up. Resolves with why nothing came of it, if so; never rejects. */
  expired: (reading: Reading) => Promise<RefusalCode | undefined>;
  changed: () => void;
}

interface Run extends Reading {
  /** Ms that were left at `since`, or are left while it stands still. */
  left: number;
  /** Local epoch ms; undefined: it stands still. */
  since: number | undefined;
  extensions: number;
  over: { reason: RefusalCode | undefined } | undefined;
}

export class PreviewTimer {
  #run: Run | undefined;
  #sight: { lead: string; sight: Sight } | undefined;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: PreviewTimerOptions) {}

  get view(): PreviewTimerView | undefined {
    const run = this.#run;
    if (run === undefined) return undefined;
    const common = { action: run.rule.action, extensions: LEAD_LIMITS.maxExtensions - run.extensions };
    if (run.over !== undefined) {
      const { reason } = run.over;
      return { ...common, state: 'over', ...(reason === undefined ? {} : { reason }) };
    }
    if (run.since !== undefined) return { ...common, state: 'running', ends_at: run.since + run.left };
    return { ...common, state: 'paused', left_ms: run.left, why: this.#hindrance(run) ?? 'hidden' };
  }

  /** Something changed that may stop it or let it go on. */
  sync(): void {
    const reading = this.options.reading();
    if (reading?.hold !== this.#run?.hold) {
      this.end();
      if (reading === undefined) return;
      const left = reading.rule.seconds * 1000;
      this.#run = { ...reading, left, since: undefined, extensions: 0, over: undefined };
    }
    this.#settle();
  }

  /** What the window says of the lead: nothing runs before it says that it is read. */
  seen(lead: string, sight: Sight): void {
    this.#sight = { lead, sight };
    this.#settle();
    this.options.changed();
  }

  /** The window listens anew: what it has before it, it says again. */
  unseen(): void {
    this.#sight = undefined;
    this.#settle();
  }

  /** As long again. */
  extend(lead: string): RefusalCode | undefined {
    const run = this.#run;
    if (run?.lead !== lead || run.over !== undefined) return 'no_time_limit';
    if (run.extensions >= LEAD_LIMITS.maxExtensions) return 'no_extension_left';
    this.#halt(run);
    run.extensions += 1;
    run.left += run.rule.seconds * 1000;
    this.#settle();
    this.options.changed();
    return undefined;
  }

  end(): void {
    this.#cancel();
    this.#run = undefined;
  }

  #settle(): void {
    const run = this.#run;
    if (run === undefined || run.over !== undefined) return;
    const runs = this.#hindrance(run) === undefined;
    if (!runs) this.#halt(run);
    else if (run.since === undefined) this.#go(run);
  }

  #hindrance(run: Run): Hindrance | Exclude<Sight, 'read'> | undefined {
    const sight = this.#sight?.lead === run.lead ? this.#sight.sight : 'hidden';
    return this.options.hindrance() ?? (sight === 'read' ? undefined : sight);
  }

  #halt(run: Run): void {
    this.#cancel();
    if (run.since === undefined) return;
    const passed = this.options.scheduler.now() - run.since;
    // A clock that was set back gives nobody more time than there was.
    run.left = Math.min(run.left, Math.max(0, run.left - passed));
    run.since = undefined;
  }

  #go(run: Run): void {
    const { scheduler } = this.options;
    run.since = scheduler.now();
    this.#cancel = scheduler.after(run.left, () => {
      if (this.#run !== run) return;
      // The computer may have slept, or the link be gone, without a word of it so far.
      if (this.#hindrance(run) !== undefined) {
        this.#halt(run);
        this.options.changed();
        return;
      }
      // Never rejects.
      void this.#expire(run);
    });
  }

  async #expire(run: Run): Promise<void> {
    run.over = { reason: undefined };
    this.options.changed();
    run.over = { reason: await this.options.expired(run) };
    this.options.changed();
  }
}

/** What keeps every preview timer from running. @param onCall a person of this desk speaks with a customer */
export function hindranceOf(live: boolean, state: AgentState, onCall: boolean): Hindrance | undefined {
  if (!live) return 'offline';
  if (state === 'wrapup') return 'wrap_up';
  if (onCall || state === 'busy') return 'busy';
  return state === 'available' ? undefined : 'away';
}
