/** Consent: a record of sufficient level, for this kind and purpose, given and neither expired nor withdrawn. */
import type { BlockReason } from '../../contract/dialling';
import type { PolicyRule } from '../../contract/dialling-policies';
import type { Consent, Facts } from './facts';
import type { Judge } from './rule';

type Level = Consent['level'];
type RevokedBy = Extract<PolicyRule, { kind: 'consent_required' }>['revoked_by'];
type Found = { held: Consent } | { held?: never; reason: BlockReason };

/** The latest consent that covers the dial, or the most telling reason why there is none. */
export function findConsent({ question, consents }: Facts, at: number, level: Level, revokedBy: RevokedBy): Found {
  const withdrawn = Math.max(
    ...consents.filter(({ revoked }) => revoked <= at).map(({ revoked }) => revoked),
    Number.NEGATIVE_INFINITY,
  );
  const covering = consents
    .filter(({ kinds, purposes }) => kinds.includes(question.kind) && purposes.includes(question.purpose))
    .filter((consent) => level === 'express' || consent.level === 'written')
    .filter(({ given }) => given <= at)
    .sort((a, b) => b.given - a.given);
  const standing = covering.filter(
    ({ revoked, given }) => revoked > at && (revokedBy === 'record' || given > withdrawn),
  );
  const held = standing.find(({ expires }) => expires > at);
  if (held !== undefined) return { held };
  if (standing.length > 0) return { reason: 'consent_expired' };
  return { reason: covering.length > 0 ? 'consent_revoked' : 'consent_missing' };
}

export function consentJudge(rule: Extract<PolicyRule, { kind: 'consent_required' }>): Judge {
  return {
    judge(facts, at) {
      const found = findConsent(facts, at, rule.level, rule.revoked_by);
      if (found.held === undefined) return { blocks: true, reason: found.reason };
      const { id, given } = found.held;
      return {
        blocks: false,
        reason: 'consent_held',
        dataDate: given,
        ...(id === undefined ? {} : { consent: id }),
      };
    },
    opens: () => null,
  };
}
