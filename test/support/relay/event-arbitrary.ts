/** Random events of one call, with few distinct times and ids so that ties are common. */
import fc from 'fast-check';
import { handoverEventSchema, type EventType, type HandoverEvent } from '../../../src/shared/contract/events';

export const CALL = 'test:1';

const instant = fc.integer({ min: 0, max: 5 }).map((s) => new Date(Date.UTC(2026, 2, 1, 9, 0, s)).toISOString());
const word = fc.constantFrom('a', 'b', 'Ünïcode', 'हिन्दी', '');
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

function record(shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record(shape)
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)));
}

const contact = record({ name: optional(word), phone: optional(word) });
const progress = record({
  direction: optional(fc.constantFrom('inbound', 'outbound')),
  from: optional(word),
  to: optional(word),
  campaign: optional(word),
  contact: optional(contact),
  origin: optional(record({ agent: optional(word) })),
});
const turns = fc.array(record({ speaker: fc.constantFrom('customer', 'ai'), text: word }), { maxLength: 2 });
const agent = fc.constantFrom({ id: 'a', name: 'A' }, { id: 'b', name: 'B' });
const seq = fc.integer({ min: 0, max: 6 });

const dataByType: Partial<Record<EventType, fc.Arbitrary<unknown>>> = {
  'call.started': progress,
  'call.ringing': progress,
  'call.answered': progress,
  'call.turn': record({
    speaker: fc.constantFrom('customer', 'ai'),
    text: word,
    partial: fc.boolean(),
    key: fc.constantFrom('k1', 'k2'),
    at: optional(instant),
  }),
  'call.interrupted': record({ text: optional(word) }),
  'call.tool': record({ name: word, arguments: optional(fc.constant({ n: 1 })) }),
  'call.stalled': record({ message: optional(word) }),
  'call.escalated': record({
    transfer: fc.constantFrom('warm', 'cold', 'unknown'),
    trigger: optional(word),
    summary: optional(word),
    contact: optional(contact),
  }),
  'call.ended': record({
    reason: optional(word),
    duration_seconds: optional(fc.nat(9)),
    disposition: optional(word),
    turns: optional(turns),
    summary: optional(word),
  }),
  'call.disposition': record({ value: word, by: fc.constantFrom('ai', 'agent', 'platform'), agent: optional(word) }),
  'call.transcript': record({ transcript_url: optional(word), turns: optional(turns) }),
  'call.failed': record({ message: word }),
  'call.claimed': record({ agent, lease_until: instant, seq }),
  'call.released': record({ agent, reason: word, seq }),
};

const oneEvent = fc.constantFrom(...(Object.keys(dataByType) as EventType[])).chain((type) =>
  fc.record({
    type: fc.constant(type),
    data: dataByType[type] ?? fc.constant({}),
    time: instant,
    istest: fc.boolean(),
    trust: fc.constantFrom('signed', 'secret', 'open'),
    late: fc.boolean(),
  }),
);

/**
 * A set of events with unique ids. Claims and releases get a unique `seq`, as the register hands them out.
 */
export const eventSet: fc.Arbitrary<HandoverEvent[]> = fc.array(oneEvent, { maxLength: 14 }).map((made) =>
  made.map((event, n) =>
    handoverEventSchema.parse({
      specversion: '1.0',
      // Not in the order of the list, so that ties are not decided by it.
      id: `e${(n * 7) % 15}`,
      source: '/platforms/test',
      subject: CALL,
      receivedtime: event.time,
      ...event,
      data:
        event.type === 'call.claimed' || event.type === 'call.released'
          ? { ...(event.data as object), seq: (n * 11) % 15 }
          : event.data,
    }),
  ),
);
