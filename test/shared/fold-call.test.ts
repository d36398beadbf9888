import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callSnapshotSchema } from '../../src/shared/contract/call';
import type { HandoverEvent } from '../../src/shared/contract/events';
import { claimantOf, escalationsOf, phaseOf, turnsOf } from '../../src/shared/lib/call-view';
import { emptyCall, foldCall, foldEvent } from '../../src/shared/lib/fold-call';
import { CALL, eventSet } from '../support/relay/event-arbitrary';

/** A list with every event at least once, repeated and shuffled at random. */
function shuffledWithRepeats(events: HandoverEvent[]): fc.Arbitrary<HandoverEvent[]> {
  const extra = events.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...events), { maxLength: 8 });
  return extra.chain((repeats) => {
    const all = [...events, ...repeats];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
}

describe('the call fold', () => {
  test('gives one snapshot for any order and any number of repeats', () => {
    fc.assert(
      fc.property(
        eventSet.chain((events) => fc.tuple(fc.constant(events), shuffledWithRepeats(events))),
        ([events, shuffled]) => {
          expect(foldCall(CALL, shuffled)).toEqual(foldCall(CALL, events));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('can go on from a snapshot that travelled as JSON', () => {
    fc.assert(
      fc.property(eventSet, fc.nat(), (events, cut) => {
        const at = events.length === 0 ? 0 : cut % events.length;
        const before = foldCall(CALL, events.slice(0, at));
        const travelled = callSnapshotSchema.parse(JSON.parse(JSON.stringify(before)));
        for (const event of events.slice(at)) foldEvent(travelled, event);
        expect(travelled).toEqual(foldCall(CALL, events));
      }),
      { numRuns: 300 },
    );
  });

  test('does not change the events it folds', () => {
    fc.assert(
      fc.property(eventSet, (events) => {
        const copy = structuredClone(events);
        const snapshot = foldCall(CALL, events);
        for (const event of events) foldEvent(snapshot, event);
        expect(events).toEqual(copy);
      }),
    );
  });

  test('knows nothing of a call without events', () => {
    expect(phaseOf(foldCall(CALL, []))).toBe('unknown');
    expect(callSnapshotSchema.parse(emptyCall(CALL))).toEqual(emptyCall(CALL));
  });
});

const at = (second: number) => `2026-03-01T09:00:0${second}.000Z`;
function make(type: HandoverEvent['type'], second: number, data: object): HandoverEvent {
  return {
    specversion: '1.0',
    id: `${type}-${second}`,
    source: '/platforms/test',
    subject: CALL,
    type,
    time: at(second),
    receivedtime: at(second),
    istest: false,
    late: false,
    trust: 'signed',
    data,
  } as HandoverEvent;
}

describe('questions to a snapshot', () => {
  test('the phase is the furthest step that events told of', () => {
    const steps: [HandoverEvent, string][] = [
      [make('call.started', 1, {}), 'started'],
      [make('call.ringing', 2, {}), 'ringing'],
      [make('call.answered', 3, {}), 'live'],
      [make('call.escalated', 4, { transfer: 'warm' }), 'escalated'],
      [make('call.ended', 5, {}), 'ended'],
    ];
    const events: HandoverEvent[] = [];
    for (const [event, phase] of steps) {
      events.push(event);
      expect(phaseOf(foldCall(CALL, events))).toBe(phase);
    }
  });

  test('a final turn beats a partial one, and turns come in the order they were said', () => {
    const call = foldCall(CALL, [
      make('call.turn', 5, { speaker: 'ai', text: 'second', partial: false, key: 'b', at: at(2) }),
      make('call.turn', 1, { speaker: 'customer', text: 'fir', partial: true, key: 'a', at: at(1) }),
      make('call.turn', 2, { speaker: 'customer', text: 'first', partial: false, key: 'a', at: at(1) }),
      make('call.turn', 3, { speaker: 'customer', text: 'late partial', partial: true, key: 'a', at: at(1) }),
    ]);
    expect(turnsOf(call).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  test('escalations come newest first', () => {
    const call = foldCall(CALL, [
      make('call.escalated', 1, { transfer: 'warm', summary: 'older' }),
      make('call.escalated', 2, { transfer: 'cold', summary: 'newer' }),
    ]);
    expect(escalationsOf(call).map(({ summary }) => summary)).toEqual(['newer', 'older']);
  });

  test('the claimant is whoever the highest seq names, while the lease runs', () => {
    const asha = { id: 'a', name: 'Asha' };
    const claimed = make('call.claimed', 1, { agent: asha, lease_until: at(5), seq: 1 });
    const released = make('call.released', 3, { agent: asha, reason: 'busy', seq: 2 });
    const during = Date.parse(at(4));
    expect(claimantOf(foldCall(CALL, [claimed]), during)).toEqual(asha);
    expect(claimantOf(foldCall(CALL, [claimed]), Date.parse(at(6)))).toBeUndefined();
    expect(claimantOf(foldCall(CALL, [released, claimed]), during)).toBeUndefined();
  });
});
