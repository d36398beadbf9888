/** The relay's verdict about one dial, as the windows show it. Pure. */
import type { NoticeLine, VerdictLine, VerdictView } from '../../shared/contract/dial-views';
import type { DialVerdict, Finding } from '../../shared/contract/dialling';
import { inTheWay, isTemporary } from '../../shared/lib/dialling/explain';
import { known } from '../calls/call-view';

/** Passing findings that an agent is told: what was looked at, not every rule that had nothing to say. */
const TOLD: readonly Finding['reason'][] = [
  'within_hours',
  'consent_held',
  'under_cap',
  'dnc_not_listed',
  'dnc_lifted',
];

function lineOf(finding: Finding): VerdictLine {
  const { rule, pack, pack_version: version, reason, source, checked, overridable } = finding;
  const { zone, list, data_age_days, count } = finding;
  return {
    ...{ rule, pack, version, reason, source, checked, overridable },
    ...known({ zone, list, data_age_days, count }),
  };
}

/** Told once for each reason and rule, however many zones it holds in. */
function distinct(lines: readonly VerdictLine[]): VerdictLine[] {
  return [...new Map(lines.map((line) => [`${line.rule} ${line.reason} ${line.list ?? ''}`, line])).values()];
}

/** Once for each rule, however many packs repeat it. */
function noticesOf({ notices }: DialVerdict): NoticeLine[] {
  return [...new Map(notices.map(({ rule, summary, source }) => [rule, { rule, summary, source }])).values()];
}

/** @param local instant on the relay's clock as local epoch ms */
export function verdictView(verdict: DialVerdict, local: (instant: string) => number): VerdictView {
  const blocked = verdict.verdict === 'blocked';
  const passed = () =>
    verdict.findings.filter(({ effect, reason }) => effect === 'overridden' || TOLD.includes(reason));
  const told = blocked ? inTheWay(verdict) : passed();
  const { next } = verdict;
  return {
    state: verdict.verdict,
    at: local(verdict.at),
    clocks: verdict.clocks,
    lines: distinct(told.map(lineOf)),
    overdue: verdict.overdue.length > 0,
    temporary: blocked && isTemporary(verdict),
    notices: noticesOf(verdict),
    ...(next === null ? {} : { next: { at: local(next.at), clocks: next.clocks } }),
  };
}
