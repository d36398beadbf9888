/**
 * The call fold: events in, one snapshot per call out. Pure, and a join in every field, so any order and any number
 * of repeats end in the same snapshot. Runs in the relay (snapshots) and in the desk (display).
 */
import type { CallFields, CallSnapshot, CallTurn, Stamped } from '../contract/call';
import type { EventOf, HandoverEvent, Trust, Turn } from '../contract/events';

type Stamp = Pick<Stamped<unknown>, 'at' | 'event'>;

/** Later time wins; equal times are decided by the event id, so that every order of arrival agrees. */
function isNewer(candidate: Stamp, current: Stamp): boolean {
  return candidate.at !== current.at ? candidate.at > current.at : candidate.event > current.event;
}

function latest<T>(current: Stamped<T> | undefined, candidate: Stamped<T>): Stamped<T> {
  return current === undefined || isNewer(candidate, current) ? candidate : current;
}

const TRUST_ORDER: readonly Trust[] = ['open', 'secret', 'signed'];

function weakest(a: Trust, b: Trust): Trust {
  return TRUST_ORDER.indexOf(a) <= TRUST_ORDER.indexOf(b) ? a : b;
}

/** A snapshot of a call nothing is known of yet. */
export function emptyCall(call: string): CallSnapshot {
  return {
    call,
    test: false,
    trust: 'signed',
    fields: {},
    milestones: {},
    escalations: {},
    turns: {},
    tools: {},
    disturbances: {},
    dispositions: {},
  };
}

function setFields(snapshot: CallSnapshot, event: HandoverEvent, said: { [K in keyof CallFields]?: unknown }): void {
  const fields = snapshot.fields as Record<string, Stamped<unknown> | undefined>;
  for (const [name, value] of Object.entries(said)) {
    if (value === undefined || value === null || value === '') continue;
    fields[name] = latest(fields[name], { value, at: event.time, event: event.id });
  }
}

type Step = 'started' | 'ringing' | 'answered' | 'ended';

/** Keeps the earliest instant of a step, ties by the smaller event id. */
function reach(snapshot: CallSnapshot, step: Step, event: HandoverEvent): void {
  const current = snapshot.milestones[step];
  const candidate = { at: event.time, event: event.id };
  if (current === undefined || isNewer(current, candidate)) snapshot.milestones[step] = candidate;
}

function progress(
  snapshot: CallSnapshot,
  event: EventOf<'call.started' | 'call.ringing' | 'call.answered'>,
  step: Step,
): void {
  reach(snapshot, step, event);
  const { direction, from, to, campaign, contact, origin } = event.data;
  setFields(snapshot, event, {
    direction,
    from,
    to,
    campaign,
    contact_name: contact?.name,
    contact_phone: contact?.phone,
    origin_agent: origin?.agent,
  });
}

/** A final version beats any partial one; between equals the later event wins. */
function betterTurn(current: CallTurn | undefined, candidate: CallTurn): CallTurn {
  if (current === undefined) return candidate;
  if (current.partial !== candidate.partial) return current.partial ? candidate : current;
  const newer = isNewer({ at: candidate.stamp, event: candidate.event }, { at: current.stamp, event: current.event });
  return newer ? candidate : current;
}

function addTurn(snapshot: CallSnapshot, event: EventOf<'call.turn'>): void {
  const { key, speaker, text, partial, at } = event.data;
  snapshot.turns[key] = betterTurn(snapshot.turns[key], {
    speaker,
    text,
    partial,
    at: at ?? event.time,
    stamp: event.time,
    event: event.id,
  });
}

function escalate(snapshot: CallSnapshot, event: EventOf<'call.escalated'>): void {
  const { trigger, to, transfer, label, summary, contact, campaign, from, language, custom_fields } = event.data;
  snapshot.escalations[event.id] = {
    at: event.time,
    received: event.receivedtime,
    late: event.late,
    transfer,
    ...(trigger === undefined ? {} : { trigger }),
    ...(to === undefined ? {} : { to }),
    ...(label === undefined ? {} : { label }),
    ...(summary === undefined ? {} : { summary }),
  };
  setFields(snapshot, event, {
    from,
    campaign,
    language,
    custom_fields,
    contact_name: contact?.name,
    contact_phone: contact?.phone,
  });
}

function end(snapshot: CallSnapshot, event: EventOf<'call.ended'>): void {
  reach(snapshot, 'ended', event);
  const data = event.data;
  setFields(snapshot, event, {
    direction: data.direction,
    from: data.from,
    to: data.to,
    campaign: data.campaign,
    contact_name: data.contact?.name,
    contact_phone: data.contact?.phone,
    end_reason: data.reason,
    duration_seconds: data.duration_seconds,
    outcome: data.outcome,
    end_summary: data.summary,
    callback_time: data.callback_time,
    recording_url: data.recording_url,
    transcript_url: data.transcript_url,
    sentiment: data.sentiment,
    qa_score: data.qa_score,
    language: data.language,
    custom_fields: data.custom_fields,
  });
  if (data.turns !== undefined && data.turns.length > 0) keepTranscript(snapshot, event, data.turns);
  if (data.disposition !== undefined) {
    const proposal = { value: { value: data.disposition }, at: event.time, event: event.id };
    snapshot.dispositions.ai = latest(snapshot.dispositions.ai, proposal);
  }
}

function keepTranscript(snapshot: CallSnapshot, event: HandoverEvent, turns: Turn[]): void {
  snapshot.transcript = latest(snapshot.transcript, { value: turns, at: event.time, event: event.id });
}

function dispose(snapshot: CallSnapshot, event: EventOf<'call.disposition'>): void {
  const { value, by, agent, notes, amount, callback } = event.data;
  const said = {
    value,
    ...(agent === undefined ? {} : { agent }),
    ...(notes === undefined ? {} : { notes }),
    ...(amount === undefined ? {} : { amount }),
    ...(callback === undefined ? {} : { callback }),
  };
  snapshot.dispositions[by] = latest(snapshot.dispositions[by], { value: said, at: event.time, event: event.id });
}

function register(snapshot: CallSnapshot, event: EventOf<'call.claimed' | 'call.released'>): void {
  const { seq, agent } = event.data;
  if (snapshot.claim !== undefined && snapshot.claim.seq >= seq) return;
  const holder = { seq, agent: { id: agent.id, name: agent.name }, at: event.time };
  snapshot.claim =
    event.type === 'call.claimed'
      ? { ...holder, lease_until: event.data.lease_until }
      : { ...holder, reason: event.data.reason };
}

function fail(snapshot: CallSnapshot, event: EventOf<'call.failed'>): void {
  const current = snapshot.milestones.failed;
  if (current !== undefined && !isNewer(current, { at: event.time, event: event.id })) return;
  snapshot.milestones.failed = { at: event.time, event: event.id, message: event.data.message };
}

/**
 * Folds one event into a snapshot of its call, in place, and returns it. Copy first (`structuredClone`) to keep the old.
 * Events without a call (campaigns, unknown bodies) change nothing.
 */
export function foldEvent(snapshot: CallSnapshot, event: HandoverEvent): CallSnapshot {
  snapshot.test ||= event.istest;
  snapshot.trust = weakest(snapshot.trust, event.trust);
  switch (event.type) {
    case 'call.started':
      progress(snapshot, event, 'started');
      break;
    case 'call.ringing':
      progress(snapshot, event, 'ringing');
      break;
    case 'call.answered':
      progress(snapshot, event, 'answered');
      break;
    case 'call.turn':
      addTurn(snapshot, event);
      break;
    case 'call.interrupted':
    case 'call.stalled': {
      const interrupted = event.type === 'call.interrupted';
      const text = interrupted ? event.data.text : event.data.message;
      snapshot.disturbances[event.id] = {
        at: event.time,
        kind: interrupted ? 'interrupted' : 'stalled',
        ...(text === undefined ? {} : { text }),
      };
      break;
    }
    case 'call.tool':
      snapshot.tools[event.id] = {
        at: event.time,
        name: event.data.name,
        ...(event.data.arguments === undefined ? {} : { arguments: event.data.arguments }),
        ...(event.data.result === undefined ? {} : { result: event.data.result }),
      };
      break;
    case 'call.escalated':
      escalate(snapshot, event);
      break;
    case 'call.ended':
      end(snapshot, event);
      break;
    case 'call.disposition':
      dispose(snapshot, event);
      break;
    case 'call.transcript':
      setFields(snapshot, event, { transcript_url: event.data.transcript_url });
      if (event.data.turns !== undefined && event.data.turns.length > 0)
        keepTranscript(snapshot, event, event.data.turns);
      break;
    case 'call.failed':
      fail(snapshot, event);
      break;
    case 'call.claimed':
    case 'call.released':
      register(snapshot, event);
      break;
    case 'campaign.started':
    case 'campaign.paused':
    case 'campaign.completed':
    case 'platform.unknown':
      break;
    default:
      event satisfies never;
  }
  return snapshot;
}

/** Folds a whole set of events of one call. */
export function foldCall(call: string, events: Iterable<HandoverEvent>): CallSnapshot {
  const snapshot = emptyCall(call);
  for (const event of events) foldEvent(snapshot, event);
  return snapshot;
}
