/** Segments of a list over REST: told with the list, paused and resumed, and named by their leads. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  leadListSchema,
  leadsAnswerSchema,
  listsAnswerSchema,
  nextAnswerSchema,
  simulationSchema,
} from '../../../src/shared/contract/leads';
import { addLeads, LONDON, makeList, type SeedLead } from '../../support/relay/leads';
import { Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const PRIYA = '+919876500001';
const AMIT = '+919876500002';
const LONDONER = '+447400123456';
/** Monday noon in India, 06:30 in London, where it is too early. */
const NOON = Date.parse('2026-11-23T06:30:00Z');

let stub: StubPlatform;
let harness: Harness;
let list: number;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
  harness.clock.now = () => NOON;
  list = await makeList(harness.store);
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const add = (...leads: SeedLead[]) => addLeads(harness.store, list, leads, NOON);
const pause = (body: object, agent = 'sup', of: number | string = list) =>
  harness.ask(agent, 'POST', `/v1/leads/lists/${of}/segments`, { body });
const next = async () =>
  nextAnswerSchema.parse((await harness.ask('asha', 'POST', '/v1/leads/next', { body: {} })).body);

describe('segments of a list', () => {
  it('are told with what is left in each, and paused and resumed one by one', async () => {
    await add({ phone: PRIYA, segment: 'Gold', priority: 5 }, { phone: LONDONER, segment: 'Gold', place: LONDON });
    await add({ phone: AMIT, segment: 'Late' }, { phone: '+919876500003' });
    const answer = await pause({ segment: ' Gold ', paused: true });
    expect(answer.status).toBe(200);
    expect(leadListSchema.parse(answer.body)).toMatchObject({
      counts: { total: 4, ready: 4 },
      segments: [
        { name: 'Gold', paused: true, left: 2, total: 2 },
        { name: 'Late', paused: false, left: 1, total: 1 },
      ],
    });
    const { next: taken } = await next();
    expect(taken?.lead).toMatchObject({ phones: [{ phone: AMIT }], segment: 'Late' });
    const body = { hold: taken?.hold.id, reason: 'wrong_person' };
    await harness.ask('asha', 'POST', `/v1/leads/${taken?.lead.id ?? ''}/remove`, { body });
    const { data } = listsAnswerSchema.parse((await harness.ask('sup', 'GET', '/v1/leads/lists')).body);
    expect(data[0]?.segments?.[1]).toEqual({ name: 'Late', paused: false, left: 0, total: 1 });
    expect((await next()).next?.lead.segment).toBeNull();
    expect(leadListSchema.parse((await pause({ segment: 'Gold', paused: false })).body).segments?.[0]?.paused).toBe(
      false,
    );
  });

  it('leave nothing but paused ones: that is said', async () => {
    await add({ phone: PRIYA, segment: 'Gold' });
    await pause({ segment: 'Gold', paused: true });
    expect(await next()).toMatchObject({ next: null, nothing: { reason: 'paused', next_at: null } });
  });

  it('are paused by supervisors, one that is there, and by nothing else that is said', async () => {
    await add({ phone: PRIYA, segment: 'Gold' });
    expect((await pause({ segment: 'Gold', paused: true }, 'asha')).status).toBe(403);
    expect(await pause({ segment: 'Silver', paused: true })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect((await pause({ segment: 'Gold', paused: true }, 'sup', 'x')).status).toBe(404);
    expect((await pause({ segment: 'Gold', paused: true }, 'sup', 99)).status).toBe(404);
    for (const body of [{ segment: 'Gold' }, { segment: ' ', paused: true }, { segment: 'Gold', paused: true, list }]) {
      expect((await pause(body)).status).toBe(400);
    }
    expect((await harness.store.leads.segments(list)).map(({ paused }) => paused)).toEqual([false]);
  });

  it('find their leads', async () => {
    await add({ phone: PRIYA, segment: 'Gold' }, { phone: AMIT });
    const found = async (query: string) =>
      leadsAnswerSchema
        .parse((await harness.ask('sup', 'GET', `/v1/leads/lists/${list}/leads?${query}`)).body)
        .data.map(({ phone }) => phone);
    expect(await found('segment=Gold')).toEqual([PRIYA]);
    expect(await found('segment=Silver')).toEqual([]);
    expect(await found('')).toEqual([PRIYA, AMIT]);
  });

  it('add up before a shift: each place is told once', async () => {
    await add({ phone: PRIYA, segment: 'Gold' }, { phone: AMIT, segment: 'Late' }, { phone: LONDONER, place: LONDON });
    const body = { list: String(list), hours: 1 };
    const shift = simulationSchema.parse((await harness.ask('sup', 'POST', '/v1/leads/simulate', { body })).body);
    expect(shift).toMatchObject({ leads: 3, callable_at_start: 2 });
    expect(shift.places.map(({ country, leads, callable }) => [country, leads, callable]).sort()).toEqual([
      ['GB', 1, 0],
      ['IN', 2, 2],
    ]);
  });

  it('are none where no file says them: its list and its leads are as they were', async () => {
    await add({ phone: PRIYA });
    const shown = leadListSchema.parse((await harness.ask('sup', 'GET', `/v1/leads/lists/${list}`)).body);
    expect(shown.segments).toEqual([]);
    expect((await next()).next?.lead.segment).toBeNull();
  });
});
