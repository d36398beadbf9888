/**
 * Notices a dead link: a half-open socket by asking and getting no answer, a silent relay by the protocol's limit, and a
 * computer that slept by the wall clock having jumped between two looks.
 */
import { DESK_LIMITS } from '../../shared/contract/desk-protocol';
import type { Scheduler } from '../timing/scheduler';

/** Looks at the link this often. */
export const LOOK_EVERY_MS = 4_000;
/** Nothing heard for this long: the relay is asked for a pong. */
export const ASK_AFTER_MS = 6_000;
/** Still nothing this long after asking: dead. At worst 6 + 4 + 4 s after the last word, so a half-open link is found within 15 s. */
export const ANSWER_WITHIN_MS = 4_000;
/** A look that comes this much too late means that the computer slept: whatever the socket says, it is stale. */
export const SLEPT_MS = 15_000;

export type DeathReason = 'silent' | 'no_answer' | 'slept';

export interface LivenessOptions {
  scheduler: Scheduler;
  /** Sends a ping. */
  ask: () => void;
  dead: (reason: DeathReason) => void;
}

export class Liveness {
  #heardAt: number;
  #lookedAt: number;
  #askedAt: number | undefined;
  #cancel: () => void;

  constructor(private readonly options: LivenessOptions) {
    this.#heardAt = options.scheduler.now();
    this.#lookedAt = this.#heardAt;
    this.#cancel = this.#next();
  }

  /** Anything at all arrived: a frame, a ping, a pong. */
  heard(): void {
    this.#heardAt = this.options.scheduler.now();
    this.#askedAt = undefined;
  }

  /** Something happened to the network: ask now, and give it no longer than an answer takes. */
  doubt(): void {
    if (this.#askedAt !== undefined) return;
    this.#askedAt = this.options.scheduler.now();
    this.options.ask();
    this.#cancel();
    this.#cancel = this.#next();
  }

  stop(): void {
    this.#cancel();
  }

  #next(): () => void {
    const { scheduler } = this.options;
    // While an answer is due the next look is at its deadline, not a whole period later.
    const wait = this.#askedAt === undefined ? LOOK_EVERY_MS : ANSWER_WITHIN_MS;
    return scheduler.after(wait, () => {
      this.#look();
    });
  }

  #look(): void {
    const now = this.options.scheduler.now();
    const late = now - this.#lookedAt - LOOK_EVERY_MS;
    const silent = now - this.#heardAt;
    this.#lookedAt = now;
    if (late > SLEPT_MS) {
      this.options.dead('slept');
      return;
    }
    if (silent >= DESK_LIMITS.deadAfterMs) {
      this.options.dead('silent');
      return;
    }
    if (this.#askedAt !== undefined && now - this.#askedAt >= ANSWER_WITHIN_MS) {
      this.options.dead('no_answer');
      return;
    }
    if (this.#askedAt === undefined && silent >= ASK_AFTER_MS) {
      this.#askedAt = now;
      this.options.ask();
    }
    this.#cancel = this.#next();
  }
}
