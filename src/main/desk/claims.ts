/** This desk's own claims: asked for, granted, renewed for as long as they are held, given back. */
import { phaseOf } from '../../shared/lib/call-view';
import { DESK_LIMITS, type DeskError } from '../../shared/contract/desk-protocol';
import type { CallSnapshot } from '../../shared/contract/call';
import type { Outcome } from '../../shared/contract/ipc';
import type { Refusal, RefusalCode } from '../../shared/contract/refusals';
import type { OwnClaim } from '../calls/claim-view';
import type { AgentCommand, CommandOutcome } from '../relay-client/commands';
import type { Scheduler } from '../timing/scheduler';

interface Held {
  since: number;
  /** The register's count when it was granted: only a later word can take it away. */
  seq: number;
  cancelRenew: () => void;
}

export interface ClaimsOptions {
  scheduler: Scheduler;
  command: (command: AgentCommand) => Promise<CommandOutcome>;
  /** Something about this call's claim changed. */
  changed: (call: string) => void;
  log: (what: string, details?: Record<string, number | string>) => void;
}

/** How long a refusal stands beside the call before it counts as read. */
const REFUSAL_SHOWN_MS = 8_000;
const DEFAULT_LEASE_S = DESK_LIMITS.leaseS;

const REASONS: Record<DeskError['code'], RefusalCode> = {
  claimed: 'claimed',
  not_found: 'call_gone',
  not_yours: 'not_yours',
  ended: 'call_ended',
  bad_command: 'not_understood',
  busy: 'signed_in_elsewhere',
  unavailable: 'relay_unavailable',
};

function refusalOf({ code, by }: DeskError): Refusal {
  const reason = REASONS[code];
  return by === undefined ? { reason } : { reason, name: by.name };
}

/** What came of a command, as a window can say it. */
export function outcomeOf(result: CommandOutcome): Outcome {
  switch (result.status) {
    case 'done':
      return { ok: true };
    case 'refused':
      return { ok: false, ...refusalOf(result.error) };
    case 'offline':
      return { ok: false, reason: 'offline' };
    case 'lost':
      return { ok: false, reason: 'no_reply' };
  }
}

export class Claims {
  readonly #held = new Map<string, Held>();
  readonly #asking = new Set<string>();
  readonly #refused = new Map<string, Refusal>();

  constructor(private readonly options: ClaimsOptions) {}

  /** Whether the agent has a call right now. */
  get any(): boolean {
    return this.#held.size > 0;
  }

  own(call: string): OwnClaim | undefined {
    const held = this.#held.get(call);
    if (held !== undefined) return { state: 'held', since: held.since };
    if (this.#asking.has(call)) return { state: 'claiming' };
    const refusal = this.#refused.get(call);
    return refusal === undefined ? undefined : { state: 'refused', ...refusal };
  }

  /** @param seq count of the call's claim register now, -1 when nobody ever claimed it */
  async claim(call: string, seq: number): Promise<Outcome> {
    if (this.#held.has(call)) return { ok: true };
    if (this.#asking.has(call)) return { ok: false, reason: 'claiming_already' };
    this.#asking.add(call);
    this.#refused.delete(call);
    this.options.changed(call);
    const result = await this.options.command({ type: 'claim', call });
    this.#asking.delete(call);
    const outcome = outcomeOf(result);
    if (result.status === 'done') this.#hold(call, seq, result.lease_s ?? DEFAULT_LEASE_S);
    else if (!outcome.ok) this.#refuse(call, { reason: outcome.reason, name: outcome.name });
    this.options.changed(call);
    return outcome;
  }

  async release(call: string, reason: string): Promise<Outcome> {
    const outcome = outcomeOf(await this.options.command({ type: 'release', call, reason }));
    if (outcome.ok) this.#letGo(call);
    return outcome;
  }

  /** The call changed or came back after an outage: keep, take up again, or let go what the register says. */
  reconcile(call: CallSnapshot, me: string | undefined, relayNow: number): void {
    const held = this.#held.get(call.call);
    const { claim } = call;
    const over = ['ended', 'failed'].includes(phaseOf(call));
    if (held !== undefined) {
      const newer = claim !== undefined && claim.seq > held.seq;
      const lost = newer && (claim.agent.id !== me || claim.lease_until === undefined);
      if (over || lost) this.#letGo(call.call);
      else if (newer) held.seq = claim.seq;
      return;
    }
    const mine = claim?.lease_until !== undefined && claim.agent.id === me && Date.parse(claim.lease_until) > relayNow;
    if (mine && !over && !this.#asking.has(call.call)) {
      this.#hold(call.call, claim.seq, DEFAULT_LEASE_S);
      this.#renewNow(call.call);
    }
  }

  /** After an outage every lease may be about to lapse. */
  renewAll(): void {
    for (const call of this.#held.keys()) this.#renewNow(call);
  }

  /** The call is gone from this desk. */
  forget(call: string): void {
    this.#letGo(call);
    this.#refused.delete(call);
  }

  stop(): void {
    for (const call of [...this.#held.keys()]) this.#letGo(call);
  }

  #hold(call: string, seq: number, leaseS: number): void {
    this.#letGo(call);
    this.#held.set(call, { since: this.options.scheduler.now(), seq, cancelRenew: () => undefined });
    this.#renewLater(call, leaseS);
  }

  /** A third of the lease: two renewals may fail before it lapses. */
  #renewLater(call: string, leaseS: number): void {
    const held = this.#held.get(call);
    if (held === undefined) return;
    held.cancelRenew();
    held.cancelRenew = this.options.scheduler.after((leaseS * 1000) / 3, () => {
      this.#renewNow(call);
    });
  }

  #renewNow(call: string): void {
    // Outcomes are values; `command` never rejects.
    void this.options.command({ type: 'renew', call }).then((result) => {
      if (!this.#held.has(call)) return;
      if (result.status === 'refused' && !result.error.temporary) {
        this.options.log('claim.lost', { code: result.error.code });
        this.#letGo(call);
        this.options.changed(call);
        return;
      }
      this.#renewLater(call, result.status === 'done' ? (result.lease_s ?? DEFAULT_LEASE_S) : DEFAULT_LEASE_S);
    });
  }

  #refuse(call: string, refusal: Refusal): void {
    this.#refused.set(call, refusal);
    this.options.scheduler.after(REFUSAL_SHOWN_MS, () => {
      if (this.#refused.get(call) !== refusal) return;
      this.#refused.delete(call);
      this.options.changed(call);
    });
  }

  #letGo(call: string): void {
    this.#held.get(call)?.cancelRenew();
    this.#held.delete(call);
  }
}
