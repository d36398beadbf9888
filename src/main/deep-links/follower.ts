/**
 * Follows deep links: those another start of the program hands over, and those the desk itself was started with. A call
 * is looked for only once the relay has said which calls there are; until then its link is kept.
 */
import type { Invite } from '../../shared/contract/joining';
import type { Scheduler } from '../timing/scheduler';
import { deepLinkIn } from './deep-link';
import type { DeepLink } from './deep-link';

/** A link may be pressed a moment before its call arrives here: it is looked for once more after this. */
export const LOOK_AGAIN_AFTER_MS = 2_000;

export interface FollowerOptions {
  scheduler: Scheduler;
  /** The relay has told us its calls, and tells us of new ones. */
  live: () => boolean;
  has: (call: string) => boolean;
  /** Brings the workspace up at the call. */
  openCall: (call: string) => void;
  askToJoin: (invite: Invite) => void;
  /** Brings the workspace up as it is. */
  reveal: () => void;
  /** Says that the call of a link is not on this desk, or takes that back. */
  missing: (call: string | undefined) => void;
}

export class LinkFollower {
  #kept: string | undefined;
  #callOff: () => void = () => undefined;

  constructor(private readonly options: FollowerOptions) {}

  /** The desk starts with these arguments: its window comes by itself, and without a link nothing else does. */
  startedWith(argv: readonly string[]): void {
    const link = deepLinkIn(argv);
    if (link !== undefined) this.#follow(link);
  }

  /** The program was started once more with these arguments: the person wants to see the workspace, link or not. */
  startedAgainWith(argv: readonly string[]): void {
    const link = deepLinkIn(argv);
    if (link === undefined || !this.#follow(link)) this.options.reveal();
  }

  /** The relay has said hello and which calls there are. */
  greeted(): void {
    const call = this.#kept;
    this.#kept = undefined;
    if (call !== undefined) this.#look(call);
  }

  stop(): void {
    this.#callOff();
  }

  /** @returns whether it brought the workspace up */
  #follow(link: DeepLink): boolean {
    this.#callOff();
    this.#kept = undefined;
    this.options.missing(undefined);
    if (link.kind === 'join') {
      this.options.askToJoin(link.invite);
      return true;
    }
    if (!this.options.live() && !this.options.has(link.call)) {
      this.#kept = link.call;
      return false;
    }
    return this.#look(link.call);
  }

  #look(call: string): boolean {
    const { has, openCall, missing, scheduler } = this.options;
    if (has(call)) {
      openCall(call);
      return true;
    }
    this.#callOff = scheduler.after(LOOK_AGAIN_AFTER_MS, () => {
      if (has(call)) openCall(call);
      else missing(call);
    });
    return false;
  }
}
