import { describe, expect, test } from 'vitest';
import type { EventFacts } from '../../../src/relay/routing/facts';
import { nextRoute, type Directory, type Route } from '../../../src/relay/routing/route';

const directory: Directory = {
  agents: [
    { id: 'asha', name: 'Asha', numbers: ['+918001111111'] },
    { id: 'ravi', name: 'Ravi', numbers: ['+918002222222', '+918001234567'] },
  ],
  queues: [
    {
      id: 'collections',
      name: 'Collections',
      numbers: ['+918001234567', '+918005555555'],
      labels: ['Customer Support'],
    },
  ],
  isPresent: (agent) => agent === 'asha',
};

const facts = (more: Partial<EventFacts>): EventFacts => ({
  type: 'call.escalated',
  time: '2026-03-01T09:00:00.000Z',
  call: 'test:1',
  phones: [],
  ...more,
});
const route = (more: Partial<EventFacts>, current?: Route, holder?: string) =>
  nextRoute(current, facts(more), directory, holder);

describe('an escalation', () => {
  test.each([
    ['a number of an agent', { to: '+918001111111' }, ['a:asha']],
    ['the same number written otherwise', { to: '91 80011-11111' }, ['a:asha']],
    ['a number of an agent and of a queue: the agent', { to: '+918001234567' }, ['a:ravi']],
    ['a number of a queue', { to: '+918005555555' }, ['q:collections']],
    ['the id of an agent', { to: 'ravi' }, ['a:ravi']],
    ['a label', { label: ' customer support ' }, ['q:collections']],
    ['the name of a queue as label', { label: 'COLLECTIONS' }, ['q:collections']],
    ['an unknown number with a known label', { to: '+15550100', label: 'Customer Support' }, ['q:collections']],
    ['nobody we know', { to: '+15550100', label: 'Legal' }, ['q:unrouted']],
    ['words without a digit', { to: 'the manager' }, ['q:unrouted']],
    ['nothing', {}, ['q:unrouted']],
  ])('to %s', (_what, target, expected) => {
    expect(route({ target }).audience).toEqual(expected);
  });

  test('a later one moves the call, one that is reported late does not', () => {
    const first = route({ target: { to: 'asha' }, time: '2026-03-01T09:05:00.000Z' });
    expect(route({ target: { to: 'ravi' }, time: '2026-03-01T09:06:00.000Z' }, first).audience).toEqual(['a:ravi']);
    expect(route({ target: { to: 'ravi' }, time: '2026-03-01T09:04:00.000Z' }, first)).toBe(first);
  });

  test('of a call an agent started goes to that agent first', () => {
    const own = (agent: string) => route({ type: 'call.started', origin: agent });
    expect(route({ target: { label: 'collections' } }, own('asha')).audience).toEqual(['a:asha']);
    expect(route({ target: { label: 'collections' } }, own('ravi')).audience).toEqual(['a:ravi', 'q:collections']);
  });

  test('keeps who holds the claim in sight', () => {
    const first = route({ target: { label: 'collections' } });
    expect(route({ target: { to: 'ravi' } }, first, 'asha').audience).toEqual(['a:asha', 'a:ravi']);
  });
});

describe('before any escalation', () => {
  test('a call is unrouted', () => {
    expect(route({ type: 'call.turn' }).audience).toEqual(['q:unrouted']);
  });

  test('an inbound call goes to whoever has the number that was dialled', () => {
    expect(route({ type: 'call.ringing', dialled: '+918005555555' }).audience).toEqual(['q:collections']);
    expect(route({ type: 'call.ringing', dialled: '+15550100' }).audience).toEqual(['q:unrouted']);
  });

  test('an agent who turns out to have started the call is added to those who saw it', () => {
    const dialled = route({ type: 'call.ringing', dialled: '+918005555555' });
    expect(route({ type: 'call.answered', origin: 'asha' }, dialled).audience).toEqual(['a:asha', 'q:collections']);
  });
});
