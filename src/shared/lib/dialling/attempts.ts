/** Attempt caps: rolling windows over the number, never calendar days, and never a single lead. */
import type { PolicyRule } from '../../contract/dialling-policies';
import type { Attempt, Facts } from './facts';
import type { Judge } from './rule';

const HOUR_MS = 3600_000;

function counts(rule: Extract<PolicyRule, { kind: 'attempt_cap' }>, { kind, purpose, outcome }: Attempt): boolean {
  // Who was left alone had been spoken to.
  if (rule.counts === 'conversations' && outcome === 'attempt') return false;
  if (rule.counts === 'abandoned' && outcome !== 'abandoned') return false;
  if (rule.count_kinds !== undefined && !rule.count_kinds.includes(kind)) return false;
  return rule.count_purposes === undefined || purpose === undefined || rule.count_purposes.includes(purpose);
}

export function capJudge(rule: Extract<PolicyRule, { kind: 'attempt_cap' }>): Judge {
  const { max, hours } = rule;
  const span = hours * HOUR_MS;
  /** An attempt counts until `span` after it; one dated in the future (clocks differ) counts now. */
  const counted = ({ attempts }: Facts, at: number) =>
    attempts.filter((attempt) => attempt.at + span > at && counts(rule, attempt));

  return {
    judge(facts, at) {
      const count = { counted: counted(facts, at).length, max, hours };
      return count.counted < max
        ? { blocks: false, reason: 'under_cap', count }
        : { blocks: true, reason: 'attempt_cap', count };
    },
    opens(facts, at) {
      const within = counted(facts, at);
      const last = within[within.length - max];
      return last === undefined ? at : last.at + span;
    },
  };
}
