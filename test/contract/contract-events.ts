/** Events and queues of the store contract. */
import type { EventFacts } from '../../src/relay/routing/facts';
import type { NewEvent } from '../../src/relay/store/port';

/** Queues that every place is configured with. */
export const CONTRACT_QUEUES = [
  { id: 'blue', name: 'Blue', numbers: ['+910000000001'], labels: ['sky'] },
  { id: 'red', name: 'Red', numbers: ['+910000000002'], labels: [] },
];

export const T0 = Date.parse('2026-03-01T09:00:00.000Z');

export function event(id: string, facts: Partial<EventFacts> = {}, source = '/platforms/test'): NewEvent {
  const time = facts.time ?? new Date(T0).toISOString();
  const full: EventFacts = { type: 'call.escalated', time, call: 'test:1', phones: [], ...facts };
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type: full.type,
    ...(full.call === undefined ? {} : { subject: full.call }),
    time,
    receivedtime: time,
    istest: false,
    late: false,
    trust: 'signed',
    data:
      full.type === 'call.turn' ? { speaker: 'customer', text: id, partial: false, key: id } : { transfer: 'unknown' },
  });
  return { source, id, received: T0, facts: full, body };
}
