import { describe, expect, test } from 'vitest';
import { outcomeOfCall } from '../../../src/relay/dialling/call-outcome';
import { foldCall } from '../../../src/shared/lib/fold-call';
import type { HandoverEvent } from '../../../src/shared/contract/events';
import { event } from '../gateway/support/harness';

const CALL = 'vinfer:c1';
const AT = Date.parse('2026-11-23T12:00:00Z');
const asha = { id: 'asha', name: 'Asha' };

type Step = [type: HandoverEvent['type'], data: object, afterS: number];
const started: Step = ['call.started', { direction: 'outbound' }, 0];
const ended = (data: object = {}): Step => ['call.ended', data, 300];
const escalated: Step = ['call.escalated', { transfer: 'warm' }, 100];
const claimed = (afterS: number): Step => [
  'call.claimed',
  { agent: asha, seq: 1, lease_until: '2026-11-23T13:00:00.000Z' },
  afterS,
];
const released: Step = ['call.released', { agent: asha, seq: 2, reason: 'expired' }, 400];
const said = (speaker: string): Step => ['call.turn', { speaker, text: 'hello', partial: false, key: speaker }, 20];
const decided = (value: string, by: string): Step => [
  'call.disposition',
  { value, by, ...(by === 'agent' ? { agent: 'asha' } : {}) },
  310,
];

const outcome = (steps: readonly Step[]) =>
  outcomeOfCall(
    foldCall(
      CALL,
      steps.map(([type, data, afterS]) => event(type, CALL, data, AT + afterS * 1000)),
    ),
  );

describe('what came of a call', () => {
  test.each<[what: string, steps: Step[], outcome: string]>([
    ['it was answered', [started, ['call.answered', {}, 5], ended()], 'conversation'],
    ['the customer spoke', [started, said('customer'), ended()], 'conversation'],
    [
      'the customer spoke although it says no answer',
      [said('customer'), ended({ disposition: 'no_answer' })],
      'conversation',
    ],
    [
      'a transcript holds their words',
      [['call.transcript', { turns: [{ speaker: 'customer', text: 'yes' }] }, 9]],
      'conversation',
    ],
    ['only the AI spoke', [started, said('ai'), ended()], 'attempt'],
    ['it lasted', [ended({ duration_seconds: 300 })], 'conversation'],
    ['it lasted no time', [ended({ duration_seconds: 0 })], 'attempt'],
    ['nobody says how long it lasted', [ended()], 'attempt'],
    ['it lasted, into a voicemail', [ended({ duration_seconds: 30, disposition: 'voicemail' })], 'attempt'],
    ['it rang for long', [ended({ duration_seconds: 30, reason: 'customer-did-not-answer' })], 'attempt'],
    ['the line was busy', [ended({ duration_seconds: 2, reason: 'dial_busy' })], 'attempt'],
    ['nobody answered, an agent says', [ended({ duration_seconds: 30 }), decided('no_answer', 'agent')], 'attempt'],
    ['it failed', [['call.failed', { message: 'no route' }, 3], ended({ duration_seconds: 1 })], 'attempt'],
    ['a promise was made', [ended({ duration_seconds: 300, disposition: 'promise_to_pay' })], 'conversation'],
    ['an escalation is open', [started, escalated], 'conversation'],
    ['an escalation was claimed in time', [started, escalated, claimed(110), ended()], 'conversation'],
    ['an escalation was claimed and given back', [started, escalated, claimed(110), ended(), released], 'conversation'],
    [
      'an escalation was decided by an agent',
      [started, escalated, ended(), decided('interested', 'agent')],
      'conversation',
    ],
    ['an escalation found nobody', [started, escalated, ended()], 'abandoned'],
    ['an escalation found nobody in time', [started, escalated, ended(), claimed(400)], 'abandoned'],
  ])('%s', (_what, steps, expected) => {
    expect(outcome(steps)).toBe(expected);
  });
});
