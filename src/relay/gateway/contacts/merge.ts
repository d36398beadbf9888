/** One customer's history from the platforms and from this relay's log, as one. Pure. */
import type { ContactRecord } from '../../../platforms/api';
import type { CallSnapshot } from '../../../shared/contract/call';
import type { ContactAnswer, SourceState } from '../../../shared/contract/rest';

/** "Calls in 30 days", as the desk shows it. */
const WINDOW_MS = 30 * 24 * 3600 * 1000;
/** Calls listed one by one; the count is of all that are known. */
const MAX_LISTED = 50;
/** Outcomes that mean: never call again (VInfer's `dnc`, in other accounts `dnd`). */
const DNC = /^(?:dnc|dnd|do[_ -]?not[_ -]?(?:call|disturb))$/i;

type PastCall = ContactAnswer['calls'][number];

function pastOf(call: CallSnapshot): PastCall | undefined {
  const { milestones, escalations, dispositions } = call;
  const instants = [
    milestones.started?.at,
    milestones.ringing?.at,
    milestones.answered?.at,
    milestones.ended?.at,
    ...Object.values(escalations).map(({ at }) => at),
  ].filter((at) => at !== undefined);
  const [at] = instants.sort();
  if (at === undefined) return undefined;
  const disposition = (dispositions.agent ?? dispositions.platform ?? dispositions.ai)?.value.value;
  return {
    call: call.call,
    at,
    platform: call.call.slice(0, call.call.indexOf(':')),
    ...(disposition === undefined ? {} : { disposition }),
  };
}

function pastAt(platform: string, record: ContactRecord): PastCall[] {
  return record.calls.flatMap(({ id, at, disposition }) => {
    const when = Date.parse(at ?? '');
    if (Number.isNaN(when)) return [];
    return [
      {
        at: new Date(when).toISOString(),
        platform,
        ...(id === undefined ? {} : { call: `${platform}:${id}` }),
        ...(disposition === undefined ? {} : { disposition }),
      },
    ];
  });
}

/** One entry per call; what the relay knows of it wins, the platform fills in what it lacks. */
function unite(own: PastCall[], theirs: PastCall[]): PastCall[] {
  const byCall = new Map<string, PastCall>();
  const anonymous: PastCall[] = [];
  for (const past of [...theirs, ...own]) {
    if (past.call === undefined) anonymous.push(past);
    else byCall.set(past.call, { ...byCall.get(past.call), ...past });
  }
  return [...byCall.values(), ...anonymous].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

export interface ContactParts {
  phone: string;
  own: CallSnapshot[];
  theirs: { platform: string; record: ContactRecord }[];
  sources: SourceState[];
  /** They told an agent so. */
  askedNotToBeCalled: boolean;
  /** Epoch ms. */
  now: number;
}

function dncOf(calls: PastCall[], records: ContactRecord[]): boolean | null {
  if (records.some(({ dnc }) => dnc === true)) return true;
  if (calls.some(({ disposition }) => disposition !== undefined && DNC.test(disposition))) return true;
  return records.some(({ dnc }) => dnc === false) ? false : null;
}

export function mergeContact({ phone, own, theirs, sources, askedNotToBeCalled, now }: ContactParts): ContactAnswer {
  const past = own.map(pastOf).filter((call) => call !== undefined);
  const calls = unite(
    past,
    theirs.flatMap(({ platform, record }) => pastAt(platform, record)),
  );
  const since = new Date(now - WINDOW_MS).toISOString();
  const [last] = calls;
  const name =
    own.map(({ fields }) => fields.contact_name?.value).find((known) => known !== undefined) ??
    theirs.map(({ record }) => record.name).find((known) => known !== undefined);
  return {
    phone,
    ...(name === undefined ? {} : { name }),
    calls_30d: calls.filter(({ at }) => at >= since).length,
    ...(last === undefined
      ? {}
      : { last: { at: last.at, ...(last.disposition === undefined ? {} : { disposition: last.disposition }) } }),
    dnc:
      askedNotToBeCalled ||
      dncOf(
        calls,
        theirs.map(({ record }) => record),
      ),
    calls: calls.slice(0, MAX_LISTED),
    sources,
    complete: sources.every(({ state }) => state === 'ok' || state === 'unsupported'),
  };
}
