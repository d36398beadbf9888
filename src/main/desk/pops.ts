/** Which calls are in the pop window: decides on every change of a call, retracts what is over, remembers dismissals. */
import { claimantOf, phaseOf } from '../../shared/lib/call-view';
import type { CallSnapshot } from '../../shared/contract/call';
import type { AgentState, DeskAgent } from '../../shared/contract/desk-protocol';
import { platformOf, popCauseOf, popRuleOf } from '../calls/pop-cause';
import type { PopCause, PopRule } from '../calls/pop-cause';
import { decidePop, isLate } from '../calls/pop-decision';
import type { PopReason } from '../calls/pop-decision';
import { NO_POPS, addPop, removePop, selectPop } from '../calls/pop-list';
import type { PopList } from '../calls/pop-list';
import type { Scheduler } from '../timing/scheduler';
import type { Dismissals } from './dismissals';

/** A call that is claimed, ended or taken stays this long, so that the agent sees why it goes. Under a second. */
export const LINGER_MS = 800;

/** Escalations whose first sight and verdict are remembered: several shifts' worth, so that months of running stay small. */
const MAX_REMEMBERED = 5_000;

/** Sets and forgets the oldest beyond the limit. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  if (map.size <= MAX_REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

export interface PopPolicy {
  me: DeskAgent | undefined;
  sole: boolean;
  state: AgentState;
  allow: { pops: boolean; tests: boolean };
  rules: Partial<Record<string, PopRule>>;
}

export interface PopsOptions {
  scheduler: Scheduler;
  relayNow: () => number;
  /** @param call the call in question: the desk check's own follows no settings */
  policy: (call: string) => PopPolicy;
  dismissals: Dismissals;
  /** The agent is just claiming the call shown: nothing may move under the hand. */
  hold: (call: string) => boolean;
  popped: (call: CallSnapshot, event: string) => void;
  /** The call has left the window. */
  retracted: (call: string) => void;
  changed: () => void;
  log: (what: string, details: Record<string, string>) => void;
}

export class Pops {
  #list: PopList = NO_POPS;
  readonly #leaving = new Map<string, () => void>();
  readonly #seenAt = new Map<string, number>();
  /** Calls in the window that the person has turned to. */
  readonly #seen = new Set<string>();
  readonly #verdicts = new Map<string, PopReason>();

  constructor(private readonly options: PopsOptions) {}

  get list(): PopList {
    return this.#list;
  }

  /** Heard of too late to ring: a missed call. */
  isLate(call: CallSnapshot): boolean {
    const cause = this.#cause(call);
    return cause !== undefined && isLate(cause, this.#sawAt(cause));
  }

  /** The call changed. */
  consider(call: CallSnapshot): void {
    const cause = this.#cause(call);
    const showing = this.#list.pops.some((pop) => pop.call === call.call);
    if (showing && this.#isOver(call)) {
      this.#leave(call.call);
      return;
    }
    const { me, ...policy } = this.options.policy(call.call);
    if (cause === undefined || me === undefined) return;
    const shown = this.#list.pops.find((pop) => pop.call === call.call)?.event;
    const reason = decidePop({
      call,
      cause,
      me,
      ...policy,
      now: this.options.relayNow(),
      seenAt: this.#sawAt(cause),
      showing: shown === cause.event && !this.#leaving.has(call.call),
      dismissed: this.options.dismissals.has(cause.event),
    });
    this.#note(cause.event, reason);
    if (reason === 'popped') this.#show(call, cause);
  }

  /** Put away by the person; it stays in the waiting list. */
  dismiss(call: CallSnapshot): void {
    const cause = this.#cause(call);
    if (cause !== undefined) this.options.dismissals.add(cause.event);
    this.remove(call.call);
  }

  /** The person has turned to this call. */
  see(call: string): void {
    if (this.#seen.has(call) || !this.#list.pops.some((pop) => pop.call === call)) return;
    this.#seen.add(call);
    this.options.changed();
  }

  isSeen(call: string): boolean {
    return this.#seen.has(call);
  }

  select(call: string): void {
    this.#list = selectPop(this.#list, call);
    this.options.changed();
  }

  /** At once, without lingering. */
  remove(call: string): void {
    this.#stay(call);
    if (!this.#list.pops.some((pop) => pop.call === call)) return;
    this.#list = removePop(this.#list, call);
    this.#seen.delete(call);
    this.options.retracted(call);
    this.options.changed();
  }

  #cause(call: CallSnapshot): PopCause | undefined {
    const platform = platformOf(call.call);
    return popCauseOf(call, popRuleOf(platform, this.options.policy(call.call).rules));
  }

  #sawAt(cause: PopCause): number {
    const before = this.#seenAt.get(cause.event);
    if (before !== undefined) return before;
    const now = this.options.relayNow();
    remember(this.#seenAt, cause.event, now);
    return now;
  }

  #isOver(call: CallSnapshot): boolean {
    const over = ['ended', 'failed'].includes(phaseOf(call));
    return over || claimantOf(call, this.options.relayNow()) !== undefined;
  }

  #show(call: CallSnapshot, cause: PopCause): void {
    this.#stay(call.call);
    // It asks anew, whoever looked before.
    this.#seen.delete(call.call);
    const { current } = this.#list;
    const hold = current !== null && this.options.hold(current);
    this.#list = addPop(this.#list, { call: call.call, event: cause.event, since: Date.parse(cause.at) }, hold);
    this.options.popped(call, cause.event);
    this.options.changed();
  }

  #leave(call: string): void {
    if (this.#leaving.has(call)) return;
    const cancel = this.options.scheduler.after(LINGER_MS, () => {
      this.remove(call);
    });
    this.#leaving.set(call, cancel);
    this.options.changed();
  }

  #stay(call: string): void {
    this.#leaving.get(call)?.();
    this.#leaving.delete(call);
  }

  #note(event: string, reason: PopReason): void {
    if (this.#verdicts.get(event) === reason || reason === 'duplicate') return;
    remember(this.#verdicts, event, reason);
    this.options.log('pop.decided', { event, reason });
  }
}
