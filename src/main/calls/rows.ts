/** The call list of the workspace: each call in exactly one group. */
import { escalationsOf, phaseOf } from '../../shared/lib/call-view';
import type { CallSnapshot } from '../../shared/contract/call';
import type { CallRow } from '../../shared/contract/views';
import type { ClaimView } from './claim-view';
import { customerPhone, known } from './call-view';
import type { ViewContext } from './call-view';
import { triggerOf } from './triggers';

/** Rows sent to the workspace. More than fits a shift; the rest is history. */
export const MAX_ROWS = 600;

const ORDER: Record<CallRow['group'], number> = { waiting: 0, live: 1, wrapup: 2, missed: 3, ended: 4 };

/**
 * `waiting`: a caller waits for a person. `live`: somebody has it, or the AI is still talking. `wrapup`: over, was mine,
 * no outcome yet. `missed`: asked for a person and nobody came in time. `ended`: everything else that is over.
 */
export function groupOf(call: CallSnapshot, claim: ClaimView, late: boolean): CallRow['group'] {
  const phase = phaseOf(call);
  const asked = Object.keys(call.escalations).length > 0;
  if (phase === 'ended' || phase === 'failed') {
    if (call.dispositions.agent !== undefined) return 'ended';
    if (claim.state === 'mine') return 'wrapup';
    return asked && claim.state !== 'other' ? 'missed' : 'ended';
  }
  if (claim.state === 'mine' || claim.state === 'other') return 'live';
  if (late && asked) return 'missed';
  const rings = phase === 'ringing' && call.fields.direction?.value === 'inbound';
  return asked || rings ? 'waiting' : 'live';
}

/** The moment a row is sorted and labelled by: the wait's beginning, else the latest step known. */
function momentOf(call: CallSnapshot): string | undefined {
  const { started, ringing, answered, ended, failed } = call.milestones;
  return escalationsOf(call)[0]?.at ?? (ended ?? failed ?? answered ?? ringing ?? started)?.at;
}

function claimWord(claim: ClaimView): CallRow['claim'] {
  return claim.state === 'mine' || claim.state === 'other' ? claim.state : 'open';
}

export function rowOf(call: CallSnapshot, context: ViewContext): CallRow {
  const claim = context.claim(call);
  const late = context.late(call);
  const phone = customerPhone(call);
  const moment = momentOf(call);
  return {
    call: call.call,
    group: groupOf(call, claim, late),
    trigger: triggerOf(call).kind,
    at: moment === undefined ? 0 : context.local(moment),
    claim: claimWord(claim),
    test: call.test,
    late,
    ...known({
      name: call.fields.contact_name?.value,
      phone: phone === undefined ? undefined : context.phone(phone),
      claimed_by: claim.state === 'other' ? claim.name : undefined,
    }),
  };
}

/** Group by group, newest first within each. */
export function rowsOf(calls: Iterable<CallSnapshot>, context: ViewContext): CallRow[] {
  return [...calls]
    .map((call) => rowOf(call, context))
    .sort((a, b) => ORDER[a.group] - ORDER[b.group] || b.at - a.at)
    .slice(0, MAX_ROWS);
}
