import { describe, expect, it } from 'vitest';
import { popCauseOf, popRuleOf } from '../../../src/main/calls/pop-cause';
import { decidePop, type PopQuestion } from '../../../src/main/calls/pop-decision';
import { ASHA, BEN, NOW, after, call, claimed, escalation, event } from '../support/events';

function question(changes: Partial<PopQuestion> = {}): PopQuestion {
  const asked = changes.call ?? call(escalation());
  const cause = popCauseOf(asked, popRuleOf('vinfer'));
  if (cause === undefined) throw new Error('the call asks for nobody');
  return {
    call: asked,
    cause,
    me: ASHA,
    sole: false,
    state: 'available',
    now: Date.parse(NOW),
    seenAt: Date.parse(NOW),
    showing: false,
    dismissed: false,
    allow: { pops: true, tests: false },
    ...changes,
  };
}

describe('the pop decision', () => {
  it('pops a fresh escalation for an agent who is available', () => {
    expect(decidePop(question())).toBe('popped');
  });

  it('never rings for a call that has ended', () => {
    const over = call(escalation(), event('call.ended', {}, { time: after(5) }));
    expect(decidePop(question({ call: over }))).toBe('ended');
  });

  it('never rings for a call that failed', () => {
    expect(decidePop(question({ call: call(escalation(), event('call.failed', { message: 'line cut' })) }))).toBe(
      'ended',
    );
  });

  it('leaves a call alone that somebody has', () => {
    expect(decidePop(question({ call: call(escalation(), claimed(BEN, 1, after(30))) }))).toBe('already_claimed');
  });

  it('rings again once the lease of another has lapsed', () => {
    const lapsed = call(escalation(), claimed(BEN, 1, after(30)));
    expect(decidePop(question({ call: lapsed, now: Date.parse(after(31)) }))).toBe('popped');
  });

  it('does not show twice what is on the screen', () => {
    expect(decidePop(question({ showing: true }))).toBe('duplicate');
  });

  it('does not bring back what the person put away', () => {
    expect(decidePop(question({ dismissed: true }))).toBe('dismissed');
  });

  it('keeps tests off the screen unless tests are wanted', () => {
    const test = call(escalation({}, { istest: true }));
    expect(decidePop(question({ call: test }))).toBe('test');
    expect(decidePop(question({ call: test, allow: { pops: true, tests: true } }))).toBe('popped');
  });

  it('treats what the relay found late as a missed call', () => {
    expect(decidePop(question({ call: call(escalation({}, { late: true })) }))).toBe('late');
  });

  it.each([
    [45, 'popped'],
    [46, 'late'],
  ])('heard of %i s after the caller began to wait: %s', (seconds, verdict) => {
    expect(decidePop(question({ seenAt: Date.parse(after(seconds)) }))).toBe(verdict);
  });

  it.each(['busy', 'break', 'offline'] as const)('does not disturb an agent who is %s', (state) => {
    expect(decidePop(question({ state }))).toBe('do_not_disturb');
  });

  it('does not disturb by being switched off', () => {
    expect(decidePop(question({ allow: { pops: false, tests: false } }))).toBe('pop_disabled');
  });

  it('pops for a supervisor only what is theirs', () => {
    const boss = { ...ASHA, role: 'supervisor' as const };
    expect(decidePop(question({ me: boss }))).toBe('popped');
    expect(decidePop(question({ me: { ...boss, numbers: [] } }))).toBe('not_mine');
    const dialled = call(event('call.started', { origin: { agent: 'asha' } }), escalation({ to: '+15550100' }));
    expect(decidePop(question({ me: { ...boss, numbers: [] }, call: dialled }))).toBe('popped');
  });

  it('takes every call for its own where there is only one agent', () => {
    expect(decidePop(question({ me: { ...ASHA, role: 'supervisor', numbers: [] }, sole: true }))).toBe('popped');
  });
});

describe('what makes a call pop', () => {
  const salpre = { subject: 'salpre:7' };

  it('is the newest escalation', () => {
    const second = escalation({}, { time: after(9) });
    expect(popCauseOf(call(escalation(), second), popRuleOf('vinfer'))?.event).toBe(second.id);
  });

  it('is an inbound call ringing on a platform that knows no escalation', () => {
    const ringing = call(event('call.ringing', { direction: 'inbound' }, salpre));
    expect(popCauseOf(ringing, popRuleOf('salpre'))?.kind).toBe('ringing');
    expect(popCauseOf(ringing, popRuleOf('vinfer'))).toBeUndefined();
  });

  it('is not an outbound call ringing, nor one that was answered', () => {
    const outbound = call(event('call.ringing', { direction: 'outbound' }, salpre));
    const answered = call(event('call.ringing', { direction: 'inbound' }, salpre), event('call.answered', {}, salpre));
    expect(popCauseOf(outbound, popRuleOf('salpre'))).toBeUndefined();
    expect(popCauseOf(answered, popRuleOf('salpre'))).toBeUndefined();
  });

  it('is nothing on a platform that only speaks after the call', () => {
    expect(popCauseOf(call(escalation()), popRuleOf('voiceinfra'))).toBeUndefined();
  });

  it('follows the person’s own rule for a platform', () => {
    const own = { vinfer: { escalated: false, ringing: false } };
    expect(popCauseOf(call(escalation()), popRuleOf('vinfer', own))).toBeUndefined();
  });

  it('begins anew when whoever had the call passes it on', () => {
    const given = event('call.released', { agent: BEN, seq: 2, reason: 'released' }, { time: after(600) });
    const passedOn = call(escalation({}, { late: true }), claimed(BEN, 1, after(630)), given);
    const cause = popCauseOf(passedOn, popRuleOf('vinfer'));
    expect(cause).toMatchObject({ at: after(600), late: false });
    const now = Date.parse(after(601));
    expect(decidePop(question({ call: passedOn, cause: cause!, now, seenAt: now }))).toBe('popped');
  });

  it('does not begin anew while somebody has the call', () => {
    const held = call(escalation(), claimed(BEN, 1, after(630)));
    expect(popCauseOf(held, popRuleOf('vinfer'))?.at).toBe(NOW);
  });

  it('began no later than the relay heard of it, whatever the platform’s clock says', () => {
    const ahead = escalation({}, { time: after(600), receivedtime: NOW });
    expect(popCauseOf(call(ahead), popRuleOf('vinfer'))?.at).toBe(NOW);
  });
});
