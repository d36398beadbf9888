/** A platform dials a campaign by itself: whom it is given, and when it may begin, is decided before. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const PRIYA = '+919876500001';
const ARJUN = '+919876500002';
const DOLORES = '+14155550132';
/** Half past ten in the evening in India, and ten the next morning. */
const NIGHT = Date.parse('2026-11-23T22:30:00+05:30');
const MORNING = '2026-11-24T04:30:00.000Z';

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const itIs = (at: number) => {
  harness.clock.offset = at - Date.now();
};
const create = (phones: readonly string[], more: object = {}, key = 'k1') =>
  harness.ask('sup', 'POST', '/v1/campaigns', {
    key,
    body: { name: 'Diwali', purpose: 'service', contacts: phones.map((phone) => ({ phone })), ...more },
  });
const resume = (id = 'vinfer:cmp_1') => harness.ask('sup', 'POST', `/v1/campaigns/${encodeURIComponent(id)}/resume`);
const sent = () =>
  JSON.parse(
    stub.seen.filter(({ method, path }) => method === 'POST' && path === '/v1/campaigns').at(-1)?.body ?? '{}',
  ) as { contacts: { phone: string }[]; schedule?: { start?: string }; purpose?: string };
const never = (phone: string) =>
  harness.ask('asha', 'POST', '/v1/dnc', { body: { phone, scope: 'all', channel: 'call' } });
const consents = (phone: string, purpose: string) => {
  const consent = { kinds: ['ai_voice'], purposes: [purpose], written: true, given_at: '2026-01-05T00:00:00Z' };
  return harness.ask('sup', 'POST', '/v1/consents', { body: { consents: [{ phone, source: 'form', ...consent }] } });
};

describe('contacts that are given', () => {
  it('go to the platform without those who asked not to be called, which the answer counts', async () => {
    await never(ARJUN);
    const made = await create([PRIYA, ARJUN]);
    expect(made.body).toMatchObject({ id: 'vinfer:cmp_1', contacts: { sent: 1, left_out: 1 } });
    expect(sent()).toMatchObject({ contacts: [{ phone: PRIYA }] });
    expect(sent().purpose).toBeUndefined();
  });

  it('go without those who gave no consent that the rules ask for', async () => {
    expect((await create([PRIYA, DOLORES])).body).toMatchObject({ contacts: { sent: 1, left_out: 1 } });
    expect(sent().contacts).toEqual([{ phone: PRIYA }]);
  });

  it('make no campaign when nobody is left', async () => {
    await never(PRIYA);
    expect((await create([PRIYA])).body).toMatchObject({ code: 'conflict' });
    expect(stub.campaigns.size).toBe(0);
  });

  it('are about what the relay calls for, where the request does not say', async () => {
    // Sales, which asks for more than service does.
    expect((await create([DOLORES], { purpose: undefined })).body).toMatchObject({ code: 'conflict' });
  });

  it('leave out who has been called as often as is allowed, and do not wait for them', async () => {
    await consents(DOLORES, 'collection');
    for (const n of [1, 2, 3, 4, 5, 6, 7]) await harness.callOf('ravi', `salpre:${n}`, { to: DOLORES });
    const made = await create([PRIYA, DOLORES], { purpose: 'collection' });
    expect(made.body).toMatchObject({ contacts: { sent: 1, left_out: 1 } });
    expect(made.body.starts_at).toBeUndefined();
  });
});

describe('when a campaign begins', () => {
  it('is when it was asked for, while everybody may be called then', async () => {
    const made = await create([PRIYA]);
    expect(made.body.starts_at).toBeUndefined();
    expect(sent().schedule).toBeUndefined();
  });

  it('is the next lawful time when it is made at night without a start', async () => {
    itIs(NIGHT);
    expect((await create([PRIYA])).body).toMatchObject({ contacts: { sent: 1, left_out: 0 }, starts_at: MORNING });
    expect(sent().schedule).toEqual({ start: MORNING });
  });

  it('is the next lawful time when it was asked for at night', async () => {
    const schedule = { start: '2026-11-23T23:00:00+05:30', end: '2026-11-30T12:00:00+05:30', timezone: 'Asia/Kolkata' };
    expect((await create([PRIYA], { schedule })).body).toMatchObject({ starts_at: MORNING });
    expect(sent().schedule).toEqual({ ...schedule, start: MORNING });
  });

  it('is when all of its places are awake', async () => {
    const made = await create([PRIYA, '+442079460000']);
    expect(made.body).toMatchObject({ contacts: { sent: 2 }, starts_at: '2026-11-23T08:00:00.000Z' });
    expect(sent().schedule).toEqual({ start: '2026-11-23T08:00:00.000Z' });
  });

  it('is refused when it would end before it may begin, naming the time', async () => {
    itIs(NIGHT);
    const schedule = { end: '2026-11-24T09:00:00+05:30' };
    expect(await create([PRIYA], { schedule })).toMatchObject({
      status: 409,
      body: { code: 'dial_blocked', next_at: MORNING },
    });
    expect(stub.campaigns.size).toBe(0);
  });

  it('is refused when there is no hour at which everybody may be called', async () => {
    await consents(DOLORES, 'collection');
    // California's evening is India's morning, and London sleeps through both.
    expect(await create([PRIYA, DOLORES, '+442079460000'], { purpose: 'collection' })).toMatchObject({
      status: 409,
      body: { code: 'dial_blocked', next_at: null },
    });
    expect(stub.campaigns.size).toBe(0);
  });
});

describe('a campaign that is resumed', () => {
  it('is refused at night, naming the next lawful time, and resumed in the morning', async () => {
    await create([PRIYA]);
    itIs(NIGHT);
    expect(await resume()).toMatchObject({ status: 409, body: { code: 'dial_blocked', next_at: MORNING } });
    expect(stub.count('POST', '/v1/campaigns/cmp_1/resume')).toBe(0);
    itIs(Date.parse(MORNING));
    expect((await resume()).body).toMatchObject({ status: 'running', hours_known: true });
  });

  it('may be paused at any time', async () => {
    await create([PRIYA]);
    itIs(NIGHT);
    const paused = await harness.ask('sup', 'POST', '/v1/campaigns/vinfer%3Acmp_1/pause');
    expect(paused.body).toMatchObject({ status: 'paused' });
    expect(paused.body.hours_known).toBeUndefined();
  });

  it('says so when nobody here knows whom it calls', async () => {
    stub.campaigns.set('cmp_9', { id: 'cmp_9', name: 'Made elsewhere', status: 'paused', dialled: false });
    itIs(NIGHT);
    expect((await resume('vinfer:cmp_9')).body).toMatchObject({ status: 'running', hours_known: false });
  });
});
