/** Plain English for users of the API. The desk has its own words for the same codes; a sentence is written only here. */
import type { DialVerdict, Finding } from '../../contract/dialling';

const UNKNOWN = 'not known';

function wallIn({ clocks }: DialVerdict, zone: string | undefined): string {
  const wall = clocks.find((clock) => clock.zone === zone)?.wall;
  return wall === undefined ? UNKNOWN : `${wall.slice(11)} on ${wall.slice(0, 10)} in ${String(zone)}`;
}

function age({ data_age_days: days }: Finding): string {
  return days === undefined ? 'of unknown age' : days === 1 ? '1 day old' : `${days} days old`;
}

function whyBlocked(finding: Finding, verdict: DialVerdict): string {
  const { reason, rule, zone, list = UNKNOWN, count } = finding;
  switch (reason) {
    case 'outside_hours':
      return `Outside the hours of ${rule}: it is ${wallIn(verdict, zone)}.`;
    case 'blocked_day':
      return `No calls on this day under ${rule}: it is ${wallIn(verdict, zone)}.`;
    case 'holiday':
      return `It is a holiday under ${rule}: it is ${wallIn(verdict, zone)}.`;
    case 'holidays_unknown':
      return `${rule} depends on holidays, and no calendar covers this day.`;
    case 'attempt_cap':
      return `${rule} allows ${count?.max ?? 0} in ${count?.hours ?? 0} hours, and ${count?.counted ?? 0} were made.`;
    case 'consent_missing':
      return `${rule} needs a consent for this kind and purpose of call, and none is recorded.`;
    case 'consent_revoked':
      return `The consent that ${rule} needs was withdrawn.`;
    case 'consent_expired':
      return `The consent that ${rule} needs has expired.`;
    case 'dnc_listed':
      return `The number is on the do-not-call list ${list} (${rule}). Nobody can override this.`;
    case 'dnc_list_missing':
      return `The do-not-call list ${list} was not looked into (${rule}).`;
    case 'dnc_list_stale':
      return `The copy of the do-not-call list ${list} is ${age(finding)}, too old for ${rule}.`;
    case 'dnc_lookup_failed':
      return `The do-not-call list ${list} could not be asked (${rule}).`;
    case 'zone_unknown':
      return 'It is not known what time it is for the customer.';
    case 'country_unknown':
      return 'It is not known which country the number belongs to.';
    case 'country_without_rules':
      return 'No rules are kept for this country.';
    case 'within_hours':
    case 'open_day':
    case 'under_cap':
    case 'consent_held':
    case 'dnc_not_listed':
    case 'dnc_lifted':
    case 'dnc_not_asked':
      return `${rule} does not stand in the way.`;
  }
}

/**
 * A list that is always there could not be read: an outage, in which what else is on record could not be read either. It
 * passes by itself, and says nothing of the customer.
 */
export function isTemporary({ findings }: Pick<DialVerdict, 'findings'>): boolean {
  return findings.some(({ effect, reason }) => effect === 'block' && reason === 'dnc_lookup_failed');
}

/** What an outage makes look as if it were missing. */
const NOT_READ: readonly Finding['reason'][] = ['consent_missing', 'dnc_list_missing'];

/** What stands in the way as far as it is known. */
export function inTheWay(verdict: Pick<DialVerdict, 'findings'>): Finding[] {
  const blocking = verdict.findings.filter(({ effect }) => effect === 'block');
  return isTemporary(verdict) ? blocking.filter(({ reason }) => !NOT_READ.includes(reason)) : blocking;
}

/** One sentence per rule in the way, then when to try again. */
export function explain(verdict: DialVerdict): string[] {
  const overridden = verdict.findings.filter(({ effect }) => effect === 'overridden');
  const why = [...inTheWay(verdict), ...overridden].map((finding) => {
    const sentence = whyBlocked(finding, verdict);
    return finding.effect === 'overridden' ? `${sentence} A supervisor overrode this.` : sentence;
  });
  if (verdict.verdict === 'allowed') return ['The call may be made now.', ...why];
  const [clock] = verdict.next?.clocks ?? [];
  const then = isTemporary(verdict)
    ? 'Something could not be looked up just now, so it is not known; ask again in a moment.'
    : verdict.next === null
      ? 'Waiting alone will not make this call lawful.'
      : `It may be made from ${verdict.next.at}${clock === undefined ? '' : ` (${clock.wall.slice(11)} in ${clock.zone})`}.`;
  return [...why, then];
}
