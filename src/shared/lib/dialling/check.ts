/**
 * "May I call?", decided. Every rule that applies must agree, in every zone the customer could be in: the strictest wins,
 * and another rule never allows more. Pure: the same question and packs give the same verdict, on the desk and in the relay.
 */
import type { DialQuestion, DialVerdict, Finding } from '../../contract/dialling';
import { engineFindings } from './engine-rules';
import { factsOf, type Facts } from './facts';
import { isoOf } from './instants';
import { compilePolicies, type CompiledRule } from './policies';
import type { PolicyPack } from '../../contract/dialling-policies';
import type { Outcome } from './rule';
import { DAY_MS, wallOf } from './zone-clock';
import { SEARCH_DAYS } from './day-windows';

/** Rounds of the search: each leaves at least one closed stretch behind, and no day has more than a few. */
const MAX_ROUNDS = SEARCH_DAYS * 24;

type Judged = CompiledRule & { judge: NonNullable<CompiledRule['judge']> };

const clocks = (zones: readonly string[], at: number) => zones.map((zone) => ({ zone, wall: wallOf(zone, at) }));

/** Never for do-not-call; but an old copy without the number in it is a doubt that a supervisor may settle. */
function overridable({ rule }: CompiledRule, reason: Outcome['reason']): boolean {
  if (rule.kind === 'dnc_list' && reason !== 'dnc_list_stale') return false;
  return rule.override === 'supervisor';
}

function findingOf(compiled: Judged, outcome: Outcome, facts: Facts): Finding {
  const { rule, pack, judge } = compiled;
  const { blocks, reason, dataDate, ...details } = outcome;
  const opens = blocks ? judge.opens(facts, facts.at) : null;
  return {
    rule: rule.id,
    pack: pack.id,
    pack_version: pack.version,
    effect: blocks ? 'block' : 'pass',
    reason,
    source: rule.source,
    checked: rule.checked,
    overridable: overridable(compiled, reason),
    ...details,
    ...(opens === null ? {} : { opens_at: isoOf(opens) }),
    ...(dataDate === undefined
      ? {}
      : { data_date: isoOf(dataDate), data_age_days: Math.max(0, Math.floor((facts.at - dataDate) / DAY_MS)) }),
  };
}

/** The first instant after `facts.at` at which nothing stands in the way: the latest of what each rule needs, until all agree. */
function nextLawful(rules: readonly Judged[], facts: Facts): number | null {
  let at = facts.at;
  for (let round = 0; round < MAX_ROUNDS && at - facts.at <= SEARCH_DAYS * DAY_MS; round += 1) {
    const now = at;
    const blocking = rules.filter(({ from, judge }) => now >= from && judge.judge(facts, now).blocks);
    if (blocking.length === 0) return now;
    for (const { judge } of blocking) {
      const opens = judge.opens(facts, now);
      if (opens === null) return null;
      at = Math.max(at, opens);
    }
    if (at === now) return null;
  }
  return null;
}

function lift(findings: Finding[], override: DialQuestion['override']): Finding[] {
  const may = override !== undefined && override.role !== 'agent';
  const blocking = findings.filter(({ effect }) => effect === 'block');
  if (!may || blocking.some((finding) => !finding.overridable)) return findings;
  return findings.map((finding) => (finding.effect === 'block' ? { ...finding, effect: 'overridden' } : finding));
}

const ORDER: Record<Finding['effect'], number> = { block: 0, overridden: 1, pass: 2 };

function overdueOf(rules: readonly CompiledRule[], at: string): DialVerdict['overdue'] {
  const today = at.slice(0, 10);
  const packs = new Set(rules.map(({ pack }) => pack).filter(({ review_by }) => review_by <= today));
  return [...packs].map(({ id, version, review_by }) => ({ pack: id, pack_version: version, review_by }));
}

export type DialCheck = (question: DialQuestion) => DialVerdict;

/** Makes the check over packs that were validated (`policyPackSchema`); the question likewise. */
export function createDialCheck(packs: readonly PolicyPack[]): DialCheck {
  const policies = compilePolicies(packs);

  return (question) => {
    const facts = factsOf(question);
    const all = policies.rulesFor(question);
    const judged = all.filter((rule): rule is Judged => rule.judge !== undefined);
    const inForce = judged.filter(({ from }) => facts.at >= from);
    const unknowns = engineFindings(policies, facts);
    const said = inForce.map((rule) => findingOf(rule, rule.judge.judge(facts, facts.at), facts));
    const findings = lift([...unknowns, ...said], question.override);
    const blocked = findings.some(({ effect }) => effect === 'block');
    const next = blocked && unknowns.length === 0 ? nextLawful(judged, facts) : null;
    return {
      verdict: blocked ? 'blocked' : 'allowed',
      at: question.at,
      country: question.country,
      regions: question.regions,
      clocks: clocks(facts.zones, facts.at),
      findings: findings.sort((a, b) => ORDER[a.effect] - ORDER[b.effect]),
      notices: all
        .filter(({ judge, from }) => judge === undefined && facts.at >= from)
        .map(({ rule, pack }) => ({
          rule: rule.id,
          pack: pack.id,
          pack_version: pack.version,
          summary: rule.summary,
          source: rule.source,
        })),
      next: next === null ? null : { at: isoOf(next), clocks: clocks(facts.zones, next) },
      overdue: overdueOf(all, question.at),
    };
  };
}
