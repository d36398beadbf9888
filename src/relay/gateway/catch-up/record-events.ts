/**
 * From a platform's record of a call to events. A record has no event id, so the same call can reach the log both as a
 * webhook and as a record. Two rules keep that from showing: ids are made of the call and of what is told, so the same
 * record is one event however often it is fetched; and only what the log does not know yet is told, at the time it
 * happened, so that nothing an event or a person said before is overwritten. An agent sees one ended call either way.
 */
import type { CallRecord } from '../../../platforms/api';
import type { CallFields, CallSnapshot } from '../../../shared/contract/call';
import type { EventData, HandoverEvent } from '../../../shared/contract/events';
import { digestOf, tell } from '../events';

type Ended = EventData<'call.ended'>;

/** A record of a call that still runs tells nothing final. */
const FINAL_STATUS = /^(?:completed|ended|finished|failed|busy|no[_-]?answer|voicemail|cancel?led)$/i;

export function isOver(record: CallRecord): boolean {
  return record.ended_at !== undefined || record.disposition !== undefined || FINAL_STATUS.test(record.status ?? '');
}

function instant(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** Epoch ms of the end as well as the record tells it. */
export function endOf(record: CallRecord, otherwise: number): number {
  const ended = instant(record.ended_at);
  if (ended !== undefined) return ended;
  const started = instant(record.started_at);
  return started === undefined ? otherwise : started + (record.duration_seconds ?? 0) * 1000;
}

function without<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function dataOf(record: CallRecord): Ended {
  const { phone, name } = record;
  const contact = phone === undefined && name === undefined ? undefined : without({ phone, name });
  return without({
    contact,
    campaign: record.campaign,
    duration_seconds: record.duration_seconds,
    disposition: record.disposition,
    recording_url: record.recording_url,
    transcript_url: record.transcript_url,
    summary: record.summary,
  });
}

/** Which field of the fold holds which part of the record. */
const FOLDED: Partial<Record<keyof Ended, keyof CallFields>> = {
  campaign: 'campaign',
  duration_seconds: 'duration_seconds',
  recording_url: 'recording_url',
  transcript_url: 'transcript_url',
  summary: 'end_summary',
};

/** What the record tells beyond the log. */
function newIn(data: Ended, known: CallSnapshot): Ended {
  const entries = Object.entries(data).filter(([name]) => {
    const field = FOLDED[name];
    return field !== undefined && known.fields[field] === undefined;
  });
  return Object.fromEntries(entries);
}

function isNewOutcome(value: string | undefined, known: CallSnapshot): value is string {
  if (value === undefined) return false;
  const { ai, agent, platform } = known.dispositions;
  return [ai, agent, platform].every((said) => said?.value.value !== value);
}

export interface Polled {
  platform: string;
  record: CallRecord;
  /** The call as folded so far, if the log knows it. */
  known: CallSnapshot | undefined;
  /** Epoch ms. */
  now: number;
}

/** Ids of the events that a polled record of a call unknown to the log becomes. */
export function polledIds(platformCallId: string): { end: string; transcript: string } {
  return {
    end: `polled:${digestOf(platformCallId)}`,
    transcript: `polled:${digestOf(platformCallId, 'transcript')}`,
  };
}

const STEPS = [
  { type: 'call.ringing', step: 'ringing', status: /^(?:ringing|dialing|dialling)$/i },
  { type: 'call.answered', step: 'answered', status: /^(?:answered|connected|in[_-]?progress|ongoing|active)$/i },
] as const;

/** How far a call that still runs has come, where no webhook told it. */
export function progressEvents({ platform, record, known, now }: Polled): HandoverEvent[] {
  const status = record.status ?? '';
  return STEPS.filter((one) => one.status.test(status) && known?.milestones[one.step] === undefined).map(({ type }) =>
    tell({
      ...{ type, source: `/platforms/${platform}`, call: `${platform}:${record.id}`, time: now, now, data: {} },
      id: `polled:${digestOf(record.id, type)}`,
    }),
  );
}

/** Has the transcript fetched, where the word that it is ready may have been lost. The same event however often it is told. */
function announcedTranscript({ platform, record, known, now }: Polled): HandoverEvent[] {
  const { transcript_url } = record;
  if (transcript_url === undefined || known?.transcript !== undefined) return [];
  const id = polledIds(record.id).transcript;
  const common = { source: `/platforms/${platform}`, call: `${platform}:${record.id}`, time: now, now };
  return [tell({ ...common, type: 'call.transcript', id, data: { transcript_url } })];
}

/** Events for what the log does not know yet; none for a call that still runs or is known in full. */
export function recordEvents({ platform, record, known, now }: Polled): HandoverEvent[] {
  if (!isOver(record)) return [];
  const common = { source: `/platforms/${platform}`, call: `${platform}:${record.id}`, now };
  const time = endOf(record, now);
  const data = dataOf(record);
  const events = announcedTranscript({ platform, record, known, now });
  if (known?.milestones.ended === undefined) {
    return [tell({ ...common, type: 'call.ended', id: polledIds(record.id).end, time, data }), ...events];
  }
  const added = newIn(data, known);
  const names = Object.keys(added).sort();
  if (names.length > 0) {
    const id = `polled:${digestOf(record.id, ...names)}`;
    events.push(tell({ ...common, type: 'call.ended', id, time, data: added }));
  }
  if (isNewOutcome(data.disposition, known)) {
    const id = `polled:${digestOf(record.id, 'disposition', data.disposition)}`;
    events.push(
      tell({ ...common, type: 'call.disposition', id, time: now, data: { value: data.disposition, by: 'platform' } }),
    );
  }
  return events;
}
