import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/poll';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform, type Fault } from './support/stub-platform';

const PHONE = '+919876500001';
const HALF_A_DAY_MS = 12 * 3_600_000;

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

const start = (agent: string, key: string | undefined, body: object = { phone: PHONE }) =>
  harness.ask(agent, 'POST', '/v1/calls', { body, ...(key === undefined ? {} : { key }) });

describe('starting a call', () => {
  it('rings once and makes the call the agent’s', async () => {
    await open('vinfer');
    const { status, body } = await start('asha', 'k1', { phone: PHONE, name: 'Meera Iyer' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ call: 'vinfer:call_1', platform: 'vinfer' });
    expect(stub.rung).toEqual([PHONE]);
    const [event] = await harness.log();
    expect(event).toMatchObject({
      type: 'call.started',
      source: '/relay',
      subject: 'vinfer:call_1',
      data: { direction: 'outbound', to: PHONE, origin: { agent: 'asha' } },
    });
    expect((await harness.ask('asha', 'GET', '/v1/calls/vinfer%3Acall_1')).status).toBe(200);
    expect((await harness.ask('ravi', 'GET', '/v1/calls/vinfer%3Acall_1')).status).toBe(404);
  });

  it('needs a key', async () => {
    await open('vinfer');
    const { status, body, headers } = await start('asha', undefined);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'idempotency_key_missing',
      type: 'urn:handover-desk:problem:idempotency_key_missing',
    });
    expect(headers['content-type']).toContain('application/problem+json');
    expect(stub.seen).toEqual([]);
  });

  it('answers a repeat with the same answer and rings nobody', async () => {
    await open('voiceinfra');
    const first = await start('asha', 'k1');
    const second = await start('asha', 'k1');
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(stub.rung).toHaveLength(1);
    expect(await harness.log()).toHaveLength(1);
  });

  it('refuses the key for another body, in whatever order its keys are written', async () => {
    await open('voiceinfra');
    await start('asha', 'k1', { phone: PHONE, name: 'A' });
    expect((await start('asha', 'k1', { name: 'A', phone: PHONE })).status).toBe(201);
    const other = await start('asha', 'k1', { phone: '+919876500002', name: 'A' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(stub.rung).toHaveLength(1);
  });

  it('refuses a second request while the first is under way, and rings once for ten at a time', async () => {
    await open('voiceinfra');
    const answers = await Promise.all(Array.from({ length: 10 }, () => start('asha', 'k1')));
    const codes = answers.map(({ status }) => status).sort();
    expect(codes).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('idempotency_key_in_use');
    expect(stub.rung).toHaveLength(1);
  });

  it('keeps the keys of two agents apart, also towards the platform', async () => {
    await open('vinfer');
    await start('asha', 'same');
    await start('ravi', 'same', { phone: '+919876500002' });
    expect(stub.rung).toHaveLength(2);
  });

  it('remembers keys for 30 days', async () => {
    await open('voiceinfra');
    await start('asha', 'k1');
    harness.clock.offset += 29 * 24 * 3600 * 1000;
    await start('asha', 'k1');
    expect(stub.rung).toHaveLength(1);
    harness.clock.offset += 2 * 24 * 3600 * 1000;
    await start('asha', 'k1');
    expect(stub.rung).toHaveLength(2);
  });
});

describe('when the platform’s answer is lost', () => {
  it.each(['voiceinfra', 'infer', 'salpre'])(
    'rings once at %s, says it is unclear, and says so again instead of ringing again',
    async (platform) => {
      await open(platform);
      stub.fault = () => 'silent-after';
      const first = await start('asha', 'k1');
      expect(first).toMatchObject({ status: 409, body: { code: 'unclear' } });
      expect(first.body.detail).toContain('The platform did not answer; it may be ringing');
      stub.fault = () => undefined;
      expect(await start('asha', 'k1')).toMatchObject({ status: 409, body: { code: 'unclear' } });
      expect(stub.rung).toHaveLength(1);
      // Another key alone is no decision; a person who looked, and wants it all the same, is.
      const another = await start('asha', 'k2');
      expect(another).toMatchObject({ status: 409, body: { code: 'unclear', earlier: { agent: 'asha' } } });
      expect((await start('ravi', 'k3')).body.code).toBe('unclear');
      expect(stub.rung).toHaveLength(1);
      const sure = await start('asha', 'k4', { phone: PHONE, confirm_unclear: true });
      expect(sure).toMatchObject({ status: 201, body: { receipt: { confirmed_unclear: true } } });
      expect(stub.rung).toHaveLength(2);
    },
  );

  it.each(['voiceinfra', 'infer', 'salpre'])(
    'does not repeat a start at %s that was cut off before it acted',
    async (platform) => {
      await open(platform);
      stub.fault = () => 'reset';
      expect(await start('asha', 'k1')).toMatchObject({ status: 409, body: { code: 'unclear' } });
      expect(stub.seen).toHaveLength(1);
    },
  );

  it('repeats at VInfer with the same key, which rings once', async () => {
    await open('vinfer');
    stub.fault = () => (stub.seen.length === 1 ? 'silent-after' : undefined);
    expect(await start('asha', 'k1')).toMatchObject({ status: 201, body: { call: 'vinfer:call_1' } });
    expect(stub.count('POST', '/v1/calls')).toBe(2);
    expect(stub.rung).toHaveLength(1);
  });

  const later: [string, Fault][] = [
    ['wants patience', { status: 429, headers: { 'retry-after': '60' } }],
    ['is busy', { status: 503, headers: { 'retry-after': '60' } }],
    ['says that the key is in progress', { status: 409, body: { error: { code: 'key_in_progress' } } }],
    ['does not take the key any more', { status: 401 }],
  ];
  it.each(later)('is unclear, to every agent, when VInfer rings, says nothing and then %s', async (_what, fault) => {
    await open('vinfer');
    stub.fault = () => (stub.seen.length === 1 ? 'silent-after' : fault);
    expect(await start('asha', 'k1')).toMatchObject({ status: 409, body: { code: 'unclear' } });
    stub.fault = () => undefined;
    harness.clock.offset += 61_000;
    expect(await start('asha', 'k1')).toMatchObject({ status: 409, body: { code: 'unclear' } });
    expect(await start('ravi', 'k2')).toMatchObject({ status: 409, body: { code: 'unclear' } });
    expect(stub.rung).toEqual([PHONE]);
  });

  it('is unclear when VInfer rings, says nothing, and the rules forbid the repeat', async () => {
    await open('vinfer');
    stub.fault = () => {
      harness.clock.offset += HALF_A_DAY_MS;
      return 'silent-after';
    };
    expect(await start('asha', 'k1')).toMatchObject({ status: 409, body: { code: 'unclear' } });
    expect(stub.rung).toEqual([PHONE]);
  });

  it('was certainly not made when the rules forbid the repeat of a start that did nothing', async () => {
    await open('vinfer');
    stub.fault = () => {
      harness.clock.offset += HALF_A_DAY_MS;
      return { status: 503, headers: { 'retry-after': '1' } };
    };
    expect(await start('asha', 'k1')).toMatchObject({ status: 409, body: { code: 'dial_blocked' } });
    expect(stub.seen).toHaveLength(1);
    stub.fault = () => undefined;
    harness.clock.offset += HALF_A_DAY_MS;
    expect((await start('asha', 'k1')).status).toBe(201);
    expect(stub.rung).toEqual([PHONE]);
  });

  it('leaves the key unclear when the relay is killed between sending and recording', async () => {
    await open('voiceinfra');
    stub.fault = () => 'silent-after';
    const lost = start('asha', 'k1');
    await until('the request at the platform', () => stub.rung.length === 1);
    harness.kill();
    await lost;
    await harness.up();
    stub.fault = () => undefined;
    expect(await start('asha', 'k1')).toMatchObject({ status: 409, body: { code: 'unclear' } });
    expect(stub.rung).toHaveLength(1);
    expect((await start('asha', 'k2')).status).toBe(409);
    // An answer could still come for as long as this.
    harness.clock.offset += 61_000;
    expect((await start('asha', 'k2')).body.code).toBe('unclear');
    expect((await start('asha', 'k3', { phone: PHONE, confirm_unclear: true })).status).toBe(201);
  });

  it('lets the same key try again when nothing can have happened', async () => {
    await open('voiceinfra');
    stub.fault = () => ({ status: 503, headers: { 'retry-after': '60' } });
    const refused = await start('asha', 'k1');
    expect(refused).toMatchObject({ status: 503, body: { code: 'platform_unavailable' } });
    expect(refused.headers['retry-after']).toBe('60');
    stub.fault = () => undefined;
    expect((await start('asha', 'k1')).status).toBe(201);
    expect(stub.rung).toHaveLength(1);
  });

  it('keeps a refusal with its key, in the platform’s own words', async () => {
    await open('voiceinfra');
    stub.fault = () => ({
      status: 422,
      body: { error: { code: 'invalid_phone', message: 'number is not in service' } },
    });
    const first = await start('asha', 'k1');
    expect(first).toMatchObject({ status: 422, body: { code: 'platform_refused' } });
    expect(first.body.detail).toContain('number is not in service');
    expect((await start('asha', 'k1')).body).toEqual(first.body);
    expect(stub.seen).toHaveLength(1);
    expect(harness.logged.join('')).not.toContain('not in service');
  });
});

describe('choosing the platform', () => {
  it('asks which one when several can, and takes the campaign’s', async () => {
    await open('voiceinfra', 'infer');
    expect(await start('asha', 'k1')).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect((await start('asha', 'k1', { phone: PHONE, campaign: 'infer:cmp_1' })).body.platform).toBe('infer');
    expect((await start('asha', 'k2', { phone: PHONE, platform: 'nobody' })).status).toBe(400);
  });

  it('waits for the call of a campaign of one contact where the account starts calls no other way', async () => {
    await open('vinfer');
    stub.canned.set('POST /v1/calls', { status: 404 });
    const waiting = start('asha', 'k1');
    const campaign = await until('the campaign', () => stub.campaigns.get('cmp_1'));
    campaign.dialled = true;
    expect(await waiting).toMatchObject({ status: 201, body: { call: 'vinfer:call_of_cmp_1' } });
    expect((await harness.log()).map(({ subject }) => subject)).toEqual(['vinfer:call_of_cmp_1']);
  });

  it('says 202 when that call is slow to come', async () => {
    await open('vinfer');
    stub.canned.set('POST /v1/calls', { status: 404 });
    const { status, body } = await start('asha', 'k1');
    expect(status).toBe(202);
    expect(body).toMatchObject({ campaign: 'vinfer:cmp_1', platform: 'vinfer' });
    expect(stub.campaigns.size).toBe(1);
  });
});
