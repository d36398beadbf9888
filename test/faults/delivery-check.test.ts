import { expect, it } from 'vitest';
import { checkDelivery, deliveryProblems } from '../support/chaos/delivery-check';

const event = (id: string, offset: number, type = 'call.escalated') => ({ id, offset, type });
const record = { posted: new Set(['a', 'b', 'c']), acknowledged: new Set(['a', 'b']) };

it('is content when every acknowledged event is there once, and counts those kept without an answer', () => {
  const verdict = checkDelivery(record, [event('a', 1), event('c', 2), event('b', 3), event('x', 4, 'call.claimed')]);
  expect(verdict).toEqual({ lost: [], repeated: [], unexpected: [], recovered: 1 });
  expect(deliveryProblems(verdict)).toEqual([]);
});

it('names what was lost, kept twice, or never posted', () => {
  const verdict = checkDelivery(record, [event('a', 1), event('a', 2), event('z', 3)]);
  expect(deliveryProblems(verdict)).toEqual([
    '1 events acknowledged but lost, first b',
    '1 events kept twice, first a',
    '1 events never posted, first z',
  ]);
});
