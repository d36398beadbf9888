/** Questions that the relay and the desk both ask of a call snapshot. Pure; the answer never guesses. */
import type { CallSnapshot, CallTurn, Escalation } from '../contract/call';

/** `unknown`: events spoke of this call but of no step of it. */
export type CallPhase = 'unknown' | 'started' | 'ringing' | 'live' | 'escalated' | 'ended' | 'failed';

/** Where the call is, only as far as events tell. */
export function phaseOf(call: CallSnapshot): CallPhase {
  const { started, ringing, answered, ended, failed } = call.milestones;
  if (ended !== undefined) return 'ended';
  if (failed !== undefined) return 'failed';
  if (Object.keys(call.escalations).length > 0) return 'escalated';
  if (answered !== undefined || Object.keys(call.turns).length > 0) return 'live';
  if (ringing !== undefined) return 'ringing';
  return started !== undefined ? 'started' : 'unknown';
}

/** Escalations newest first, with their event ids. */
export function escalationsOf(call: CallSnapshot): (Escalation & { event: string })[] {
  return Object.entries(call.escalations)
    .map(([event, escalation]) => ({ ...escalation, event }))
    .sort((a, b) => (a.at === b.at ? (a.event < b.event ? 1 : -1) : a.at < b.at ? 1 : -1));
}

/** Live turns in the order they were said. */
export function turnsOf(call: CallSnapshot): (CallTurn & { key: string })[] {
  return Object.entries(call.turns)
    .map(([key, turn]) => ({ ...turn, key }))
    .sort((a, b) => (a.at === b.at ? (a.key < b.key ? -1 : 1) : a.at < b.at ? -1 : 1));
}

/** Who holds the claim at `now` (epoch ms), if anybody does: released and lapsed leases hold nothing. */
export function claimantOf(call: CallSnapshot, now: number): { id: string; name: string } | undefined {
  const claim = call.claim;
  if (claim?.lease_until === undefined) return undefined;
  return Date.parse(claim.lease_until) > now ? claim.agent : undefined;
}

/**
 * Who had a call that is over until its end: whoever held it then, and seen from one's own desk also oneself when only
 * the lease lapsed (the network was out) and nobody claimed it after.
 */
export function lastHolderOf(
  { claim }: CallSnapshot,
  me: string | undefined,
): { id: string; name: string } | undefined {
  if (claim === undefined) return undefined;
  const held = claim.lease_until !== undefined || claim.reason === 'call_ended';
  const lapsed = claim.reason === 'lease_lapsed' && claim.agent.id === me;
  return held || lapsed ? claim.agent : undefined;
}
