/** Why a person is needed: the platform's own term, mapped to a kind that has words in every language. */
import { escalationsOf } from '../../shared/lib/call-view';
import type { CallSnapshot } from '../../shared/contract/call';
import type { TriggerKind } from '../../shared/contract/views';

/** Terms seen in the platforms' documents (PLATFORMS.md). Matched on the whole term or its first word. */
const KINDS: readonly (readonly [RegExp, TriggerKind])[] = [
  [/^(sentiment|negative_sentiment|upset|angry)/, 'upset'],
  [/^(explicit_request|customer_request|human_request|requested_)/, 'asked_for_person'],
  [/^keyword/, 'keyword'],
  [/^(max_duration|duration|timeout)/, 'too_long'],
  [/^compliance/, 'compliance'],
  [/^transfer/, 'transfer'],
  [/^custom/, 'custom'],
];

export function triggerKind(raw: string): TriggerKind {
  const term = raw
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  return KINDS.find(([pattern]) => pattern.test(term))?.[1] ?? 'unknown';
}

/** Of the newest escalation; an escalation without a term is a plain transfer. */
export function triggerOf(call: CallSnapshot): { kind: TriggerKind; raw?: string } {
  const escalation = escalationsOf(call)[0];
  if (escalation?.trigger !== undefined && escalation.trigger !== '') {
    return { kind: triggerKind(escalation.trigger), raw: escalation.trigger };
  }
  if (escalation !== undefined) return { kind: 'transfer' };
  return { kind: call.milestones.ringing === undefined ? 'unknown' : 'ringing' };
}
