/** Nobody's telephone rings twice, nor once too often, because two wishes or a stop crossed on their way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/poll';
import { event, Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const PHONE = '+919876500001';
const MINUTE_MS = 60_000;

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

async function open(platform: string): Promise<void> {
  harness = await Harness.open(sectionsFor(stub.base, platform));
}

let keys = 0;
const start = (agent: string, more: object = {}, key = `key-${(keys += 1)}`) =>
  harness.ask(agent, 'POST', '/v1/calls', { body: { phone: PHONE, purpose: 'service', ...more }, key });

describe('a campaign of one contact that does not dial', () => {
  beforeEach(async () => {
    await open('vinfer');
    stub.canned.set('POST /v1/calls', { status: 404 });
  });

  /** What the platform does when it comes to a contact: a paused campaign rings nobody. */
  const dials = (id: string) => {
    const campaign = stub.campaigns.get(id);
    if (campaign === undefined || campaign.status === 'paused') return;
    campaign.dialled = true;
    stub.rung.push(campaign.phone ?? '');
  };
  const paused = () => stub.count('POST', '/v1/campaigns/cmp_1/pause');
  const afterTenMinutes = async () => {
    expect((await start('asha')).status).toBe(202);
    harness.clock.offset += 11 * MINUTE_MS;
    harness.gateway.start();
    await until('the relay tries to stop it', () => paused() > 0);
  };

  it('is stopped at the platform, and then certainly was not made: a second call is the only one that rings', async () => {
    await afterTenMinutes();
    const second = await until('the number is free', async () => {
      const answer = await start('ravi');
      return answer.status === 202 ? answer : undefined;
    });
    dials('cmp_1');
    dials('cmp_2');
    expect(second.body.campaign).toBe('vinfer:cmp_2');
    expect(stub.rung).toEqual([PHONE]);
  });

  it('is unclear while it cannot be stopped: nobody calls the number beside it, and its call is found when it comes', async () => {
    stub.fault = ({ path }) => (path.endsWith('/pause') ? { status: 422 } : undefined);
    await afterTenMinutes();
    await until('it is unclear', async () => (await start('ravi')).body.code === 'unclear');
    harness.clock.offset += 25 * MINUTE_MS;
    expect((await start('ravi', { confirm_unclear: true })).body.code).toBe('unclear');
    dials('cmp_1');
    await until('its call is known', async () => (await start('ravi')).body.code === 'conflict');
    expect(stub.rung).toEqual([PHONE]);
  });

  it('is made when it dials while it is being stopped', async () => {
    stub.fault = ({ path }) => {
      if (path.endsWith('/pause')) dials('cmp_1');
      return undefined;
    };
    await afterTenMinutes();
    await until('its call is in the log', async () =>
      (await harness.log()).some(({ subject }) => subject === 'vinfer:call_of_cmp_1'),
    );
    expect((await start('ravi')).body.code).toBe('conflict');
    expect(stub.rung).toEqual([PHONE]);
  });
});

describe('a stop that comes between the check and the call', () => {
  it.each([
    ['an agent’s outcome', 'call.disposition', { value: 'dnc', by: 'agent', agent: 'ravi', dnc: { scope: 'all' } }],
    ['the platform’s outcome', 'call.ended', { disposition: 'do_not_call' }],
  ] as const)('as %s lets nobody ring', async (_what, type, data) => {
    await open('voiceinfra');
    await harness.callOf('ravi', 'voiceinfra:a', { to: PHONE });
    await harness.append(event('call.ended', 'voiceinfra:a', {}, harness.clock.now()));
    const { dialling } = harness.store;
    const begin = dialling.beginAttempt.bind(dialling);
    dialling.beginAttempt = async (attempt) => {
      dialling.beginAttempt = begin;
      await harness.append(event(type, 'voiceinfra:a', data, harness.clock.now()));
      return dialling.beginAttempt(attempt);
    };
    expect((await start('asha')).body.code).toBe('dial_blocked');
    expect(stub.rung).toEqual([]);
  });
});

describe('who confirms that an earlier call may be ringing', () => {
  it('answers for their own, not for a colleague’s, and never for one that talks', async () => {
    await open('voiceinfra');
    stub.fault = () => 'silent-after';
    await start('asha');
    stub.fault = () => undefined;
    expect((await start('ravi', { confirm_unclear: true })).body).toMatchObject({
      ...{ code: 'unclear', earlier: { agent: 'asha' } },
    });
    expect((await start('asha', { confirm_unclear: true })).status).toBe(201);
    expect((await start('asha', { confirm_unclear: true })).body.code).toBe('conflict');
    harness.clock.offset += 11 * MINUTE_MS;
    expect((await start('asha', { confirm_unclear: true })).body.code).toBe('conflict');
    expect(stub.rung).toEqual([PHONE, PHONE]);
  });

  it('answers for everybody’s as a supervisor, and the receipt says who it was and for whom', async () => {
    await open('voiceinfra');
    stub.fault = () => 'silent-after';
    await start('asha');
    stub.fault = () => undefined;
    expect((await start('sup')).body).toMatchObject({ code: 'unclear', earlier: { agent: 'asha' } });
    // Saying that one is a supervisor makes nobody one.
    expect((await start('ravi', { confirm_unclear: true, role: 'supervisor' })).status).toBe(400);
    expect((await start('ravi', { confirm_unclear: true })).body.code).toBe('unclear');
    const made = await start('sup', { confirm_unclear: true });
    expect(made).toMatchObject({ status: 201, body: { receipt: RECEIPT } });
    const url = `/v1/calls/${encodeURIComponent(String(made.body.call))}/receipt`;
    expect((await harness.ask('sup', 'GET', url)).body).toMatchObject(RECEIPT);
    expect(harness.logged.join('')).toContain('an unclear attempt was confirmed by a supervisor');
    expect((await start('sup', { confirm_unclear: true })).body.code).toBe('conflict');
    expect(stub.rung).toEqual([PHONE, PHONE]);
  });

  it('says in the receipt that it was their own, as an agent', async () => {
    await open('voiceinfra');
    stub.fault = () => 'silent-after';
    await start('asha');
    stub.fault = () => undefined;
    const { body } = await start('asha', { confirm_unclear: true });
    const own = { confirmed_by: { agent: 'asha', role: 'agent', attempts_of: ['asha'] } };
    expect(body).toMatchObject({ receipt: own });
    const plain = await start('ravi', { phone: '+919876500002' });
    expect(plain).toMatchObject({ status: 201, body: { receipt: { confirmed_unclear: false } } });
    expect(plain.body.receipt).not.toHaveProperty('confirmed_by');
  });
});

/** Of the call that a supervisor wanted although Asha's may have been ringing. */
const RECEIPT = {
  ...{ agent: 'sup', confirmed_unclear: true },
  confirmed_by: { agent: 'sup', role: 'supervisor', attempts_of: ['asha'] },
};
