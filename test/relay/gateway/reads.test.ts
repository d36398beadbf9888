import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { campaignCallsAnswerSchema, campaignsAnswerSchema } from '../../../src/shared/contract/campaigns';
import {
  callAnswerSchema,
  callsAnswerSchema,
  deliveriesAnswerSchema,
  deliveryAnswerSchema,
  replayAnswerSchema,
  statsAnswerSchema,
} from '../../../src/shared/contract/rest';
import { foldEvent } from '../../../src/shared/lib/fold-call';
import { event, Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer', 'infer'), {
    leadTimes: () => Promise.resolve({ painted: [100, 200, 300, 900], seen: [250, 1_000] }),
    deliveries: {
      list: () => Promise.resolve({ total: 1, deliveries: [DELIVERY] }),
      show: (id) => Promise.resolve(id === 7 ? { delivery: DELIVERY, body: '{"a":1}' } : undefined),
      replay: (id) =>
        Promise.resolve(
          id === 7 ? { ok: true, appended: 1, repeated: 0, unknown: false } : { ok: false, reason: 'not_kept' },
        ),
    },
  });
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const DELIVERY = {
  id: 7,
  platform: 'infer',
  received: Date.UTC(2026, 0, 1),
  verdict: 'unknown',
  status: 200,
  duration_ms: 3,
  bytes: 20,
  trust: 'secret' as const,
  late: false,
  reason: null,
  calls: [],
  kept: true,
};

describe('one call', () => {
  it('is the relay’s own snapshot, without asking anybody', async () => {
    await harness.callOf('asha', 'vinfer:call_1');
    const { body } = await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_1');
    const answer = callAnswerSchema.parse(body);
    expect(answer.call.fields.origin_agent?.value).toBe('asha');
    expect(answer.sources).toEqual([{ source: 'relay', state: 'ok' }]);
    expect(stub.seen).toEqual([]);
  });

  it('has the platform’s record folded in when asked fresh', async () => {
    await harness.callOf('asha', 'vinfer:call_1');
    stub.headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '998', 'x-ratelimit-reset': '4102444800' };
    stub.canned.set('GET /v1/calls/call_1', {
      body: {
        call_id: 'call_1',
        status: 'completed',
        ended_at: new Date().toISOString(),
        disposition: 'interested',
        recording_url: 'https://r.example/1',
        secret_field: 'x',
      },
    });
    const { body, headers } = await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_1?fresh=1');
    const answer = callAnswerSchema.parse(body);
    expect(answer.call.milestones.ended).toBeDefined();
    expect(answer.record).toMatchObject({ recording_url: 'https://r.example/1' });
    expect(answer.record).not.toHaveProperty('raw');
    expect(headers['x-ratelimit-remaining']).toBe('998');
    // Looking is not telling: the log is as it was.
    expect(await harness.log()).toHaveLength(1);
  });

  it('is still answered when the platform is away, saying so', async () => {
    await harness.callOf('asha', 'vinfer:call_1');
    stub.fault = () => ({ status: 503, headers: { 'retry-after': '60' } });
    const { status, body } = await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_1?fresh=1');
    expect(status).toBe(200);
    expect(callAnswerSchema.parse(body).sources).toContainEqual({ source: 'vinfer', state: 'unavailable' });
  });

  it('that the relay never heard of can be looked up by a supervisor only', async () => {
    stub.canned.set('GET /v1/calls/old', { body: { call_id: 'old', status: 'completed' } });
    expect((await harness.ask('sup', 'GET', '/v1/calls/vinfer%3Aold?fresh=1')).status).toBe(200);
    expect((await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Aold?fresh=1')).status).toBe(404);
    expect((await harness.ask('sup', 'GET', '/v1/calls/vinfer%3Aold')).status).toBe(404);
  });

  it('with an id full of awkward characters is found', async () => {
    const call = 'infer:a/b c?d#é%25';
    await harness.callOf('asha', call);
    expect((await harness.ask('asha', 'GET', `/v1/calls/${encodeURIComponent(call)}`)).status).toBe(200);
  });
});

describe('the list of calls', () => {
  it('holds what the agent may see, newest first, in pages', async () => {
    let from = '';
    for (let n = 0; n < 5; n += 1) {
      harness.clock.offset += 1_000;
      if (n === 3) from = new Date(harness.clock.now()).toISOString();
      await harness.callOf('asha', `vinfer:call_${n}`, { campaign: n < 2 ? 'cmp_1' : 'cmp_2' });
    }
    await harness.callOf('ravi', 'vinfer:other');
    const list = async (query: string, agent = 'asha') =>
      callsAnswerSchema.parse((await harness.ask(agent, 'GET', `/v1/calls${query}`)).body);
    const first = await list('?limit=2');
    expect(first).toMatchObject({ total: 5, limit: 2, offset: 0 });
    expect(first.data.map(({ call }) => call)).toEqual(['vinfer:call_4', 'vinfer:call_3']);
    expect((await list('?limit=2&offset=4')).data.map(({ call }) => call)).toEqual(['vinfer:call_0']);
    expect((await list('?campaign_id=cmp_1')).total).toBe(2);
    expect((await list('?campaign_id=vinfer%3Acmp_1')).total).toBe(2);
    expect((await list('?campaign_id=infer%3Acmp_1')).total).toBe(0);
    expect((await list('', 'sup')).total).toBe(6);
    expect((await list(`?from=${from}`)).total).toBe(2);
  });

  it('refuses a question it does not understand', async () => {
    for (const query of ['?limit=1000', '?from=yesterday', '?colour=red']) {
      expect((await harness.ask('asha', 'GET', `/v1/calls${query}`)).status).toBe(400);
    }
  });
});

describe('campaigns', () => {
  const CAMPAIGN = {
    platform: 'vinfer',
    name: 'Diwali',
    contacts: [{ phone: '+919876500001', loan: 50_000 }],
    max_attempts: 2,
  };

  it('are made once per key, listed, paused and resumed', async () => {
    for (let n = 0; n < 2; n += 1) {
      const { status, body } = await harness.ask('sup', 'POST', '/v1/campaigns', { body: CAMPAIGN, key: 'c1' });
      expect({ status, id: body.id }).toEqual({ status: 201, id: 'vinfer:cmp_1' });
    }
    expect(stub.campaigns.size).toBe(1);
    expect(JSON.parse(stub.seen[0]?.body ?? '{}')).toEqual({
      name: 'Diwali',
      contacts: CAMPAIGN.contacts,
      max_attempts: 2,
    });
    const list = await harness.ask('asha', 'GET', '/v1/campaigns');
    expect(campaignsAnswerSchema.parse(list.body)).toMatchObject({ data: [{ id: 'vinfer:cmp_1', name: 'Diwali' }] });
    const calls = await harness.ask('sup', 'GET', '/v1/campaigns/vinfer%3Acmp_1/calls');
    expect(campaignCallsAnswerSchema.parse(calls.body)).toMatchObject({ data: [], total: 0, has_more: false });
    expect((await harness.ask('sup', 'POST', '/v1/campaigns/vinfer%3Acmp_1/pause')).body).toMatchObject({
      status: 'paused',
    });
    expect((await harness.ask('sup', 'POST', '/v1/campaigns/vinfer%3Acmp_1/resume')).body).toMatchObject({
      status: 'running',
    });
    expect((await harness.ask('asha', 'GET', '/v1/campaigns/vinfer%3Acmp_1')).body).toMatchObject({
      status: 'running',
    });
  });

  it('of a platform that has none are said to be unsupported', async () => {
    const { status, body } = await harness.ask('sup', 'GET', '/v1/campaigns/infer%3Acmp_1');
    expect({ status, code: body.code }).toEqual({ status: 501, code: 'unsupported' });
  });
});

describe('an agent’s own day', () => {
  it('counts calls, claims and outcomes, and how long before the voice the context was there', async () => {
    await harness.callOf('asha', 'vinfer:call_1');
    await harness.callOf('ravi', 'vinfer:call_2');
    await harness.ask('asha', 'PUT', '/v1/calls/vinfer%3Acall_1/disposition', { body: { value: 'dnc' } });
    const viewer = { keys: ['a:asha'], all: false };
    await harness.store.claim({
      call: 'vinfer:call_1',
      agent: { id: 'asha', name: 'Asha' },
      viewer,
      now: harness.clock.now(),
      leaseMs: 30_000,
    });
    const stats = statsAnswerSchema.parse((await harness.ask('asha', 'GET', '/v1/me/stats')).body);
    expect(stats).toMatchObject({
      calls: 1,
      claims: 1,
      dispositions: 1,
      context_lead_ms: { count: 4, p50: 200, p95: 900 },
      context_seen_ms: { count: 2, p50: 250, p95: 1_000 },
    });
    const others = statsAnswerSchema.parse((await harness.ask('ravi', 'GET', '/v1/me/stats')).body);
    expect(others).toMatchObject({ claims: 0, dispositions: 0 });
  });
});

describe('deliveries', () => {
  it('are for supervisors: listed without bodies, shown with, replayed', async () => {
    expect((await harness.ask('asha', 'GET', '/v1/deliveries')).status).toBe(403);
    const { body } = await harness.ask('sup', 'GET', '/v1/deliveries');
    expect(deliveriesAnswerSchema.parse(body)).toMatchObject({
      total: 1,
      data: [{ id: '7', received_at: '2026-01-01T00:00:00.000Z', verdict: 'unknown' }],
    });
    const one = await harness.ask('sup', 'GET', '/v1/deliveries/7');
    expect(deliveryAnswerSchema.parse(one.body)).toMatchObject({ id: '7', body: '{"a":1}' });
    expect((await harness.ask('sup', 'GET', '/v1/deliveries/8')).status).toBe(404);
    const replayed = await harness.ask('sup', 'POST', '/v1/deliveries/7/replay');
    expect(replayAnswerSchema.parse(replayed.body)).toEqual({
      id: '7',
      appended: 1,
      repeated: 0,
      unknown: false,
    });
    expect((await harness.ask('sup', 'POST', '/v1/deliveries/9/replay')).status).toBe(409);
  });
});

describe('the claim of a call snapshot', () => {
  it('folds on from what was read', async () => {
    await harness.callOf('asha', 'vinfer:call_1');
    const { call } = callAnswerSchema.parse((await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_1')).body);
    const next = event('call.ended', 'vinfer:call_1', { disposition: 'interested' }, Date.now());
    expect(foldEvent(call, next).milestones.ended).toBeDefined();
  });
});
