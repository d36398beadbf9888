import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/poll';
import { event, Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer', 'infer'));
  harness.gateway.start();
  await harness.callOf('asha', 'vinfer:call_7');
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const decide = (agent: string, body: object, key?: string, call = 'vinfer%3Acall_7') =>
  harness.ask(agent, 'PUT', `/v1/calls/${call}/disposition`, { body, ...(key === undefined ? {} : { key }) });

const decisions = async () => (await harness.log()).filter(({ type }) => type === 'call.disposition');

describe('an outcome', () => {
  it('is an event first, then written to the platform', async () => {
    const { status, body } = await decide('asha', {
      value: 'payment_promised',
      notes: 'on Friday',
      callback: { at: '2026-12-01T10:00:00+05:30', zone: 'Asia/Kolkata', wall_time: '10:00' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ call: 'vinfer:call_7', value: 'payment_promised', platform: 'written' });
    expect(stub.outcomes).toEqual(['call_7=payment_promised']);
    expect(JSON.parse(stub.seen[0]?.body ?? '{}')).toEqual({
      disposition: 'payment_promised',
      notes: 'on Friday',
      callback_time: '2026-12-01T04:30:00.000Z',
    });
    const [decision] = await decisions();
    expect(decision).toMatchObject({
      id: body.event,
      source: '/relay',
      data: { by: 'agent', agent: 'asha', notes: 'on Friday' },
    });
  });

  it('has its amount in the log and the call, and before the note where the platform takes notes', async () => {
    const amount = { value: '1500.50', currency: 'INR' };
    await decide('asha', { value: 'payment_promised', amount, notes: 'on Friday' });
    await decide('asha', { value: 'payment_promised', amount });
    expect(stub.seen.map(({ body }) => (JSON.parse(body) as { notes?: string }).notes)).toEqual([
      'Amount: 1500.50 INR\non Friday',
      'Amount: 1500.50 INR',
    ]);
    expect((await decisions())[0]).toMatchObject({ data: { amount, notes: 'on Friday' } });
    const { body } = await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_7');
    expect(body).toMatchObject({ call: { dispositions: { agent: { value: { amount } } } } });
  });

  it.each([
    { value: 1500.5, currency: 'INR' },
    { value: '1,500', currency: 'INR' },
    { value: '0', currency: 'INR' },
    { value: '1500', currency: 'rupees' },
    { value: '1500' },
  ])('is not taken with %j for an amount', async (amount) => {
    const { status, body } = await decide('asha', { value: 'payment_promised', amount });
    expect([status, body.code]).toEqual([400, 'bad_request']);
    expect(await decisions()).toHaveLength(0);
  });

  it('is one decision however often it is sent', async () => {
    await decide('asha', { value: 'interested' }, 'k1');
    await decide('asha', { value: 'interested' }, 'k1');
    expect((await decide('asha', { value: 'dispute' }, 'k1')).status).toBe(422);
    await decide('asha', { value: 'interested' });
    expect(stub.outcomes).toEqual(['call_7=interested']);
    expect(await decisions()).toHaveLength(1);
  });

  it('may be changed and changed back by the same agent', async () => {
    for (const value of ['interested', 'dispute', 'interested']) await decide('asha', { value });
    expect(stub.outcomes).toEqual(['call_7=interested', 'call_7=dispute', 'call_7=interested']);
  });

  it('never silently replaces what somebody else decided', async () => {
    const first = await decide('asha', { value: 'interested' });
    const refused = await decide('sup', { value: 'dnc' });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'already_decided', current: { value: 'interested', agent: 'asha', event: first.body.event } },
    });
    const replaced = await decide('sup', { value: 'dnc', replaces: first.body.event });
    expect(replaced).toMatchObject({ status: 200, body: { platform: 'written' } });
    expect(stub.outcomes).toEqual(['call_7=interested', 'call_7=dnc']);
  });

  it('happened when the agent decided, not when the desk was back on line', async () => {
    const decided_at = new Date(harness.clock.now() - 3_600_000).toISOString();
    await decide('asha', { value: 'interested', decided_at }, 'k1');
    const corrected = new Date(harness.clock.now() - 3_599_000).toISOString();
    expect((await decide('asha', { value: 'interested', decided_at: corrected }, 'k1')).status).toBe(200);
    const future = new Date(harness.clock.now() + 3_600_000).toISOString();
    await decide('asha', { value: 'dispute', decided_at: future }, 'k2');
    const [first, second] = await decisions();
    expect(first?.time).toBe(decided_at);
    expect(Date.parse(second?.time ?? '')).toBeLessThanOrEqual(harness.clock.now());
    expect(await decisions()).toHaveLength(2);
  });

  it('that comes later holds, whatever the clocks say', async () => {
    await decide('asha', { value: 'interested' }, 'k1');
    const decided_at = new Date(Date.now() - 60_000).toISOString();
    await decide('asha', { value: 'dispute', decided_at }, 'k2');
    const { body } = await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_7');
    expect(body).toMatchObject({ call: { dispositions: { agent: { value: { value: 'dispute' } } } } });
  });

  it('may still be told by an agent who had the call before it was routed on', async () => {
    const target = { transfer: 'cold', to: '+918009999999' };
    await harness.append(event('call.escalated', 'vinfer:call_9', target, Date.now()));
    const claim = { call: 'vinfer:call_9', now: Date.now(), leaseMs: 1_000, agent: { id: 'ravi', name: 'Ravi' } };
    expect(await harness.store.claim({ ...claim, viewer: { keys: [], all: true } })).toMatchObject({ ok: true });
    expect((await decide('ravi', { value: 'dispute' }, 'k1', 'vinfer%3Acall_9')).status).toBe(200);
    expect((await decide('asha', { value: 'dispute' }, 'k1', 'vinfer%3Acall_9')).status).toBe(404);
  });

  it('is for calls that the agent may see', async () => {
    expect((await decide('ravi', { value: 'dnc' })).status).toBe(404);
    expect(await decisions()).toHaveLength(0);
  });
});

describe('on its way to the platform', () => {
  it('is pending while the platform is away, in order per call, and written when it is back', async () => {
    stub.fault = () => 'silent-before';
    expect((await decide('asha', { value: 'interested' })).body).toMatchObject({ platform: 'pending' });
    expect((await decide('asha', { value: 'dispute' })).body).toMatchObject({ platform: 'pending' });
    stub.fault = () => undefined;
    await until('both outcomes at the platform', () => stub.outcomes.length === 2);
    expect(stub.outcomes).toEqual(['call_7=interested', 'call_7=dispute']);
    const read = await until('the settled write', async () => {
      const { body } = await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_7');
      const disposition = body.disposition as { platform: string };
      return disposition.platform === 'written' ? disposition : undefined;
    });
    expect(read).toMatchObject({ value: 'dispute', platform: 'written' });
  });

  it('survives a restart of the relay', async () => {
    stub.fault = () => 'silent-before';
    const waiting = decide('asha', { value: 'interested' });
    await until('the first attempt', () => stub.seen.length > 0);
    harness.kill();
    await waiting;
    stub.fault = () => undefined;
    await harness.up();
    harness.gateway.start();
    await until('the outcome at the platform', () => stub.outcomes.length > 0);
    expect(stub.outcomes).toEqual(['call_7=interested']);
  });

  it('is kept here where the platform takes none, which is remembered and asked again after a day', async () => {
    stub.canned.set('PATCH /v1/calls/call_7', { status: 405 });
    expect((await decide('asha', { value: 'interested' })).body).toMatchObject({ platform: 'unsupported' });
    expect((await decide('asha', { value: 'dispute' })).body).toMatchObject({ platform: 'unsupported' });
    expect(stub.count('PATCH', '/v1/calls')).toBe(1);
    harness.kill();
    await harness.up();
    harness.gateway.start();
    expect((await decide('asha', { value: 'dnc' })).body).toMatchObject({ platform: 'unsupported' });
    expect(stub.count('PATCH', '/v1/calls')).toBe(1);
    harness.clock.offset += 25 * 3600 * 1000;
    stub.canned.clear();
    expect((await decide('asha', { value: 'not_interested' })).body).toMatchObject({ platform: 'written' });
    expect(stub.outcomes).toEqual(['call_7=not_interested']);
  });

  it('says at once that a platform has no such thing', async () => {
    await harness.callOf('asha', 'infer:9');
    const { body } = await decide('asha', { value: 'interested' }, undefined, 'infer%3A9');
    expect(body).toMatchObject({ platform: 'unsupported' });
    expect(stub.seen).toEqual([]);
  });

  it('a refused one tells why and holds up nothing', async () => {
    stub.fault = ({ body }) =>
      body.includes('"bad"')
        ? { status: 400, body: { error: { code: 'validation_error', message: 'no such tag' } } }
        : undefined;
    const { body } = await decide('asha', { value: 'bad' });
    expect(body).toMatchObject({ platform: 'refused' });
    expect(body.reason).toContain('no such tag');
    expect((await decide('asha', { value: 'interested' })).body).toMatchObject({ platform: 'written' });
  });

  it('an unknown call does not make the platform look incapable', async () => {
    await decide('asha', { value: 'interested' });
    await harness.callOf('asha', 'vinfer:call_8');
    stub.canned.set('PATCH /v1/calls/call_8', { status: 404 });
    const { body } = await decide('asha', { value: 'interested' }, undefined, 'vinfer%3Acall_8');
    expect(body).toMatchObject({ platform: 'refused' });
    expect((await decide('asha', { value: 'dispute' })).body).toMatchObject({ platform: 'written' });
  });
});
