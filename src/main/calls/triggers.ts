/** Why a person is needed on a call. */
import { escalationsOf } from '../../shared/lib/call-view';
import { triggerKind } from '../../shared/lib/trigger-kind';
import type { CallSnapshot } from '../../shared/contract/call';
import type { TriggerKind } from '../../shared/contract/views';

/** Of the newest escalation; an escalation without a term is a plain transfer. */
export function triggerOf(call: CallSnapshot): { kind: TriggerKind; raw?: string } {
  const escalation = escalationsOf(call)[0];
  if (escalation?.trigger !== undefined && escalation.trigger !== '') {
    return { kind: triggerKind(escalation.trigger), raw: escalation.trigger };
  }
  if (escalation !== undefined) return { kind: 'transfer' };
  return { kind: call.milestones.ringing === undefined ? 'unknown' : 'ringing' };
}
