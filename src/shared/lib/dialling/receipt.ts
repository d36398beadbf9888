/** What is kept with the call: which rules, of which version, with which data, said what. */
import type { DialQuestion, DialReceipt, DialVerdict } from '../../contract/dialling';

export function receiptOf(question: DialQuestion, verdict: DialVerdict): DialReceipt {
  const { findings, notices, next } = verdict;
  const packs = new Map([...findings, ...notices].map(({ pack, pack_version }) => [pack, pack_version]));
  return {
    checked_at: question.at,
    phone: question.phone,
    kind: question.kind,
    purpose: question.purpose,
    trigger: question.trigger,
    verdict: verdict.verdict,
    clocks: verdict.clocks,
    packs: [...packs].map(([id, version]) => ({ id, version })),
    rules: findings.map(({ rule, effect, reason }) => ({ rule, effect, reason })),
    lists: question.dnc.map(({ list, list_date }) => ({
      list,
      ...(list_date === undefined ? {} : { date: list_date }),
    })),
    consents: [...new Set(findings.flatMap(({ consent }) => (consent === undefined ? [] : [consent])))],
    attempts: question.attempts.length,
    ...(next === null ? {} : { next_at: next.at }),
    ...(question.override === undefined ? {} : { override: question.override }),
  };
}
