/** Who has a call, seen from this desk: what the relay's register says, and what this desk is asking for right now. */
import { claimantOf, lastHolderOf, phaseOf } from '../../shared/lib/call-view';
import type { CallSnapshot } from '../../shared/contract/call';
import type { Refusal } from '../../shared/contract/refusals';
import type { CallView } from '../../shared/contract/views';

export type ClaimView = CallView['claim'];

/** What this desk itself knows of a call's claim before the relay's events say so. */
export type OwnClaim =
  | { state: 'claiming' }
  /** Granted; `since` is local epoch ms. */
  | { state: 'held'; since: number }
  | ({ state: 'refused' } & Refusal);

export interface ClaimContext {
  /** Agent id, once the relay said who we are. */
  me: string | undefined;
  /** Relay's clock, epoch ms. */
  now: number;
  own: OwnClaim | undefined;
  local: (instant: string) => number;
}

/** The lease of an ended call lapses, yet the wrap-up stays with whoever had it last. */
function holderOf(call: CallSnapshot, { now, me }: ClaimContext): { id: string; name: string } | undefined {
  const phase = phaseOf(call);
  return phase === 'ended' || phase === 'failed' ? lastHolderOf(call, me) : claimantOf(call, now);
}

export function claimView(call: CallSnapshot, context: ClaimContext): ClaimView {
  const { own, me } = context;
  if (own?.state === 'held') return { state: 'mine', since: own.since };
  const holder = holderOf(call, context);
  if (holder !== undefined && holder.id === me) {
    return { state: 'mine', since: context.local(call.claim?.at ?? new Date(context.now).toISOString()) };
  }
  if (holder !== undefined) return { state: 'other', name: holder.name };
  if (own?.state === 'claiming') return { state: 'claiming' };
  return own ?? { state: 'open' };
}
