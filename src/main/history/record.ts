/** A folded call as one row of history. Pure. */
import type { CallSnapshot } from '../../shared/contract/call';
import type { HistoryKind } from '../../shared/contract/history';
import { escalationsOf, phaseOf } from '../../shared/lib/call-view';
import { customerPhone } from '../calls/call-view';
import { platformOf } from '../calls/pop-cause';
import { triggerOf } from '../calls/triggers';
import type { CallRecord } from '../journal/tables/calls';
import { digitsOf } from './fold-text';

export interface RecordContext {
  /** Agent id, once known. */
  me: string | undefined;
  /** Instant on the relay's clock as local epoch ms. */
  local: (instant: string) => number;
  /** Heard of too late to ring. */
  late: boolean;
  /** When its pop was first on screen, epoch ms. */
  painted_at: number | undefined;
  now: number;
}

function kindOf(call: CallSnapshot, { me, late }: RecordContext): HistoryKind {
  if (me !== undefined && call.claim?.agent.id === me) return 'answered';
  const asked = Object.keys(call.escalations).length > 0;
  const over = ['ended', 'failed'].includes(phaseOf(call));
  return asked && call.claim === undefined && (over || late) ? 'missed' : 'other';
}

/** The first thing known to have happened. */
export function beganAt(call: CallSnapshot): string | undefined {
  const { started, ringing, answered, ended, failed } = call.milestones;
  const instants = [started, ringing, answered, ended, failed].flatMap((step) => (step === undefined ? [] : [step.at]));
  return [...instants, ...escalationsOf(call).map(({ at }) => at)].sort()[0];
}

export function recordOf(call: CallSnapshot, context: RecordContext): CallRecord {
  const { fields, claim, milestones, dispositions } = call;
  const phone = customerPhone(call);
  const began = beganAt(call);
  const over = milestones.ended ?? milestones.failed;
  // After a release the register holds that moment instead; what was recorded while it was held stays.
  const held = claim?.lease_until !== undefined && claim.agent.id === context.me ? claim.at : undefined;
  return {
    call: call.call,
    at: began === undefined ? context.now : context.local(began),
    ended_at: over === undefined ? null : context.local(over.at),
    kind: kindOf(call, context),
    name: fields.contact_name?.value ?? null,
    phone: phone ?? null,
    digits: phone === undefined ? '' : digitsOf(phone),
    platform: platformOf(call.call),
    campaign: fields.campaign?.value ?? null,
    direction: fields.direction?.value ?? null,
    trigger: triggerOf(call).kind,
    duration_s: fields.duration_seconds?.value ?? null,
    ai_disposition: dispositions.ai?.value.value ?? null,
    agent_disposition: dispositions.agent?.value.value ?? null,
    amount: dispositions.agent?.value.amount?.value ?? null,
    currency: dispositions.agent?.value.amount?.currency ?? null,
    test: call.test ? 1 : 0,
    painted_at: context.painted_at ?? null,
    claimed_at: held === undefined ? null : context.local(held),
    snapshot: JSON.stringify(call),
  };
}
