/** Do-not-call lists. A list that nobody looked into, or that is too old to trust, is not a list without the number. */
import type { DialQuestion } from '../../contract/dialling';
import type { PolicyRule } from '../../contract/dialling-policies';
import { findConsent } from './consents';
import type { Facts } from './facts';
import { instantOf } from './instants';
import type { Judge, Outcome } from './rule';
import { DAY_MS } from './zone-clock';

type Rule = Extract<PolicyRule, { kind: 'dnc_list' }>;
type Answer = DialQuestion['dnc'][number];

function concerns(rule: Rule, { scope, campaign, elsewhere }: Answer, { kind, campaign: own }: DialQuestion): boolean {
  if (rule.any_scope) return true;
  if (elsewhere === true) return false;
  if (scope === 'all' || scope === 'seller') return true;
  if (scope === 'automated') return kind === 'ai_voice';
  // A campaign that is not known on either side could be this one.
  return campaign === undefined || own === undefined || campaign === own;
}

/** The oldest copy among the answers: the one that may have missed the number. Undefined: all live. */
function oldestCopy(answers: readonly Answer[]): number | undefined {
  const dates = answers.flatMap(({ list_date }) => (list_date === undefined ? [] : [instantOf(list_date)]));
  return dates.length === 0 ? undefined : Math.min(...dates);
}

function judge(rule: Rule, facts: Facts, at: number): Outcome {
  const { list, max_age_days: maxAgeDays, when_missing: whenMissing, lifted_by: liftedBy } = rule;
  const answers = facts.question.dnc.filter((answer) => answer.list === list);
  const copied = oldestCopy(answers);
  const about = { list, ...(copied === undefined ? {} : { dataDate: copied }) };
  if (answers.some((answer) => answer.state === 'listed' && concerns(rule, answer, facts.question))) {
    const held = liftedBy === undefined ? undefined : findConsent(facts, at, liftedBy, 'all').held;
    if (held === undefined) return { blocks: true, reason: 'dnc_listed', ...about };
    return {
      blocks: false,
      reason: 'dnc_lifted',
      ...about,
      ...(held.id === undefined ? {} : { consent: held.id }),
    };
  }
  if (answers.some(({ state }) => state === 'failed')) return { blocks: true, reason: 'dnc_lookup_failed', ...about };
  if (answers.length === 0) {
    return whenMissing === 'block'
      ? { blocks: true, reason: 'dnc_list_missing', list }
      : { blocks: false, reason: 'dnc_not_asked', list };
  }
  const stale = maxAgeDays !== undefined && copied !== undefined && at - copied > maxAgeDays * DAY_MS;
  return stale
    ? { blocks: true, reason: 'dnc_list_stale', ...about }
    : { blocks: false, reason: 'dnc_not_listed', ...about };
}

export function dncJudge(rule: Rule): Judge {
  return { judge: (facts, at) => judge(rule, facts, at), opens: () => null };
}
