/** A platform goes on dialling by itself: the relay pauses a campaign when the hours of its people end. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/poll';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const PRIYA = '+919876500001';
const LONDON = '+442079460000';
const MINUTE = 60_000;
/** Calls for service end at nine in the evening in India, and begin at ten. */
const CLOSING = Date.parse('2026-11-23T21:00:00+05:30');
const OPENING = '2026-11-24T04:30:00.000Z';
const CAMPAIGN = '/v1/campaigns/vinfer%3Acmp_1';

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'), { timings: { hoursLookMs: 10 } });
  harness.gateway.start();
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const itIs = (at: number) => {
  harness.clock.offset = at - Date.now();
};
const pauses = () => stub.count('POST', '/v1/campaigns/cmp_1/pause');
const resumes = () => stub.count('POST', '/v1/campaigns/cmp_1/resume');
const ofPlatform = (status: string) => {
  const campaign = stub.campaigns.get('cmp_1');
  if (campaign !== undefined) campaign.status = status;
};
const statusIs = (status: string) =>
  until(`${status} at the platform`, () => stub.campaigns.get('cmp_1')?.status === status);
const shown = async () => (await harness.ask('sup', 'GET', CAMPAIGN)).body;
const asks = (verb: 'pause' | 'resume') => harness.ask('sup', 'POST', `${CAMPAIGN}/${verb}`);
/** Waits until everything that is due by now has been looked at. */
const lookedAt = () =>
  until('nothing due', async () => (await harness.store.dialling.dueCampaigns(harness.clock.now(), 1)).length === 0);

async function running(phones: readonly string[] = [PRIYA], more: object = {}): Promise<void> {
  const body = { name: 'Diwali', purpose: 'service', contacts: phones.map((phone) => ({ phone })), ...more };
  expect((await harness.ask('sup', 'POST', '/v1/campaigns', { key: 'k1', body })).status).toBe(201);
  ofPlatform('running');
  await lookedAt();
}

describe('a campaign that runs into the night', () => {
  it('is paused at its platform before the hours of its people end, and goes on when they begin again', async () => {
    await running();
    itIs(CLOSING - 5 * MINUTE);
    await lookedAt();
    expect(pauses()).toBe(0);
    itIs(CLOSING - MINUTE + 2_000);
    await statusIs('paused');
    await until('its pause is known', async () => (await shown()).paused_by === 'hours');
    expect(await shown()).toMatchObject({ status: 'paused', paused_by: 'hours', resumes_at: OPENING });
    expect((await harness.ask('asha', 'GET', '/v1/campaigns')).body.data).toMatchObject([
      { id: 'vinfer:cmp_1', paused_by: 'hours', resumes_at: OPENING },
    ]);
    itIs(Date.parse(OPENING) - 2_000);
    await lookedAt();
    expect(resumes()).toBe(0);
    itIs(Date.parse(OPENING));
    await statusIs('running');
    await until('nobody’s pause', async () => (await shown()).paused_by === null);
    expect([pauses(), resumes()]).toEqual([1, 1]);
    expect(harness.logged.join('')).toContain('a campaign was paused: the hours of its people end');
    expect(harness.logged.join('')).not.toContain('9876500001');
    // And the next evening again.
    itIs(CLOSING + 24 * 3600_000);
    await statusIs('paused');
  });

  it('is paused when the first of its places closes, with an end of its own too', async () => {
    itIs(Date.parse('2026-11-23T08:30:00Z'));
    await running([PRIYA, LONDON], { schedule: { end: '2026-11-30T12:00:00Z' } });
    itIs(CLOSING);
    await statusIs('paused');
    await until('its pause is known', async () => (await shown()).resumes_at !== undefined);
    // London's morning comes after India's.
    expect(await shown()).toMatchObject({ resumes_at: '2026-11-24T08:00:00.000Z' });
  });

  it('does not go on after the end of its schedule', async () => {
    await running([PRIYA], { schedule: { end: '2026-11-23T23:00:00+05:30' } });
    itIs(CLOSING);
    await statusIs('paused');
    await lookedAt();
    itIs(Date.parse(OPENING));
    await until('nobody minds it', async () => (await harness.store.dialling.nextCampaignDue()) === undefined);
    expect(resumes()).toBe(0);
  });

  it('is left alone once its platform says that it is over', async () => {
    await running();
    ofPlatform('completed');
    itIs(CLOSING);
    await until('nobody minds it', async () => (await harness.store.dialling.nextCampaignDue()) === undefined);
    expect(pauses()).toBe(0);
  });

  it('begins the next morning when it is made in the last minute', async () => {
    itIs(CLOSING - MINUTE / 2);
    const body = { name: 'Diwali', purpose: 'service', contacts: [{ phone: PRIYA }] };
    const made = await harness.ask('sup', 'POST', '/v1/campaigns', { key: 'k1', body });
    expect(made.body).toMatchObject({ starts_at: OPENING });
  });
});

describe('a person’s pause', () => {
  it('stands over the night and the morning until a person resumes it', async () => {
    await running();
    expect((await asks('pause')).body).toMatchObject({ status: 'paused', paused_by: 'person' });
    for (const at of [CLOSING, Date.parse(OPENING)]) {
      itIs(at);
      await lookedAt();
      expect(await shown()).toMatchObject({ status: 'paused', paused_by: 'person' });
    }
    expect([pauses(), resumes()]).toEqual([1, 0]);
    expect((await asks('resume')).body).toMatchObject({ status: 'running', paused_by: null });
  });

  it('takes the place of the night’s, also where the platform pauses nothing twice', async () => {
    await running();
    itIs(CLOSING);
    await statusIs('paused');
    await until('its pause is known', async () => (await shown()).paused_by === 'hours');
    stub.fault = ({ path }) =>
      path.endsWith('/pause') ? { status: 409, body: { error: { code: 'not_running' } } } : undefined;
    expect((await asks('pause')).body).toMatchObject({ status: 'paused', paused_by: 'person' });
    itIs(Date.parse(OPENING) + MINUTE);
    await lookedAt();
    expect(await shown()).toMatchObject({ status: 'paused', paused_by: 'person' });
    expect(resumes()).toBe(0);
  });

  it('stands when it was made at the platform itself', async () => {
    await running();
    ofPlatform('paused');
    itIs(CLOSING);
    await until('its pause is known', async () => (await shown()).paused_by === 'person');
    itIs(Date.parse(OPENING));
    await lookedAt();
    expect([pauses(), resumes()]).toEqual([0, 0]);
  });

  it('wins over a morning that was letting it go on at that moment', async () => {
    await running();
    itIs(CLOSING);
    await statusIs('paused');
    await lookedAt();
    const { dialling } = harness.store;
    const kept = dialling.keptCampaign.bind(dialling);
    // The last look before the request leaves, and the button right after it.
    dialling.keptCampaign = async (campaign) => {
      const found = await kept(campaign);
      dialling.keptCampaign = kept;
      await asks('pause');
      return found;
    };
    itIs(Date.parse(OPENING));
    await until('the late resume', () => resumes() === 1);
    await statusIs('paused');
    await lookedAt();
    expect(await shown()).toMatchObject({ status: 'paused', paused_by: 'person' });
  });

  it('that a person ends at the platform at night does not let it dial through the next evening', async () => {
    await running();
    await asks('pause');
    ofPlatform('running');
    itIs(CLOSING);
    await statusIs('paused');
    await until('its pause is known', async () => (await shown()).paused_by === 'hours');
  });
});

describe('a platform that fails', () => {
  it('at the closing moment is asked again until the campaign is paused, which is not taken for a person’s pause', async () => {
    await running();
    let asked = 0;
    // It does what it is asked, and its answers are lost at first.
    stub.fault = ({ path }) => {
      if (!path.endsWith('/pause')) return undefined;
      asked += 1;
      if (asked === 1) return { status: 503 };
      return asked < 4 ? 'silent-after' : undefined;
    };
    itIs(CLOSING);
    await statusIs('paused');
    await until('its pause is known', async () => (await shown()).paused_by === 'hours');
    await lookedAt();
    itIs(Date.parse(OPENING));
    await statusIs('running');
    expect(resumes()).toBe(1);
  });

  it('in the morning is asked again until the campaign goes on', async () => {
    await running();
    itIs(CLOSING);
    await statusIs('paused');
    await lookedAt();
    let failing = true;
    stub.fault = ({ path }) => (failing && path.startsWith('/v1/campaigns/cmp_1') ? { status: 503 } : undefined);
    itIs(Date.parse(OPENING));
    await until('it was told', () =>
      harness.logged.some((line) => line.includes('could not be kept within its hours')),
    );
    failing = false;
    await statusIs('running');
  });

  it('that cannot pause is given no campaign that goes on after the hours of its people', async () => {
    stub.canned.set('POST /v1/campaigns/cmp_0/pause', { status: 405, body: {} });
    expect((await harness.ask('sup', 'POST', '/v1/campaigns/vinfer%3Acmp_0/pause')).body).toMatchObject({
      code: 'unsupported',
    });
    const contacts = [{ phone: PRIYA }];
    const create = (key: string, schedule: object) =>
      harness.ask('sup', 'POST', '/v1/campaigns', {
        key,
        body: { name: 'Diwali', purpose: 'service', contacts, schedule },
      });
    const refused = await create('k1', {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'dial_blocked' } });
    const by = Date.parse(String(refused.body.end_by));
    expect(by).toBeGreaterThanOrEqual(CLOSING - MINUTE);
    expect(by).toBeLessThan(CLOSING);
    expect((await create('k2', { end: '2026-11-24T12:00:00+05:30' })).status).toBe(409);
    expect((await create('k3', { end: '2026-11-23T20:30:00+05:30' })).status).toBe(201);
  });
});

describe('a relay that restarts', () => {
  it('pauses what should have been paused meanwhile, and knows its own pause the next morning', async () => {
    await running();
    harness.kill();
    itIs(CLOSING + 10 * MINUTE);
    await harness.up();
    harness.gateway.start();
    await statusIs('paused');
    await until('its pause is known', async () => (await shown()).paused_by === 'hours');
    harness.kill();
    itIs(Date.parse(OPENING));
    await harness.up();
    harness.gateway.start();
    await statusIs('running');
    expect([pauses(), resumes()]).toEqual([1, 1]);
  });

  it('between the pause and its note takes it for its own', async () => {
    await running();
    stub.fault = ({ path }) => {
      if (path.endsWith('/pause')) harness.kill();
      return undefined;
    };
    itIs(CLOSING);
    await statusIs('paused');
    stub.fault = () => undefined;
    await harness.up();
    harness.gateway.start();
    await until('its pause is known', async () => (await shown()).paused_by === 'hours');
    itIs(Date.parse(OPENING));
    await statusIs('running');
  });
});
