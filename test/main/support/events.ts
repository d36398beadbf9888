import {
  handoverEventSchema,
  type EventData,
  type EventType,
  type HandoverEvent,
} from '../../../src/shared/contract/events';
import type { DeskAgent } from '../../../src/shared/contract/desk-protocol';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import { foldCall } from '../../../src/shared/lib/fold-call';

export const NOW = '2026-03-02T10:00:00.000Z';
export const CALL = 'vinfer:call_1';
let count = 0;

/** An event as a relay would send it; checked, so that no test runs on something a relay never sends. */
export function event<T extends EventType>(
  type: T,
  data: EventData<T>,
  changes: Partial<Pick<HandoverEvent, 'id' | 'time' | 'receivedtime' | 'subject' | 'istest' | 'late' | 'trust'>> = {},
): HandoverEvent {
  count += 1;
  const time = changes.time ?? NOW;
  return handoverEventSchema.parse({
    specversion: '1.0',
    id: `evt_${count}`,
    source: '/platforms/vinfer',
    subject: CALL,
    receivedtime: time,
    istest: false,
    late: false,
    trust: 'signed',
    ...changes,
    time,
    type,
    data,
  });
}

export function escalation(
  data: Partial<EventData<'call.escalated'>> = {},
  changes: Parameters<typeof event>[2] = {},
): HandoverEvent {
  const full = {
    trigger: 'sentiment_negative',
    to: '+918001234567',
    transfer: 'unknown' as const,
    summary: 'Disputes the amount.',
    contact: { name: 'Amit Patel', phone: '+919123456789' },
    ...data,
  };
  return event('call.escalated', full, changes);
}

export function claimed(agent: { id: string; name: string }, seq: number, leaseUntil: string): HandoverEvent {
  return event('call.claimed', { agent, seq, lease_until: leaseUntil });
}

export function call(...events: HandoverEvent[]): CallSnapshot {
  return foldCall(events[0]?.subject ?? CALL, events);
}

export const ASHA: DeskAgent = { id: 'asha', name: 'Asha Rao', numbers: ['+918001234567'], queues: [], role: 'agent' };
export const BEN = { id: 'ben', name: 'Ben Kaya' };

/** An instant this many seconds after NOW. */
export function after(seconds: number): string {
  return new Date(Date.parse(NOW) + seconds * 1000).toISOString();
}
