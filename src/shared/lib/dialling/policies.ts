/** Packs made ready for checking: per country, kind, purpose, line and trigger, the rules that could apply. Pure. */
import type { DialQuestion } from '../../contract/dialling';
import type { PolicyPack, PolicyRule } from '../../contract/dialling-policies';
import { capJudge } from './attempts';
import { consentJudge } from './consents';
import { dncJudge } from './dnc';
import type { Judge } from './rule';
import { windowJudge } from './windows';

/** A date starts this long before UTC's in the first place on Earth: a rule is never a day late anywhere. */
const FIRST_ON_EARTH_MS = 14 * 3600_000;

export interface CompiledRule {
  rule: PolicyRule;
  pack: PolicyPack;
  /** In force from, epoch ms. */
  from: number;
  /** Undefined for a notice. */
  judge: Judge | undefined;
}

function judgeOf(rule: PolicyRule, pack: PolicyPack): Judge | undefined {
  switch (rule.kind) {
    case 'calling_window':
    case 'blocked_days':
      return windowJudge(rule, pack.holidays);
    case 'attempt_cap':
      return capJudge(rule);
    case 'consent_required':
      return consentJudge(rule);
    case 'dnc_list':
      return dncJudge(rule);
    case 'notice':
      return undefined;
  }
}

function compile(pack: PolicyPack): CompiledRule[] {
  return pack.rules.map((rule) => {
    const own = rule.effective_from ?? pack.effective_from;
    const date = own > pack.effective_from ? own : pack.effective_from;
    return { rule, pack, from: Date.parse(`${date}T00:00:00Z`) - FIRST_ON_EARTH_MS, judge: judgeOf(rule, pack) };
  });
}

/** All but the region, which is looked at per question. An unknown line could be any. */
function couldApply({ rule: { applies } }: CompiledRule, question: DialQuestion): boolean {
  const { kind, purpose, trigger, line_type: line } = question;
  return (
    (applies.kinds?.includes(kind) ?? true) &&
    (applies.purposes?.includes(purpose) ?? true) &&
    (applies.triggers?.includes(trigger) ?? true) &&
    (line === 'unknown' || (applies.line_types?.includes(line) ?? true))
  );
}

function inRegion({ rule: { applies } }: CompiledRule, { regions }: DialQuestion): boolean {
  return applies.regions === undefined || regions.length === 0 || regions.some((one) => applies.regions?.includes(one));
}

export interface Policies {
  packs: readonly PolicyPack[];
  /** Whether some pack is about this very country. */
  covers(country: string): boolean;
  /** The rules that apply, whenever they come into force. */
  rulesFor(question: DialQuestion): CompiledRule[];
}

export function compilePolicies(packs: readonly PolicyPack[]): Policies {
  const compiled = packs.map((pack) => ({ pack, rules: compile(pack) }));
  const covered = new Set(packs.flatMap(({ countries }) => countries).filter((country) => country !== '*'));
  const kept = new Map<string, CompiledRule[]>();

  const candidates = (question: DialQuestion): CompiledRule[] => {
    const { country, kind, purpose, trigger, line_type: line } = question;
    const key = `${country ?? ''} ${kind} ${purpose} ${trigger} ${line}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const rules = compiled
      .filter(({ pack: { countries } }) => countries.includes('*') || (country !== null && countries.includes(country)))
      .flatMap(({ rules }) => rules)
      .filter((rule) => couldApply(rule, question));
    kept.set(key, rules);
    return rules;
  };

  return {
    packs,
    covers: (country) => covered.has(country),
    rulesFor: (question) => candidates(question).filter((rule) => inRegion(rule, question)),
  };
}
