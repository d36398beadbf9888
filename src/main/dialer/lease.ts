/**
 * The hold on the lead that is read. Renewed while somebody is at the desk; left to end when nobody is, so that a lead
 * never waits behind a lunch break. Timers live here, in main: a hidden window loses nothing.
 */
import { renewAnswerSchema } from '../../shared/contract/leads';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';

/** How often a lease is renewed within its length: two more tries before it ends. */
const RENEWALS_PER_LEASE = 3;

export type Loss = 'idle' | 'unreachable' | 'taken';

export interface LeaseOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  /** Seconds since the last key or mouse movement anywhere on this computer. */
  idleSeconds: () => number;
  lost: (why: Loss) => void;
}

interface Held {
  lead: string;
  hold: string;
  /** Local epoch ms. */
  until: number;
  everyMs: number;
}

export class Lease {
  #held: Held | undefined;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: LeaseOptions) {}

  /** @param lengthS from now on, unless it is renewed */
  begin(lead: string, hold: string, lengthS: number): void {
    const { scheduler } = this.options;
    this.end();
    this.#held = {
      ...{ lead, hold },
      until: scheduler.now() + lengthS * 1000,
      everyMs: (lengthS * 1000) / RENEWALS_PER_LEASE,
    };
    this.#wait();
  }

  end(): void {
    this.#cancel();
    this.#held = undefined;
  }

  #wait(): void {
    const held = this.#held;
    if (held === undefined) return;
    const { scheduler } = this.options;
    const left = held.until - scheduler.now();
    // After the last chance it only remains to notice the end.
    const wait = Math.max(0, Math.min(held.everyMs, left));
    this.#cancel = scheduler.after(wait, () => {
      // Never rejects: outcomes are values.
      void this.#turn(held);
    });
  }

  async #turn(held: Held): Promise<void> {
    const { scheduler, idleSeconds } = this.options;
    const idle = idleSeconds() * 1000 > held.everyMs;
    if (scheduler.now() >= held.until) {
      this.#lose(held, idle ? 'idle' : 'unreachable');
      return;
    }
    if (!idle && !(await this.#renew(held))) return;
    if (this.#held === held) this.#wait();
  }

  /** False: it is lost for good. */
  async #renew(held: Held): Promise<boolean> {
    const asked = this.options.scheduler.now();
    const answer = await this.options.rest.ask({
      method: 'POST',
      path: `/v1/leads/${held.lead}/renew`,
      body: { hold: held.hold },
      answer: renewAnswerSchema,
      withinMs: held.everyMs,
    });
    // Counted from the question: the relay's clock started no earlier.
    if (answer.ok) held.until = asked + answer.value.lease_s * 1000;
    else if (answer.reason === 'not_held' || answer.reason === 'not_found') {
      this.#lose(held, 'taken');
      return false;
    }
    return true;
  }

  #lose(held: Held, why: Loss): void {
    if (this.#held !== held) return;
    this.end();
    this.options.lost(why);
  }
}
