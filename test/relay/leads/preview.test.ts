/** The preview dialer over REST: next, the verbs, callbacks, and what an outcome does to a lead. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bookedCallbackSchema,
  callbacksAnswerSchema,
  changedCallbackSchema,
  unclearTimeSchema,
} from '../../../src/shared/contract/callbacks';
import { relayDispositionSchema } from '../../../src/shared/contract/dispositions';
import {
  heldAnswerSchema,
  leadsAnswerSchema,
  leadSchema,
  listsAnswerSchema,
  nextAnswerSchema,
  openedLeadSchema,
  renewAnswerSchema,
  shownLeadSchema,
  simulationSchema,
  verbAnswerSchema,
  type OpenedLead,
} from '../../../src/shared/contract/leads';
import { dialSettingsSchema } from '../../../src/relay/dialling/config';
import { addLeads, INDIA, LONDON, type SeedLead } from '../../support/relay/leads';
import { until } from '../../support/poll';
import { Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const TRY_LATER = relayDispositionSchema.parse({ id: 'try_later', retry_after_minutes: 240 });
const PRIYA = '+919876500001';
const AMIT = '+919876500002';
const LONDONER = '+447400123456';
/** Monday noon in India, 06:30 in London, where it is too early. */
const NOON = Date.parse('2026-11-23T06:30:00Z');
const HOUR = 3600_000;

let stub: StubPlatform;
let harness: Harness;
let list: string;

beforeEach(async () => {
  stub = await StubPlatform.start();
  const settings = { dialling: dialSettingsSchema.parse({}), dispositions: [TRY_LATER], crm: [] };
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'), { settings });
  harness.clock.offset = 0;
  harness.clock.now = () => NOON + harness.clock.offset;
  const made = await ask('sup', 'POST', '/v1/leads/lists', {
    ...{ name: 'Service calls', purpose: 'service', kind: 'ai_voice', retry_minutes: 30, max_attempts: 2 },
  });
  expect(made.status).toBe(201);
  list = String(made.body.id);
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

function ask(agent: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, key?: string) {
  return harness.ask(agent, method, url, {
    ...(body === undefined ? {} : { body }),
    ...(key === undefined ? {} : { key }),
  });
}
const add = (...leads: SeedLead[]) => addLeads(harness.store, Number(list), leads, harness.clock.now());
const next = async (agent = 'asha') => nextAnswerSchema.parse((await ask(agent, 'POST', '/v1/leads/next', {})).body);
async function taken(agent = 'asha'): Promise<OpenedLead> {
  const answer = await next(agent);
  if (answer.next === null) throw new Error(`nothing: ${JSON.stringify(answer.nothing)}`);
  return answer.next;
}
const verb = (agent: string, { lead, hold }: Pick<OpenedLead, 'lead' | 'hold'>, name: string, body: object = {}) =>
  ask(agent, 'POST', `/v1/leads/${lead.id}/${name}`, { hold: hold.id, ...body });

describe('the next lead', () => {
  it('is one that may be called now, with the verdict of each number, and is held', async () => {
    await add({ phone: PRIYA, name: 'Priya Sharma', more: [AMIT] });
    const { lead, hold, dial, phone, lease_s } = await taken();
    expect(lead).toMatchObject({ name: 'Priya Sharma', state: 'held', list: { id: list, purpose: 'service' } });
    expect(dial.map(({ phone: one, answer }) => [one, answer?.verdict])).toEqual([
      [PRIYA, 'allowed'],
      [AMIT, 'allowed'],
    ]);
    expect(phone).toBe(PRIYA);
    expect(lease_s).toBeGreaterThan(295);
    expect((await next('ravi')).nothing).toMatchObject({ reason: 'held' });
    expect((await taken()).hold.id).toBe(hold.id);
    const held = heldAnswerSchema.parse((await ask('sup', 'GET', '/v1/leads/held')).body);
    expect(held.data).toMatchObject([{ lead: lead.id, hold: { agent: { id: 'asha' } }, phone: PRIYA }]);
    expect(heldAnswerSchema.parse((await ask('ravi', 'GET', '/v1/leads/held')).body).data).toEqual([]);
  });

  it('passes over places whose hours are closed, and says when the next one will be there', async () => {
    await add({ phone: LONDONER, place: LONDON, priority: 9 }, { phone: PRIYA });
    const one = await taken();
    expect(one.lead.phones[0]?.phone).toBe(PRIYA);
    await verb('asha', one, 'remove', { reason: 'wrong_person' });
    expect((await next()).nothing).toMatchObject({ reason: 'later', next_at: '2026-11-23T08:00:00.000Z' });
    harness.clock.offset += 2 * HOUR;
    expect((await taken()).lead.phones[0]?.phone).toBe(LONDONER);
  });

  it('is never one that waiting does not help; that one is put aside with the rule', async () => {
    const sales = await ask('sup', 'POST', '/v1/leads/lists', { name: 'US sales', purpose: 'sales', kind: 'ai_voice' });
    const miami = { country: 'US', regions: ['FL'], zones: ['America/New_York'], line_type: 'fixed_or_mobile' };
    harness.clock.offset += 9 * HOUR;
    await addLeads(harness.store, Number(sales.body.id), [{ phone: '+13055550100', place: JSON.stringify(miami) }]);
    expect((await next()).nothing).toMatchObject({ reason: 'later' });
    const rows = leadsAnswerSchema.parse(
      (await ask('sup', 'GET', `/v1/leads/lists/${String(sales.body.id)}/leads`)).body,
    );
    expect(rows.data).toMatchObject([{ state: 'blocked' }]);
    expect(rows.data[0]?.blocked_by?.reason).toBeDefined();
  });

  it('comes from the lists of the agent only, and from none that is paused', async () => {
    await add({ phone: PRIYA });
    await ask('sup', 'POST', `/v1/leads/lists/${list}`, { queues: ['gold'] });
    harness.clock.offset += 2_000;
    expect((await next()).nothing).toMatchObject({ reason: 'empty' });
    await ask('sup', 'POST', `/v1/leads/lists/${list}`, { queues: [], paused: true });
    expect((await next()).nothing).toMatchObject({ reason: 'paused' });
    await ask('sup', 'POST', `/v1/leads/lists/${list}`, { paused: false });
    expect((await next()).next).not.toBeNull();
  });

  it('can be looked at with what the rules say, without being taken out of or into any hands', async () => {
    await add({ phone: PRIYA, more: [AMIT] });
    const look = async (agent: string, id: string) =>
      shownLeadSchema.parse((await ask(agent, 'GET', `/v1/leads/${id}`)).body);
    const one = await taken();
    const seen = await look('ravi', one.lead.id);
    expect(seen).toMatchObject({ state: 'held', hold: { id: one.hold.id, agent: { id: 'asha' } } });
    expect(seen.dial.map(({ phone, answer }) => [phone, answer?.verdict])).toEqual([
      [PRIYA, 'allowed'],
      [AMIT, 'allowed'],
    ]);
    await verb('asha', one, 'release');
    expect(await look('asha', one.lead.id)).toMatchObject({ state: 'ready', hold: null });
    harness.clock.offset += 12 * HOUR;
    expect((await look('asha', one.lead.id)).dial[0]?.answer?.verdict).toBe('blocked');
    expect(heldAnswerSchema.parse((await ask('sup', 'GET', '/v1/leads/held')).body).data).toEqual([]);
    expect((await ask('asha', 'GET', '/v1/leads/999')).status).toBe(404);
  });

  it('is not kept from everybody for hours because something could not be looked up for a moment', async () => {
    await add({ phone: PRIYA });
    const { dialling } = harness.store;
    const dialFacts = dialling.dialFacts.bind(dialling);
    dialling.dialFacts = () => Promise.reject(new Error('the database is away'));
    expect((await next()).nothing).toMatchObject({ reason: 'later', next_at: '2026-11-23T06:31:00.000Z' });
    dialling.dialFacts = dialFacts;
    harness.clock.offset += 60_000;
    await harness.store.leads.wake(harness.clock.now(), 10);
    expect((await taken()).lead.phones[0]?.phone).toBe(PRIYA);
  });

  it('can be a chosen one', async () => {
    await add({ phone: PRIYA }, { phone: AMIT });
    const first = await taken();
    expect((await ask('ravi', 'POST', `/v1/leads/${first.lead.id}/open`)).body).toMatchObject({
      ...{ code: 'number_held', by: { id: 'asha' } },
    });
    const other = String(Number(first.lead.id) + 1);
    const opened = openedLeadSchema.parse((await ask('ravi', 'POST', `/v1/leads/${other}/open`)).body);
    expect(opened).toMatchObject({ why: 'chosen', hold: { agent: { id: 'ravi' } } });
    expect((await ask('ravi', 'POST', '/v1/leads/999/open')).status).toBe(404);
  });
});

describe('the verbs', () => {
  it('end a hold, know their repeats, and refuse who has no hold', async () => {
    await add({ phone: PRIYA });
    const one = await taken();
    expect((await verb('asha', one, 'skip', {})).body).toMatchObject({ code: 'bad_request' });
    const skipped = verbAnswerSchema.parse((await verb('asha', one, 'skip', { reason: 'bad_time' })).body);
    expect(skipped).toMatchObject({ state: 'later', repeated: false, not_before: '2026-11-23T07:30:00.000Z' });
    expect((await verb('asha', one, 'skip', { reason: 'bad_time' })).body).toMatchObject({ repeated: true });
    expect((await verb('asha', one, 'skip', { reason: 'other' })).body).toMatchObject({ code: 'not_held' });
    expect((await verb('ravi', one, 'renew')).body).toMatchObject({ code: 'not_held' });
  });

  it('renew keeps it, release puts it back, a supervisor takes it out of other hands', async () => {
    await add({ phone: PRIYA });
    const one = await taken();
    expect(renewAnswerSchema.parse((await verb('asha', one, 'renew')).body).lease_s).toBe(300);
    expect((await ask('ravi', 'POST', `/v1/leads/${one.lead.id}/release`)).body).toMatchObject({ code: 'number_held' });
    expect((await ask('sup', 'POST', `/v1/leads/${one.lead.id}/release`)).body).toMatchObject({ state: 'ready' });
    expect((await taken('ravi')).lead.id).toBe(one.lead.id);
  });

  it('never call takes the number out of every list and says how many leads that were', async () => {
    await add({ phone: PRIYA });
    const other = await ask('sup', 'POST', '/v1/leads/lists', { name: 'Other', purpose: 'survey', kind: 'ai_voice' });
    await addLeads(harness.store, Number(other.body.id), [{ phone: PRIYA }]);
    const one = await taken();
    const answer = verbAnswerSchema.parse((await verb('asha', one, 'dnc', { verbatim: 'stop calling' })).body);
    expect(answer).toMatchObject({ state: 'dnc', blocked: 2 });
    const shown = leadSchema.parse((await ask('asha', 'GET', `/v1/leads/${one.lead.id}`)).body);
    expect(shown.trail[0]).toMatchObject({ verb: 'dnc', note: 'stop calling', agent: { id: 'asha' } });
  });

  it('later books a callback and warns when the rules do not allow that time', async () => {
    await add({ phone: PRIYA });
    const one = await taken();
    const late = { wall_time: '2026-11-23T22:30', zone: 'Asia/Kolkata', note: 'after dinner' };
    const answer = verbAnswerSchema.parse((await verb('asha', one, 'reschedule', { callback: late })).body);
    expect(answer).toMatchObject({
      ...{ state: 'later', not_before: '2026-11-23T17:00:00.000Z', verdict: { verdict: 'blocked' } },
      callback: { owner: { id: 'asha' }, note: 'after dinner', state: 'waiting' },
    });
    harness.clock.offset += 11 * HOUR;
    expect((await next()).nothing).toMatchObject({ reason: 'later' });
    harness.clock.offset += 12 * HOUR;
    expect((await taken()).why).toBe('my_callback');
  });
});

describe('the lists', () => {
  it('are told newest first, with the platforms that can start their calls', async () => {
    for (const name of ['Second', 'Third']) {
      await ask('sup', 'POST', '/v1/leads/lists', { name, purpose: 'service', kind: 'ai_voice', priority: 1 });
    }
    const { data, platforms } = listsAnswerSchema.parse((await ask('sup', 'GET', '/v1/leads/lists?limit=2')).body);
    expect(data.map(({ name }) => name)).toEqual(['Third', 'Second']);
    expect(platforms).toMatchObject([{ name: 'vinfer' }]);
  });
});

describe('callbacks', () => {
  const book = (body: object, key?: string) => ask('asha', 'POST', '/v1/callbacks', body, key);

  it('are booked once per key, listed, deferred, taken and kept', async () => {
    const body = { phone: PRIYA, name: 'Priya', wall_time: '2026-11-23T15:00', zone: 'Asia/Kolkata', owner: 'queue' };
    const first = await book(body, 'k1');
    expect(first.status).toBe(201);
    const { callback, verdict } = bookedCallbackSchema.parse(first.body);
    expect(verdict).toMatchObject({ verdict: 'allowed', simulated: true });
    expect(bookedCallbackSchema.parse((await book(body, 'k1')).body).callback.id).toBe(callback.id);
    const all = async (query: string) =>
      callbacksAnswerSchema.parse((await ask('ravi', 'GET', `/v1/callbacks?${query}`)).body);
    expect((await all('scope=queue')).data).toMatchObject([{ id: callback.id, state: 'waiting', owner: null }]);
    harness.clock.offset += 4 * HOUR;
    expect(await all('scope=both')).toMatchObject({ total: 1, counts: { due_queue: 1, overdue: 1, due_mine: 0 } });
    const did = async (verb: string, more?: object) =>
      changedCallbackSchema.parse((await ask('ravi', 'POST', `/v1/callbacks/${callback.id}/${verb}`, more)).body)
        .callback;
    expect(await did('take')).toMatchObject({ owner: { id: 'ravi' } });
    expect((await ask('asha', 'POST', `/v1/callbacks/${callback.id}/done`)).status).toBe(404);
    expect(await did('defer', { minutes: 10 })).toMatchObject({ state: 'waiting', deferred: 1, at: callback.at });
    const moved = { wall_time: '2026-11-24T09:30', zone: 'Asia/Kolkata' };
    expect(await did('move', moved)).toMatchObject({ at: '2026-11-24T04:00:00.000Z', wall_time: '2026-11-24T09:30' });
    expect(await did('release')).toMatchObject({ owner: null, released: { from: { id: 'ravi' } } });
    expect(await did('done')).toMatchObject({ state: 'done', done: { by: { id: 'ravi' } } });
    expect((await all('state=done&scope=queue')).total).toBe(1);
  });

  it.each([
    ['2027-03-28T01:30', 'Europe/London', 'gap', ['2027-03-28T01:30:00.000Z'], ['2027-03-28T02:30']],
    [
      '2027-10-31T01:30',
      'Europe/London',
      'twice',
      ['2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z'],
      ['2027-10-31T01:30', '2027-10-31T01:30'],
    ],
    ['2026-11-31T10:00', 'Asia/Kolkata', 'not_a_time', [], []],
    ['2026-12-01T10:00', 'Asia/Mumbay', 'unknown_zone', [], []],
    ['2026-11-22T10:00', 'Asia/Kolkata', 'past', [], []],
    ['2029-11-22T10:00', 'Asia/Kolkata', 'too_far', [], []],
  ])('at %s in %s are asked about: %s', async (wall_time, zone, kind, at, walls) => {
    harness.clock.offset += wall_time.startsWith('2027-10') ? 24 * HOUR : 0;
    const { status, body } = await book({ phone: LONDONER, wall_time, zone });
    expect(status).toBe(422);
    const time = unclearTimeSchema.parse(body.time);
    expect(time.kind).toBe(kind);
    expect(time.choices.map((choice) => choice.at)).toEqual(at);
    expect(time.choices.map((choice) => choice.wall_time)).toEqual(walls);
    for (const choice of at) {
      const chosen = await book({ phone: LONDONER, wall_time, zone, at: choice });
      expect(bookedCallbackSchema.parse(chosen.body).callback.at).toBe(choice);
    }
  });

  it('take no instant at which the clock shows another time', async () => {
    const body = { phone: PRIYA, wall_time: '2026-12-01T10:00', zone: 'Asia/Kolkata', at: '2026-12-01T10:00:00Z' };
    expect((await book(body)).body).toMatchObject({ code: 'time_unclear', time: { kind: 'other_instant' } });
  });
});

describe('an outcome', () => {
  const call = 'vinfer:c1';
  const decide = (body: object, key?: string) =>
    ask('asha', 'PUT', `/v1/calls/${encodeURIComponent(call)}/disposition`, body, key);
  async function called(): Promise<OpenedLead> {
    await add({ phone: PRIYA, name: 'Priya' });
    const one = await taken();
    const attempt = { id: 'a1', lead: Number(one.lead.id), agent: 'asha', phone: PRIYA, at: harness.clock.now() };
    await harness.store.leads.beginAttempt({ ...attempt, kind: 'ai_voice' });
    await harness.callOf('asha', call, { to: PRIYA, contact: { phone: PRIYA, name: 'Priya' } });
    await harness.store.leads.endAttempt({ id: 'a1', call });
    return one;
  }
  const shown = async (id: string) => leadSchema.parse((await ask('asha', 'GET', `/v1/leads/${id}`)).body);

  it('is kept with the attempt, and the lead waits for the next one until it is exhausted', async () => {
    const { lead } = await called();
    expect((await decide({ value: 'not_reachable' })).status).toBe(200);
    expect(await shown(lead.id)).toMatchObject({
      ...{ state: 'later', not_before: '2026-11-23T07:00:00.000Z', last_outcome: 'not_reachable', attempts_made: 1 },
      attempts: [{ call, value: 'not_reachable', outcome: 'attempt', agent: { id: 'asha' } }],
    });
    expect((await next()).nothing).toMatchObject({ reason: 'later' });
  });

  it('that says how long to wait is waited for so long, whatever the list says', async () => {
    const { lead } = await called();
    await decide({ value: 'try_later' });
    expect(await shown(lead.id)).toMatchObject({ state: 'later', not_before: '2026-11-23T10:30:00.000Z' });
    await harness.store.leads.wake(NOON + 239 * 60_000, 10);
    harness.clock.offset += 239 * 60_000;
    expect((await next()).nothing).toMatchObject({ reason: 'later' });
    harness.clock.offset += 60_000;
    await harness.store.leads.wake(harness.clock.now(), 10);
    expect((await taken()).lead.id).toBe(lead.id);
  });

  it('that is final ends the lead', async () => {
    const { lead } = await called();
    await decide({ value: 'not_interested' });
    expect(await shown(lead.id)).toMatchObject({ state: 'done' });
  });

  it('books its callback in the same commit, once, and a corrected one withdraws it', async () => {
    const { lead } = await called();
    const promise = { at: '2026-11-23T10:00:00+05:30', zone: 'Asia/Kolkata', wall_time: '2026-11-23T10:00' };
    const body = {
      value: 'callback_requested',
      callback: { ...promise, at: '2026-11-24T04:30:00.000Z', owner: 'mine' },
    };
    await decide(body, 'd1');
    await decide(body, 'd1');
    const open = async () => callbacksAnswerSchema.parse((await ask('asha', 'GET', '/v1/callbacks')).body).data;
    expect(await open()).toMatchObject([
      { lead: lead.id, call, at: '2026-11-24T04:30:00.000Z', owner: { id: 'asha' } },
    ]);
    expect(await shown(lead.id)).toMatchObject({ state: 'later', callback: { call } });
    await decide({ value: 'not_interested' }, 'd2');
    expect(await open()).toEqual([]);
    expect(await shown(lead.id)).toMatchObject({ state: 'done', callback: null });
  });

  it('of a call that somebody started for a purpose books a callback for that purpose', async () => {
    const started = await ask('asha', 'POST', '/v1/calls', { phone: AMIT, purpose: 'survey' }, 'k1');
    expect(started.status).toBe(201);
    const path = `/v1/calls/${encodeURIComponent(String(started.body.call))}/disposition`;
    const callback = { at: '2026-11-24T04:30:00.000Z', owner: 'mine' };
    expect((await ask('asha', 'PUT', path, { value: 'callback_requested', callback })).status).toBe(200);
    const booked = async () => callbacksAnswerSchema.parse((await ask('asha', 'GET', '/v1/callbacks')).body).data;
    expect(await booked()).toMatchObject([{ phone: AMIT, purpose: 'survey', list: { name: 'Callbacks: survey' } }]);
    const asked = { call: started.body.call, wall_time: '2026-11-24T10:00', zone: 'Asia/Kolkata', owner: 'mine' };
    const other = await ask('asha', 'POST', '/v1/callbacks', asked, 'k2');
    expect(bookedCallbackSchema.parse(other.body).callback.purpose).toBe('survey');
  });

  it('of a call without a lead books a callback that the dialer can open', async () => {
    await harness.callOf('asha', call, { to: AMIT, contact: { phone: AMIT, name: 'Amit' } });
    await decide({ value: 'callback_requested', callback: { at: '2026-11-23T08:00:00Z', owner: 'queue' } });
    harness.clock.offset += 2 * HOUR;
    const due = await taken('ravi');
    expect(due).toMatchObject({ why: 'queue_callback', lead: { name: 'Amit', phones: [{ phone: AMIT }] } });
  });

  it('never call ends the lead for good', async () => {
    const { lead } = await called();
    await decide({ value: 'dnc', dnc: { scope: 'all', verbatim: 'never again' } });
    expect(await shown(lead.id)).toMatchObject({ state: 'dnc' });
  });
});

describe('before a shift', () => {
  it('the simulator counts who may be called when, and by which rule not', async () => {
    await add({ phone: PRIYA }, { phone: AMIT }, { phone: LONDONER, place: LONDON });
    const answer = await ask('sup', 'POST', '/v1/leads/simulate', { list, hours: 2 });
    const simulation = simulationSchema.parse(answer.body);
    expect(simulation).toMatchObject({ leads: 3, callable_at_start: 2 });
    expect(simulation.slots.map(({ callable }) => callable)).toEqual([2, 2, 2, 3]);
    expect(simulation.rules).toMatchObject([
      { reason: 'outside_hours', leads: 1, opens_at: '2026-11-23T08:00:00.000Z' },
    ]);
    expect(simulation.places.map(({ country, callable }) => [country, callable])).toEqual([
      ['IN', 2],
      ['GB', 0],
    ]);
  });

  it('lists say what is left in them', async () => {
    await add({ phone: PRIYA }, { phone: LONDONER, place: LONDON });
    await taken();
    await next('ravi');
    const lists = listsAnswerSchema.parse((await ask('ravi', 'GET', '/v1/leads/lists')).body);
    expect(lists.data).toMatchObject([
      { id: list, counts: { total: 2, held: 1, ready: 1 }, open_now: false, next_at: '2026-11-23T08:00:00.000Z' },
    ]);
  });
});

it('a lead comes back by itself when its time has come', async () => {
  harness.gateway.start();
  await add({ phone: PRIYA, place: INDIA });
  const one = await taken();
  await verb('asha', one, 'skip', { reason: 'bad_time' });
  harness.clock.offset += HOUR;
  await until('the lead is there again', async () => (await next('ravi')).next !== null);
});
