/** Which event of a call asks for a person, by the rule of its platform (PLATFORMS.md "Which events pop"). */
import { escalationsOf } from '../../shared/lib/call-view';
import type { CallSnapshot } from '../../shared/contract/call';

/** What makes calls of one platform pop. */
export interface PopRule {
  escalated: boolean;
  /** An inbound call that rings, on platforms that know no escalation. */
  ringing: boolean;
}

const DEFAULT_RULES: Partial<Record<string, PopRule>> = {
  vinfer: { escalated: true, ringing: false },
  infer: { escalated: true, ringing: false },
  salpre: { escalated: true, ringing: true },
  // It only speaks after the call.
  voiceinfra: { escalated: false, ringing: false },
};

/** A platform nobody described yet: an escalation is a person waiting, whoever reports it. */
const UNKNOWN_PLATFORM: PopRule = { escalated: true, ringing: false };

/** The part of a call id before the colon. */
export function platformOf(call: string): string {
  return call.slice(0, call.indexOf(':'));
}

/** The rule in force: the person's own setting, else the default of the platform. */
export function popRuleOf(platform: string, own: Partial<Record<string, PopRule>> = {}): PopRule {
  return own[platform] ?? DEFAULT_RULES[platform] ?? UNKNOWN_PLATFORM;
}

export interface PopCause {
  kind: 'escalation' | 'ringing';
  /** Id of the event. */
  event: string;
  /** When the caller began to wait, RFC 3339: the platform's time, but never later than the relay received it. */
  at: string;
  /** The relay already judged it too late on receipt. */
  late: boolean;
}

/** When somebody gave the call back, or stopped answering for it, while the caller was still there. */
function freedAt({ claim }: CallSnapshot): string | undefined {
  return claim === undefined || claim.lease_until !== undefined || claim.reason === 'call_ended' ? undefined : claim.at;
}

/** The newest reason of this call to ask for a person, if it has one that its platform's rule lets through. */
export function popCauseOf(call: CallSnapshot, rule: PopRule): PopCause | undefined {
  const escalation = escalationsOf(call)[0];
  if (escalation !== undefined) {
    if (!rule.escalated) return undefined;
    const at = escalation.at < escalation.received ? escalation.at : escalation.received;
    const freed = freedAt(call);
    // Whoever had it passed it on: the caller waits anew, however long ago the AI handed over.
    return freed !== undefined && freed > at
      ? { kind: 'escalation', event: escalation.event, at: freed, late: false }
      : { kind: 'escalation', event: escalation.event, at, late: escalation.late };
  }
  const { ringing, answered } = call.milestones;
  const rings = ringing !== undefined && answered === undefined && call.fields.direction?.value === 'inbound';
  if (!rings || !rule.ringing) return undefined;
  return { kind: 'ringing', event: ringing.event, at: ringing.at, late: false };
}
