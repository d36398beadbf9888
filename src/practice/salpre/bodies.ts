/** Bodies of Salpre's custom webhook: integer ids, Unix seconds, and the call at one of two places. */
import type { Caller, TimedLine } from '../cast/caller';

export interface SalpreCall {
  id: number;
  caller: Caller;
  from: string;
  to: string;
  direction: 'inbound' | 'outbound';
  source: string;
  status: 'initiated' | 'ringing' | 'answered' | 'ended' | 'failed';
  agent: number;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
}

export interface SalpreEvent {
  event_type: string;
  timestamp_utc: number;
  payload: Record<string, unknown>;
  is_test: boolean;
}

const unixSeconds = (epochMs: number): number => Math.floor(epochMs / 1000);

function event(type: string, at: number, payload: Record<string, unknown>): SalpreEvent {
  return { event_type: type, timestamp_utc: unixSeconds(at), payload, is_test: false };
}

const flat = ({ id, from, to, direction, source }: SalpreCall) => ({ call_id: id, from, to, direction, source });
const nested = ({ id, from, to, direction, source }: SalpreCall) => ({ call: { id, from, to, source, direction } });

export function progress(
  type: 'call_initiated' | 'call_ringing' | 'call_answered',
  call: SalpreCall,
  at: number,
): SalpreEvent {
  return event(type, at, flat(call));
}

/** A partial transcript: later ones of the same utterance carry the same time and more words. */
export function transcript(call: SalpreCall, line: TimedLine, words: string, saidAt: number, at: number): SalpreEvent {
  return event('transcript', at, {
    ...nested(call),
    type: line.who,
    transcript: words,
    timestamp_utc: String(unixSeconds(saidAt)),
  });
}

/** The document's examples use both `utc_timestamp` and `timestamp`, and leave the greeting without either. */
export function callEnded(call: SalpreCall, lines: readonly TimedLine[], at: number): SalpreEvent {
  const startedAt = call.startedAt ?? at;
  return event('call_ended', at, {
    ...flat(call),
    transcript: lines.map((line, index) => ({
      type: line.who,
      message: line.says,
      ...(index === 0 ? {} : { utc_timestamp: String(unixSeconds(startedAt + line.startMs)) }),
    })),
  });
}

export function callError(call: SalpreCall, message: string, at: number): SalpreEvent {
  return event('error', at, { ...nested(call), error_message: message });
}

/** The test button's example: the numbers of the document, ringing here, and marked as a test. */
export function testEvent(at: number): SalpreEvent {
  const payload = {
    from: '+905555555555',
    to: '+905555555554',
    source: 'salprebox:SALPRE_AABBCCDD',
    direction: 'inbound',
    call_id: 1,
  };
  return { ...event('call_ringing', at, payload), is_test: true };
}
