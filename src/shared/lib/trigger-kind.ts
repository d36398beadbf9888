/** Why a person is needed: the platform's own term, mapped to a kind that has words in every language. */
import type { TriggerKind } from '../contract/views';

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
