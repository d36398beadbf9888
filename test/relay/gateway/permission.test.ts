/** A call that the rules forbid is not made, whoever asks and however often; what was allowed is kept with its reasons. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialAnswerSchema } from '../../../src/shared/contract/dialling';
import { agentLimitsSchema, callReceiptSchema } from '../../../src/shared/contract/receipts';
import { statsAnswerSchema } from '../../../src/shared/contract/rest';
import { phoneHash } from '../../../src/relay/dialling/phone-hash';
import { until } from '../../support/poll';
import { event, Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const PHONE = '+919876500001';
const NIGHT = Date.parse('2026-11-23T21:01:00+05:30');

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

async function open(...platforms: string[]): Promise<void> {
  harness = await Harness.open(sectionsFor(stub.base, ...platforms));
}

let keys = 0;
const start = (agent: string, body: object = {}, key = `key-${(keys += 1)}`) =>
  harness.ask(agent, 'POST', '/v1/calls', { body: { phone: PHONE, ...body }, key });
const receiptOf = async (call: string, agent = 'asha') =>
  callReceiptSchema.parse((await harness.ask(agent, 'GET', `/v1/calls/${encodeURIComponent(call)}/receipt`)).body);
const at = (time: number) => (harness.clock.offset = time - Date.now());

describe('a call that the rules forbid', () => {
  it('is not made, and the agent is told the rule, its source and the next lawful time', async () => {
    await open('vinfer');
    at(NIGHT);
    const { status, body } = await start('asha');
    expect([status, body.code]).toEqual([409, 'dial_blocked']);
    const dial = dialAnswerSchema.parse(body.dial);
    const hours = dial.findings.find(({ rule }) => rule === 'in.hours');
    expect(hours).toMatchObject({ effect: 'block', reason: 'outside_hours' });
    expect(hours?.source.url).toMatch(/^https:/);
    expect(dial.next?.clocks).toEqual([{ zone: 'Asia/Kolkata', wall: '2026-11-24T10:00' }]);
    expect(body.detail).toContain('10:00 in Asia/Kolkata');
    expect(stub.seen).toEqual([]);
    expect(await harness.log()).toEqual([]);
  });

  it('may be made with the same key once it is lawful: being blocked used nothing up', async () => {
    await open('voiceinfra');
    at(NIGHT);
    await start('asha', {}, 'k1');
    at(NIGHT + 13 * 3600_000);
    expect((await start('asha', {}, 'k1')).status).toBe(201);
    expect(stub.rung).toEqual([PHONE]);
  });

  it('is judged when its turn at the platform has come, not when it was asked for', async () => {
    await open('voiceinfra');
    at(NIGHT - 61_000);
    // The first answer is slow to come; the clock strikes nine before the repeat leaves.
    stub.fault = () => {
      at(NIGHT);
      return { status: 503, headers: { 'retry-after': '0' } };
    };
    const { body } = await start('asha');
    expect(stub.seen).toHaveLength(1);
    expect(body.code).toBe('dial_blocked');
  });

  it('takes the purpose and the place into account, and never a human’s rules for a machine’s voice', async () => {
    await open('vinfer');
    expect((await start('asha', { phone: '+12125550100' })).body.code).toBe('dial_blocked');
    expect(await start('asha', { kind: 'live_human' })).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    const early = Date.parse('2026-11-23T09:30:00-05:00');
    at(early);
    const west = { phone: '+12125550100', purpose: 'survey', place: { zone: 'America/Los_Angeles' } };
    const dial = dialAnswerSchema.parse((await start('asha', west)).body.dial);
    expect(dial.clocks.map(({ zone }) => zone)).toContain('America/Los_Angeles');
    expect(stub.seen).toEqual([]);
  });

  it('may be overridden by a supervisor with a reason that is kept, and by no agent', async () => {
    await open('vinfer');
    at(NIGHT);
    const override = { override: { reason: 'The customer wrote that tonight is fine' } };
    expect(await start('asha', override)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const { status, body } = await start('sup', override);
    expect(status).toBe(201);
    const receipt = await receiptOf(String(body.call), 'sup');
    expect(receipt.check).toMatchObject({
      verdict: 'allowed',
      override: { by: 'sup', role: 'supervisor', reason: override.override.reason },
    });
    expect(receipt.check?.rules).toContainEqual({ rule: 'in.hours', effect: 'overridden', reason: 'outside_hours' });
    const logged = harness.logged.find((line) => line.includes('overrode')) ?? '';
    expect(logged).toContain('in.hours');
    expect(logged).not.toContain(PHONE.slice(3));
  });

  it('because something could not be looked up says that this passes, and blames nobody for it', async () => {
    await open('vinfer');
    at(Date.parse('2026-11-23T12:00:00-05:00'));
    harness.store.dialling.dialFacts = () => Promise.reject(new Error('the database is away'));
    const { status, headers, body } = await start('asha', { phone: '+13055550100' });
    expect([status, body.code, headers['retry-after']]).toEqual([409, 'dial_blocked', '5']);
    expect(body.detail).toMatch(/ask again in a moment/);
    expect(body.detail).not.toMatch(/Waiting alone|consent/);
    expect(stub.seen).toEqual([]);
  });

  it('is never made to somebody who asked not to be called, whoever overrides', async () => {
    await open('vinfer');
    await harness.ask('asha', 'POST', '/v1/dnc', {
      body: { phone: PHONE, scope: 'automated', verbatim: 'no robots', channel: 'post' },
    });
    expect((await start('asha')).body.code).toBe('dial_blocked');
    expect((await start('root', { override: { reason: 'but it is urgent' } })).body.code).toBe('dial_blocked');
    expect(stub.seen).toEqual([]);
  });
});

describe('the receipt of a call', () => {
  it('says who called whom, why it was allowed, and by which version of which rules', async () => {
    await open('vinfer');
    const { body } = await start('asha', { purpose: 'service', list: 'march', name: 'Meera' });
    const kept = await receiptOf('vinfer:call_1');
    expect(kept).toMatchObject({
      ...{ state: 'made', agent: 'asha', platform: 'vinfer', call: 'vinfer:call_1', list: 'march' },
      phone_hash: phoneHash(PHONE),
      check: { verdict: 'allowed', phone: PHONE, purpose: 'service', kind: 'ai_voice', trigger: 'click' },
    });
    expect(kept.check?.packs.map(({ id }) => id)).toContain('in');
    expect(callReceiptSchema.parse(body.receipt)).toEqual(kept);
    expect((await harness.ask('ravi', 'GET', '/v1/calls/vinfer%3Acall_1/receipt')).status).toBe(404);
  });

  it('is there after a kill, for a call that nobody knows of too', async () => {
    await open('voiceinfra');
    stub.fault = () => 'silent-after';
    const lost = start('asha');
    await until('the request at the platform', () => stub.rung.length === 1);
    harness.kill();
    await lost;
    stub.fault = () => undefined;
    await harness.up();
    // Its webhook comes after all, and the call is recognised as hers.
    const data = { direction: 'outbound', to: PHONE };
    await harness.append(event('call.answered', 'voiceinfra:late', data, harness.clock.now()));
    harness.clock.offset += 61_000;
    harness.gateway.start();
    const receipt = await until('the receipt of the recognised call', async () => {
      const { status, body } = await harness.ask('asha', 'GET', '/v1/calls/voiceinfra%3Alate/receipt');
      return status === 200 ? callReceiptSchema.parse(body) : undefined;
    });
    expect(receipt).toMatchObject({ state: 'made', agent: 'asha', check: { phone: PHONE } });
    const [, started] = await harness.log();
    expect(started).toMatchObject({ type: 'call.started', data: { origin: { agent: 'asha' } } });
  });
});

describe('attempts', () => {
  it('count against the caps whatever became of them, unless certainly nothing happened', async () => {
    await open('voiceinfra');
    await harness.ask('sup', 'POST', '/v1/consents', {
      body: {
        consents: [
          {
            ...{ phone: '+13055550100', kinds: ['ai_voice'], purposes: ['service'], written: true, source: 'form' },
            given_at: '2026-01-01T00:00:00Z',
          },
        ],
      },
    });
    const call = { phone: '+13055550100', purpose: 'service', confirm_unclear: true };
    at(Date.parse('2026-11-23T12:00:00-05:00'));
    const counted = async () => {
      const { body } = await harness.ask(
        'asha',
        'GET',
        '/v1/dial-check?phone=%2B13055550100&kind=ai_voice&purpose=service',
      );
      return dialAnswerSchema.parse(body).receipt.attempts;
    };
    stub.fault = () => ({ status: 422 });
    await start('asha', call);
    expect(await counted()).toBe(0);
    stub.fault = () => 'silent-after';
    await start('asha', call);
    expect(await counted()).toBe(1);
    stub.fault = () => undefined;
    const { body } = await start('asha', call);
    expect(await counted()).toBe(2);
    // The platform's own events of that call are no further attempt.
    await harness.append(
      event('call.answered', String(body.call), { direction: 'outbound', to: call.phone }, harness.clock.now()),
    );
    expect(await counted()).toBe(2);
  });

  it('count a debtor spoken to for minutes on a platform that never says it was answered', async () => {
    await open('vinfer');
    const phone = '+13055550100';
    const consent = { phone, kinds: ['ai_voice'], purposes: ['collection'], written: true, source: 'form' };
    const given_at = '2026-01-05T00:00:00Z';
    await harness.ask('sup', 'POST', '/v1/consents', { body: { consents: [{ ...consent, given_at }] } });
    at(Date.parse('2026-11-23T12:00:00-05:00'));
    const { body } = await start('asha', { phone, purpose: 'collection' });
    const told = { to: phone, duration_seconds: 300, disposition: 'promise_to_pay' };
    await harness.append(event('call.ended', String(body.call), told, harness.clock.now()));
    harness.clock.offset += 24 * 3600_000;
    const dial = dialAnswerSchema.parse((await start('asha', { phone, purpose: 'collection' })).body.dial);
    const [blocking] = dial.findings;
    expect(blocking).toMatchObject({ rule: 'us.debt_conversation', effect: 'block', reason: 'attempt_cap' });
    expect(stub.rung).toEqual([phone]);
  });

  it('lock a number whose escalation nobody took for three days where the law asks for that', async () => {
    await open('vinfer');
    const phone = '+442079460000';
    const now = harness.clock.now();
    await harness.append(event('call.started', 'vinfer:a', { direction: 'outbound', to: phone }, now));
    await harness.append(event('call.escalated', 'vinfer:a', { transfer: 'warm' }, now));
    await harness.append(event('call.ended', 'vinfer:a', {}, now + 1000));
    at(Date.parse('2026-11-25T12:00:00Z'));
    const dial = dialAnswerSchema.parse((await start('asha', { phone, purpose: 'service' })).body.dial);
    expect(dial.findings[0]).toMatchObject({ rule: 'uk.abandon_lockout', reason: 'attempt_cap' });
    at(Date.parse('2026-11-26T12:00:00Z'));
    expect((await start('asha', { phone, purpose: 'service' })).status).toBe(201);
  });

  it('may not pass each other: of two agents at one number at once, one calls', async () => {
    await open('voiceinfra');
    const both = await Promise.all([start('asha'), start('ravi')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(stub.rung).toEqual([PHONE]);
  });

  it('are limited per agent, until one ends; a supervisor sets how many', async () => {
    await open('voiceinfra');
    const call = (n: number) => start('asha', { phone: `+9198765000${10 + n}` });
    for (const n of [1, 2, 3]) expect((await call(n)).status).toBe(201);
    expect(await call(4)).toMatchObject({ status: 409, body: { code: 'call_limit' } });
    const own = async () => (await harness.ask('asha', 'GET', '/v1/call-limits')).body;
    expect(await own()).toMatchObject({ calls_at_once: 3, under_way: 3 });
    const set = (agent: string, body: object) => harness.ask(agent, 'PUT', '/v1/call-limits', { body });
    expect((await set('asha', { agent: 'asha', calls_at_once: 9 })).status).toBe(403);
    expect((await set('sup', { agent: 'asha', calls_at_once: 4 })).body).toMatchObject({
      calls_at_once: 4,
      general: 3,
    });
    expect((await call(5)).status).toBe(201);
    expect((await call(6)).body.code).toBe('call_limit');
    expect((await set('sup', { calls_at_once: 1 })).status).toBe(200);
    expect((await harness.ask('ravi', 'GET', '/v1/call-limits')).body).toMatchObject({ calls_at_once: 1 });
    expect((await harness.ask('ravi', 'GET', '/v1/call-limits/agents')).status).toBe(403);
    const all = async () => agentLimitsSchema.parse((await harness.ask('sup', 'GET', '/v1/call-limits/agents')).body);
    expect(await all()).toMatchObject({ general: 1 });
    expect((await all()).data.filter(({ agent }) => agent !== 'sup' && agent !== 'root')).toMatchObject([
      { agent: 'asha', own: 4, under_way: 4 },
      { agent: 'ravi', own: null, under_way: 0 },
    ]);
    const ended = event('call.ended', 'voiceinfra:call_1', { duration_seconds: 5 }, harness.clock.now());
    await harness.append(ended);
    expect((await call(7)).status).toBe(201);
    expect(await own()).toMatchObject({ under_way: 4 });
    expect((await set('sup', { agent: 'asha', calls_at_once: null })).status).toBe(200);
    expect(await own()).toMatchObject({ calls_at_once: 1, general: 1 });
    expect((await set('sup', { calls_at_once: null })).status).toBe(400);
    // What was asked for and may have rung, not what was refused.
    const stats = statsAnswerSchema.parse((await harness.ask('asha', 'GET', '/v1/me/stats')).body);
    expect(stats).toMatchObject({ dials: 5, calls: 5 });
  });
});

describe('a call whose webhooks do not come', () => {
  it('is asked about at the platform, politely, until it has ended', async () => {
    await open('vinfer');
    await start('asha');
    let status = 'in_progress';
    stub.fault = (seen) =>
      seen.method === 'GET' && seen.path === '/v1/calls/call_1'
        ? {
            status: 200,
            body: { call_id: 'call_1', status, ...(status === 'completed' ? { duration_seconds: 41 } : {}) },
          }
        : undefined;
    const later = async (what: string, type: string) => {
      harness.clock.offset += 16_000;
      harness.gateway.start();
      await until(what, async () => (await harness.log()).some((one) => one.type === type));
    };
    await later('the answered call', 'call.answered');
    status = 'completed';
    harness.clock.offset += 120_000;
    await later('the ended call', 'call.ended');
    const asked = stub.count('GET', '/v1/calls/call_1');
    expect(asked).toBe(2);
    harness.clock.offset += 600_000;
    harness.gateway.start();
    await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_1');
    expect(stub.count('GET', '/v1/calls/call_1')).toBe(asked);
  });

  it('is looked for in the platform’s list where there is no asking for one call', async () => {
    await open('salpre');
    const { body } = await start('asha');
    const id = String(body.call).slice('salpre:'.length);
    const record = { call_id: id, status: 'completed', to: PHONE, direction: 'outbound', duration_sec: 12 };
    const now = new Date(harness.clock.now()).toISOString();
    const data = [{ ...record, started_at: now, ended_at: now }];
    stub.canned.set('GET /api/gateway/v1/call/list', { body: { status: 'success', data, meta: { has_next: false } } });
    harness.clock.offset += 16_000;
    harness.gateway.start();
    const ended = await until('the ended call', async () =>
      (await harness.log()).find((one) => one.type === 'call.ended' && one.subject === body.call),
    );
    expect(ended.data).toMatchObject({ duration_seconds: 12 });
  });

  it('is found after a restart where its platform dialled through a campaign of one contact', async () => {
    await open('vinfer');
    stub.canned.set('POST /v1/calls', { status: 404 });
    expect((await start('asha')).status).toBe(202);
    harness.kill();
    await harness.up();
    const campaign = stub.campaigns.get('cmp_1');
    if (campaign === undefined) throw new Error('no campaign');
    campaign.dialled = true;
    harness.clock.offset += 6_000;
    harness.gateway.start();
    await until('the call', async () =>
      (await harness.log()).some(({ subject }) => subject === 'vinfer:call_of_cmp_1'),
    );
    expect(await receiptOf('vinfer:call_of_cmp_1')).toMatchObject({ state: 'made', agent: 'asha' });
  });
});
