/** What supervisors see of the lists on the floor: leads left, and when the next of them may lawfully be called. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { floorAnswerSchema, type FloorAnswer } from '../../../src/shared/contract/floor';
import { nextAnswerSchema } from '../../../src/shared/contract/leads';
import { addLeads, LONDON, makeList, type SeedLead } from '../../support/relay/leads';
import { Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const PRIYA = '+919876500001';
const AMIT = '+919876500002';
const LONDONER = '+447400123456';
/** Monday noon in India, 06:30 in London, where it is too early. */
const NOON = Date.parse('2026-11-23T06:30:00Z');
const HOUR = 3600_000;

let stub: StubPlatform;
let harness: Harness;
let list: number;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'), {
    floor: {
      board: { calls: () => Promise.resolve([]) },
      store: { presences: () => Promise.resolve([]), leadTimesOfAll: () => Promise.resolve([]) },
      queues: [],
    },
  });
  harness.clock.offset = 0;
  harness.clock.now = () => NOON + harness.clock.offset;
  list = await makeList(harness.store, { name: 'Service calls', retry_minutes: 30 });
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const add = (...leads: SeedLead[]) => addLeads(harness.store, list, leads, harness.clock.now());
/** Later than answers are shared. */
async function lists(): Promise<FloorAnswer['lists']> {
  harness.clock.offset += 1_001;
  return floorAnswerSchema.parse((await harness.ask('sup', 'GET', '/v1/floor')).body).lists;
}
const one = async () => (await lists()).find(({ id }) => id === String(list));
async function skip(): Promise<void> {
  const { next } = nextAnswerSchema.parse((await harness.ask('asha', 'POST', '/v1/leads/next', { body: {} })).body);
  const body = { hold: next?.hold.id, reason: 'bad_time' };
  expect((await harness.ask('asha', 'POST', `/v1/leads/${next?.lead.id ?? ''}/skip`, { body })).status).toBe(200);
}
async function opensInLondon(): Promise<string | undefined> {
  const query = `phone=${encodeURIComponent(LONDONER)}&kind=ai_voice&purpose=service&consent=written`;
  const { body } = await harness.ask('sup', 'GET', `/v1/dial-check?${query}`);
  return (body.next as { at: string } | null)?.at;
}

describe('the lists on the floor', () => {
  it('say what is left, how many may be called now, and who is in hand', async () => {
    await add({ phone: PRIYA }, { phone: AMIT }, { phone: LONDONER, place: LONDON });
    expect(await one()).toMatchObject({ name: 'Service calls', left: 3, callable: 2, held: 0, next_at: null });
    await harness.ask('asha', 'POST', '/v1/leads/next', { body: {} });
    expect(await one()).toMatchObject({ left: 2, callable: 1, held: 1 });
  });

  it('count leads of a paused segment as left, and as callable neither now nor later', async () => {
    await add({ phone: PRIYA, segment: 'Gold' }, { phone: LONDONER, place: LONDON, segment: 'Gold' }, { phone: AMIT });
    await harness.store.leads.pauseSegment(list, 'Gold', true);
    expect(await one()).toMatchObject({ left: 3, callable: 1, next_at: null });
    await harness.ask('asha', 'POST', '/v1/leads/next', { body: {} });
    expect(await one()).toMatchObject({ left: 2, callable: 0, held: 1, next_at: null });
  });

  it('say when the next one lawfully may, though nobody has asked for a lead yet', async () => {
    await add({ phone: LONDONER, place: LONDON });
    const opens = await opensInLondon();
    expect(opens).toBeDefined();
    expect(await one()).toMatchObject({ left: 1, callable: 0, next_at: opens });
    harness.clock.offset += 6 * HOUR;
    expect(await one()).toMatchObject({ callable: 1, next_at: null });
  });

  it('say when one that was put aside comes back, and by day if that is at night', async () => {
    await add({ phone: PRIYA });
    await skip();
    const back = (await one())?.next_at;
    expect(Date.parse(back ?? '')).toBeGreaterThan(harness.clock.now());
    expect(Date.parse(back ?? '')).toBeLessThan(harness.clock.now() + 24 * HOUR);
    // 20:50 in India: what is skipped now comes back at night.
    harness.clock.offset = 8 * HOUR + 50 * 60_000;
    await add({ phone: AMIT });
    await skip();
    const night = await one();
    expect(night?.callable).toBe(0);
    const local = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Asia/Kolkata' });
    expect(Number(local.format(Date.parse(night?.next_at ?? '')))).toBeGreaterThanOrEqual(8);
  });

  it('come in the order in which they are worked, those that are empty last, and are told when paused', async () => {
    await makeList(harness.store, { name: 'Empty', priority: 9 });
    const urgent = await makeList(harness.store, { name: 'Urgent', priority: 5, paused: true });
    await add({ phone: PRIYA });
    await addLeads(harness.store, urgent, [{ phone: AMIT }], harness.clock.now());
    expect((await lists()).map(({ name, paused }) => [name, paused])).toEqual([
      ['Urgent', true],
      ['Service calls', false],
      ['Empty', false],
    ]);
  });
});
