import { describe, expect, it } from 'vitest';
import { callView, type ViewContext } from '../../../src/main/calls/call-view';
import { claimView } from '../../../src/main/calls/claim-view';
import { groupOf, rowsOf } from '../../../src/main/calls/rows';
import { wasMine } from '../../../src/main/outcomes/wrap-ups';
import { triggerKind } from '../../../src/shared/lib/trigger-kind';
import { phoneView } from '../../../src/main/phones/phone-view';
import { callViewSchema } from '../../../src/shared/contract/views';
import type { PlatformTraits } from '../../../src/shared/contract/desk-protocol';
import { BEN, NOW, after, call, claimed, escalation, event } from '../support/events';

const VINFER: PlatformTraits = {
  name: 'vinfer',
  label: 'VInfer Neuron',
  live_transcript: false,
  escalation_summary: true,
  escalates: true,
};

function context(changes: Partial<ViewContext> = {}): ViewContext {
  return {
    local: (instant) => Date.parse(instant),
    phone: phoneView,
    traits: () => VINFER,
    history: () => ({ state: 'loading' }),
    claim: (shown) =>
      claimView(shown, { me: 'asha', now: Date.parse(NOW), own: undefined, local: (at) => Date.parse(at) }),
    late: () => false,
    ...changes,
  };
}

describe('the view of a call', () => {
  it('says that there is a recording, and until when its platform hands it out', () => {
    const over = call(escalation(), event('call.ended', { recording_url: 'https://x.example/1', qa_score: 87 }));
    const lasting = callViewSchema.parse(callView(over, context()));
    expect(lasting).toMatchObject({ qa_score: 87, recording: {} });
    expect(lasting.recording?.until).toBeUndefined();
    const traits = () => ({ ...VINFER, recording_hours: 72 });
    expect(callView(over, context({ traits })).recording).toEqual({ until: Date.parse(after(72 * 3600)) });
    expect(callView(over, context({ traits, local: (at) => Date.parse(at) + 5 })).recording?.until).toBe(
      Date.parse(after(72 * 3600)) + 5,
    );
    expect(callView(call(escalation()), context({ traits })).recording).toBeUndefined();
    // The address itself is no window's business.
    expect(JSON.stringify(lasting)).not.toContain('x.example');
  });

  it('says who, why, since when, and fits the contract', () => {
    const view = callViewSchema.parse(callView(call(escalation()), context()));
    expect(view).toMatchObject({
      name: 'Amit Patel',
      phone: { national: '091234 56789', international: '+91 91234 56789', country: 'IN' },
      trigger: { kind: 'upset', raw: 'sentiment_negative' },
      escalated_at: Date.parse(NOW),
      summary: { state: 'present', text: 'Disputes the amount.' },
      platform_label: 'VInfer Neuron',
      phase: 'escalated',
      claim: { state: 'open' },
    });
  });

  it('tells a summary that is missing, empty, or never offered apart', () => {
    const reason = (summary: string | undefined, offered = true) => {
      const traits = () => ({ ...VINFER, escalation_summary: offered });
      return callView(call(escalation({ summary })), context({ traits })).summary;
    };
    expect(reason(undefined)).toEqual({ state: 'absent', reason: 'missing' });
    expect(reason('  ')).toEqual({ state: 'absent', reason: 'empty' });
    expect(reason(undefined, false)).toEqual({ state: 'absent', reason: 'not_offered' });
  });

  it('keeps showing an earlier summary when a later escalation brings none', () => {
    const again = call(escalation(), escalation({ summary: undefined }, { time: after(9) }));
    expect(callView(again, context()).summary).toMatchObject({ text: 'Disputes the amount.' });
  });

  it.each([
    ['call.ended', 'none_came'],
    ['call.failed', 'none_came'],
    ['call.answered', 'missing'],
  ] as const)('says after %s of a summary that did not come: %s', (type, reason) => {
    const next = type === 'call.failed' ? event(type, { message: 'x' }) : event(type, {}, { time: after(60) });
    const view = callView(call(escalation({ summary: undefined }), next), context());
    expect(view.summary).toEqual({ state: 'absent', reason });
  });

  it('marks the first turn said after the summary, also when only the last turns are shown', () => {
    const turn = (key: string, seconds: number) =>
      event('call.turn', { speaker: 'customer', text: key, partial: false, key }, { time: after(seconds) });
    const talk = call(turn('a', -9), turn('b', -5), escalation(), turn('c', 3), turn('d', 6));
    expect(callView(talk, context()).transcript).toMatchObject({ since_summary: 2 });
    const last = callView(talk, context(), 3).transcript;
    expect(last.turns.map(({ text }) => text)).toEqual(['b', 'c', 'd']);
    expect(last.since_summary).toBe(1);
  });

  it('shows the complete transcript instead of the live turns once it is there', () => {
    const live = event('call.turn', { speaker: 'ai', text: 'hel', partial: true, key: 'k' });
    const whole = event('call.transcript', { turns: [{ speaker: 'ai', text: 'hello' }] });
    const { transcript } = callView(call(live, whole), context());
    expect(transcript).toMatchObject({ offered: true, turns: [{ text: 'hello', partial: false }] });
  });

  it('lists what the AI did and agreed, and guesses nothing', () => {
    const done = call(
      event('call.tool', { name: 'check_identity', result: { ok: true } }),
      escalation({ custom_fields: { outstanding_amount: 4500, due_date: '2026-03-09', plan: 'gold', note: '' } }),
      event('call.ended', { disposition: 'payment_promised', callback_time: after(3600) }, { time: after(60) }),
    );
    expect(callView(done, context()).facts).toEqual([
      { kind: 'tool', label: 'check_identity', value: '{"ok":true}' },
      { kind: 'promise', disposition: 'payment_promised' },
      { kind: 'callback', at: Date.parse(after(3600)) },
      { kind: 'amount', label: 'outstanding_amount', value: '4500' },
      { kind: 'date', label: 'due_date', value: '2026-03-09' },
      { kind: 'field', label: 'plan', value: 'gold' },
    ]);
  });

  it('shows what the agent’s decision says was promised', () => {
    const amount = { value: '1500.50', currency: 'INR' };
    const decided = call(event('call.disposition', { value: 'payment_promised', by: 'agent', agent: 'asha', amount }));
    expect(callView(decided, context())).toMatchObject({ agent_disposition: 'payment_promised', agent_amount: amount });
  });

  it('shows the far end as the customer, whichever way the call went', () => {
    const number = (direction: 'inbound' | 'outbound') =>
      callView(call(event('call.started', { direction, from: '+15550100', to: '+15550199' })), context()).phone?.raw;
    expect(number('inbound')).toBe('+15550100');
    expect(number('outbound')).toBe('+15550199');
  });

  it('shows a number as it came when it is none', () => {
    expect(phoneView('anonymous')).toEqual({ raw: 'anonymous' });
  });

  it.each([
    ['sentiment_negative', 'upset'],
    ['explicit_request', 'asked_for_person'],
    ['Keyword', 'keyword'],
    ['max_duration', 'too_long'],
    ['compliance_alert', 'compliance'],
    ['custom', 'custom'],
    ['something new', 'unknown'],
  ])('reads the term %s as %s', (raw, kind) => {
    expect(triggerKind(raw)).toBe(kind);
  });
});

describe('who has a call', () => {
  const who = (...parameters: Parameters<typeof claimView>) => claimView(...parameters).state;
  const base = { me: 'asha', now: Date.parse(NOW), own: undefined, local: (at: string) => Date.parse(at) };

  it('is another agent as long as their lease runs', () => {
    const taken = call(escalation(), claimed(BEN, 1, after(30)));
    expect(claimView(taken, base)).toEqual({ state: 'other', name: 'Ben Kaya' });
    expect(who(taken, { ...base, now: Date.parse(after(31)) })).toBe('open');
  });

  it('is me from the moment the relay granted it, before its event is here', () => {
    expect(who(call(escalation()), { ...base, own: { state: 'held', since: 1 } })).toBe('mine');
  });

  it('is what is being asked for, and then why not', () => {
    expect(who(call(escalation()), { ...base, own: { state: 'claiming' } })).toBe('claiming');
    expect(
      claimView(call(escalation()), { ...base, own: { state: 'refused', reason: 'claimed', name: 'Ben' } }),
    ).toEqual({
      state: 'refused',
      reason: 'claimed',
      name: 'Ben',
    });
  });

  it('stays mine for wrap-up after the call ended and the lease was let go', () => {
    const released = event('call.released', { agent: { id: 'asha', name: 'Asha Rao' }, seq: 2, reason: 'call_ended' });
    const over = call(
      escalation(),
      claimed({ id: 'asha', name: 'Asha Rao' }, 1, after(30)),
      event('call.ended', {}, { time: after(90) }),
      released,
    );
    expect(who(over, { ...base, now: Date.parse(after(200)) })).toBe('mine');
  });
});

describe('whose an ended call was', () => {
  const ASHA = { id: 'asha', name: 'Asha Rao' };
  const ended = event('call.ended', {}, { time: after(90) });
  const freed = (agent: typeof ASHA, reason: string) => event('call.released', { agent, seq: 2, reason });
  const at = { me: 'asha', now: Date.parse(after(200)), own: undefined, local: (when: string) => Date.parse(when) };

  it.each([
    ['the lease still ran', ASHA, undefined, 'mine', 'wrapup'],
    ['the end freed it', ASHA, 'call_ended', 'mine', 'wrapup'],
    ['the network was out and nobody took it after', ASHA, 'lease_lapsed', 'mine', 'wrapup'],
    ['it was given back', ASHA, 'released', 'open', 'missed'],
    ['it was declined', ASHA, 'declined: busy', 'open', 'missed'],
    ['another held it to the end', BEN, 'call_ended', 'other', 'ended'],
    ['another lost it', BEN, 'lease_lapsed', 'open', 'missed'],
    ['another gave it back', BEN, 'released', 'open', 'missed'],
  ] as const)('when %s', (_, agent, reason, state, group) => {
    const claims = [claimed(agent, 1, after(30)), ...(reason === undefined ? [] : [freed(agent, reason)])];
    const over = call(escalation(), ...claims, ended);
    expect(claimView(over, at).state).toBe(state);
    expect(groupOf(over, claimView(over, at), false)).toBe(group);
    expect(wasMine(over, 'asha')).toBe(state === 'mine');
  });

  it('is the next one’s who claimed it after the first was lost', () => {
    const over = call(
      escalation(),
      claimed(ASHA, 1, after(30)),
      freed(ASHA, 'lease_lapsed'),
      claimed(BEN, 3, after(300)),
      ended,
    );
    expect([claimView(over, at).state, wasMine(over, 'asha'), wasMine(over, 'ben')]).toEqual(['other', false, true]);
  });
});

describe('the call list', () => {
  const group = (shown: ReturnType<typeof call>, late = false) => groupOf(shown, context().claim(shown), late);
  const ended = event('call.ended', {}, { time: after(60) });

  it('puts each call in the group an agent would look in', () => {
    const mine = claimed({ id: 'asha', name: 'Asha Rao' }, 1, after(30));
    const decided = event('call.disposition', { value: 'dispute', by: 'agent' }, { time: after(90) });
    expect(group(call(escalation()))).toBe('waiting');
    expect(group(call(escalation(), mine))).toBe('live');
    expect(group(call(escalation(), claimed(BEN, 1, after(30))))).toBe('live');
    expect(group(call(event('call.answered', {})))).toBe('live');
    expect(group(call(escalation()), true)).toBe('missed');
    expect(group(call(escalation(), ended))).toBe('missed');
    expect(group(call(escalation(), mine, ended))).toBe('wrapup');
    expect(group(call(escalation(), mine, ended, decided))).toBe('ended');
    expect(group(call(event('call.answered', {}), ended))).toBe('ended');
  });

  it('lists waiting calls first and the newest of them on top', () => {
    const at = (id: string, seconds: number) => call(escalation({}, { subject: `vinfer:${id}`, time: after(seconds) }));
    const over = call(event('call.ended', {}, { subject: 'vinfer:over', time: after(99) }));
    const order = rowsOf([over, at('old', 1), at('new', 2)], context()).map((row) => row.call);
    expect(order).toEqual(['vinfer:new', 'vinfer:old', 'vinfer:over']);
  });
});
