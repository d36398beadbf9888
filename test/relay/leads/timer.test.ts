/** A timer starts a call only where a supervisor let it, and the relay holds every desk to that. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dialAnswerSchema } from '../../../src/shared/contract/dialling';
import { leadListSchema, leadSchema, nextAnswerSchema } from '../../../src/shared/contract/leads';
import { callReceiptSchema } from '../../../src/shared/contract/receipts';
import { addLeads } from '../../support/relay/leads';
import { Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const PRIYA = '+919876500001';
/** Monday noon in India. */
const NOON = Date.parse('2026-11-23T06:30:00Z');
const DIALS = { preview: { seconds: 20, action: 'dial' } };

let stub: StubPlatform;
let harness: Harness;
let list: string;
let lead: string;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
  harness.clock.now = () => NOON + harness.clock.offset;
  harness.clock.offset = 0;
  const made = await post('sup', '/v1/leads/lists', { name: 'Service', purpose: 'service', kind: 'ai_voice' });
  list = String(made.body.id);
  await addLeads(harness.store, Number(list), [{ phone: PRIYA, name: 'Priya' }], NOON);
  lead = nextAnswerSchema.parse((await post('asha', '/v1/leads/next', {})).body).next!.lead.id;
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const post = (agent: string, url: string, body: object, key?: string) =>
  harness.ask(agent, 'POST', url, { body, ...(key === undefined ? {} : { key }) });
const setList = (body: object) => post('sup', `/v1/leads/lists/${list}`, body);
let keys = 0;
const dial = (more: object = {}, agent = 'asha') =>
  post(agent, '/v1/calls', { phone: PRIYA, lead, trigger: 'auto_dial', ...more }, `k${(keys += 1)}`);
const consent = () =>
  harness.ask('sup', 'POST', '/v1/consents', {
    body: {
      consents: [
        {
          ...{ phone: PRIYA, kinds: ['ai_voice'], purposes: ['service'], written: false, source: 'form' },
          given_at: '2026-01-01T00:00:00Z',
        },
      ],
    },
  });

it('a list has no timer until a supervisor gives it one', async () => {
  const shown = leadListSchema.parse((await harness.ask('sup', 'GET', `/v1/leads/lists/${list}`)).body);
  expect(shown.preview).toEqual({ seconds: 0, action: 'stop' });
  expect((await post('asha', `/v1/leads/lists/${list}`, DIALS)).status).toBe(403);
  expect((await setList({ preview: { seconds: 3, action: 'dial' } })).status).toBe(400);
  expect(leadListSchema.parse((await setList(DIALS)).body).preview).toEqual(DIALS.preview);
});

it('a timer may not skip where nobody may', async () => {
  const skips = { preview: { seconds: 20, action: 'skip' } };
  expect((await setList({ ...skips, may_skip: false })).body).toMatchObject({ code: 'bad_request' });
  expect((await setList(skips)).status).toBe(200);
  expect((await setList({ may_skip: false })).body).toMatchObject({ code: 'bad_request' });
});

it.each([
  ['that has no timer', {}],
  ['whose timer does something else', { preview: { seconds: 20, action: 'skip' } }],
  ['that is paused', { ...DIALS, paused: true }],
])('no timer calls from a list %s, whatever the desk says', async (_, settings) => {
  await consent();
  await setList(settings);
  expect(await dial()).toMatchObject({ status: 409, body: { code: 'timer_forbidden' } });
  expect(stub.seen).toEqual([]);
});

it('no timer starts an AI voice without a consent on record, and with one it does, with a receipt that says so', async () => {
  await setList(DIALS);
  const refused = await dial();
  expect(refused).toMatchObject({ status: 409, body: { code: 'dial_blocked' } });
  const { findings } = dialAnswerSchema.parse(refused.body.dial);
  expect(findings.filter(({ effect }) => effect === 'block').map(({ rule, reason }) => [rule, reason])).toEqual([
    ['house.auto_dial', 'consent_missing'],
  ]);
  expect(stub.seen).toEqual([]);
  await consent();
  const made = await dial();
  expect(made.status).toBe(201);
  const receipt = callReceiptSchema.parse(made.body.receipt);
  expect(receipt).toMatchObject({ agent: 'asha', lead, check: { phone: PRIYA, trigger: 'auto_dial' } });
  expect(receipt.check?.packs.map(({ id }) => id)).toEqual(expect.arrayContaining(['house', 'in']));
  const { trail } = leadSchema.parse((await harness.ask('sup', 'GET', `/v1/leads/${lead}`)).body);
  expect(trail[0]).toMatchObject({ verb: 'call', reason: 'timer', agent: { id: 'asha' } });
  const logged = harness.logged.find((line) => line.includes('about to be made')) ?? '';
  expect(logged).toContain('"trigger":"auto_dial"');
  expect(logged).toContain('"by":"asha"');
  expect(logged).not.toContain(PRIYA.slice(1));
});

it('a timer overrides nothing, confirms nothing, and calls nobody who is in no hand', async () => {
  await setList(DIALS);
  await consent();
  const override = { override: { reason: 'the timer said so' } };
  expect((await dial(override, 'sup')).body).toMatchObject({ code: 'timer_forbidden' });
  expect((await dial({ confirm_unclear: true })).body).toMatchObject({ code: 'timer_forbidden' });
  expect((await dial({ lead: undefined })).body).toMatchObject({ code: 'timer_forbidden' });
  expect((await dial({}, 'ravi')).body).toMatchObject({ code: 'conflict' });
  expect(stub.seen).toEqual([]);
});

it('a promised call back is made by a person', async () => {
  await setList(DIALS);
  await consent();
  const callback = { wall_time: '2026-11-23T15:00', zone: 'Asia/Kolkata' };
  await post('asha', `/v1/leads/${lead}/reschedule`, { callback });
  harness.clock.offset += 4 * 3600_000;
  expect((await post('asha', '/v1/leads/next', {})).body.next).toMatchObject({ why: 'my_callback' });
  expect((await dial()).body).toMatchObject({ code: 'timer_forbidden' });
  expect((await dial({ trigger: 'click' })).status).toBe(201);
});
