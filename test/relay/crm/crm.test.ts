/** Outcomes on their way to a CRM: one log per call whatever happens on the way, and always visible where they are. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relayDispositionSchema } from '../../../src/shared/contract/dispositions';
import { crmDeliveriesAnswerSchema, type CrmDelivery } from '../../../src/shared/contract/crm';
import { crmConnectorSchema } from '../../../src/relay/crm/config';
import { dialSettingsSchema } from '../../../src/relay/dialling/config';
import type { CallingSettings } from '../../../src/relay/gateway/gateway';
import { until } from '../../support/poll';
import { event, Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';
import { StubCrm } from './support/stub-crm';

const PHONE = '+919876500001';
const NATIONAL = '9876500001';
const CALL = 'vinfer:c1';
const SECRET = 'a-shared-secret-of-32-characters';

let crm: StubCrm;
let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  [crm, stub] = [await StubCrm.start(), await StubPlatform.start()];
});
afterEach(async () => {
  await harness.close();
  await crm.stop();
  await stub.stop();
});

const dispositions = [
  { id: 'interested', labels: { en: 'Keen' }, platform: { vinfer: 'hot_lead' }, crm: { crm: 'OPEN_DEAL' } },
  { id: 'callback_requested', callback: 'required' },
].map((one) => relayDispositionSchema.parse(one));

const CONNECTORS = {
  webhook: () => ({ kind: 'webhook', id: 'crm', url: `${crm.base}/hook`, secret: SECRET }),
  hubspot: () => ({ kind: 'hubspot', id: 'crm', base: crm.base, token: 'hubspot-token' }),
  salesforce: () => ({ kind: 'salesforce', id: 'crm', base: crm.base, client_id: 'id', client_secret: 'secret' }),
};

function settingsWith(kind: keyof typeof CONNECTORS, more: object = {}): CallingSettings {
  const connector = crmConnectorSchema.parse({ ...CONNECTORS[kind](), ...more });
  return { dialling: dialSettingsSchema.parse({}), dispositions, crm: [connector] };
}

async function open(kind: keyof typeof CONNECTORS, more: object = {}): Promise<void> {
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'), { settings: settingsWith(kind, more) });
  harness.gateway.start();
  await until('the outbox to begin', async () => (await harness.store.gateway.mark('crm.offset')) !== undefined);
}

/** A call that asha started and that has ended. */
async function call(more: object = {}, id = CALL, phone = PHONE): Promise<void> {
  await harness.callOf('asha', id, { to: phone, contact: { phone, name: 'Meera' } });
  await harness.append(
    event('call.ended', id, { duration_seconds: 41.5, language: 'hi-IN', ...more }, harness.clock.now()),
  );
}
const decide = (body: object, id = CALL) =>
  harness.ask('asha', 'PUT', `/v1/calls/${encodeURIComponent(id)}/disposition`, { body });
const deliveries = async (agent = 'asha'): Promise<CrmDelivery[]> =>
  crmDeliveriesAnswerSchema.parse((await harness.ask(agent, 'GET', '/v1/crm/deliveries')).body).data;
const reached = (state: CrmDelivery['state']) =>
  until(`a delivery that is ${state}`, async () => (await deliveries()).find((one) => one.state === state));
async function later(ms: number): Promise<void> {
  await harness.gateway.stop();
  await harness.app.close();
  await harness.store.close();
  // Only now: an attempt that was still under way ended at the old time.
  harness.clock.offset += ms;
  await harness.up();
  harness.gateway.start();
}

describe('a receiver of the customer’s own', () => {
  it('gets one signed request per outcome, under the names it wants', async () => {
    await open('webhook', {
      fields: {
        telefon: 'phone',
        ergebnis: 'crm_value',
        dauer: 'duration_seconds',
        betrag: 'amount',
        waehrung: 'currency',
        ref: 'id',
      },
    });
    await call();
    await decide({ value: 'hot_lead', notes: 'soon', amount: { value: '1500.50', currency: 'INR' } });
    const { id } = await reached('delivered');
    const amount = { betrag: '1500.50', waehrung: 'INR' };
    const told = { telefon: PHONE, ergebnis: 'OPEN_DEAL', dauer: 41.5, ...amount, ref: id, revision: 1 };
    expect(crm.received).toEqual([told]);
    const [asked] = crm.asked;
    const time = String(asked?.headers['x-handover-timestamp']);
    const signature = createHmac('sha256', SECRET)
      .update(`${time}.${asked?.body ?? ''}`)
      .digest('hex');
    expect(asked?.headers['x-handover-signature']).toBe(`sha256=${signature}`);
    expect(asked?.headers['idempotency-key']).toBe(`${id}.1`);
  });

  it('is told once when an outage is over, and the outage is seen meanwhile', async () => {
    await open('webhook');
    await call();
    crm.fault = () => ({ status: 503 });
    await decide({ value: 'hot_lead' });
    const waiting = await until('a failed attempt', async () =>
      (await deliveries()).find(({ reason }) => reason !== undefined),
    );
    expect(waiting).toMatchObject({ state: 'waiting', attempts: 1, reason: 'The CRM cannot be reached' });
    await later(40_000);
    await until('a second attempt', async () => (await deliveries())[0]?.attempts === 2);
    crm.fault = () => undefined;
    await later(3 * 3600_000);
    await reached('delivered');
    expect(crm.received).toHaveLength(1);
    expect(harness.logged.join('')).not.toContain(NATIONAL);
  });

  it('is followed nowhere, and told nothing where it redirects to', async () => {
    await open('webhook');
    await call();
    crm.fault = ({ path }) =>
      path === '/hook' ? { status: 302, headers: { location: `${crm.base}/hook2` } } : undefined;
    await decide({ value: 'hot_lead' });
    await until('a failed attempt', async () => (await deliveries())[0]?.reason !== undefined);
    expect(crm.asked.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('parks what is refused, in the receiver’s own words, until somebody replays it', async () => {
    await open('webhook');
    await call();
    crm.fault = () => ({ status: 422, body: { message: 'telefon is missing' } });
    await decide({ value: 'hot_lead' });
    const parked = await reached('parked');
    expect(parked.reason).toBe('The CRM refused it: telefon is missing');
    crm.fault = () => undefined;
    const replay = (agent: string) => harness.ask(agent, 'POST', `/v1/crm/deliveries/${parked.id}/replay`);
    expect((await replay('ravi')).status).toBe(404);
    expect((await replay('asha')).body).toMatchObject({ id: parked.id });
    await reached('delivered');
    expect(crm.received).toHaveLength(1);
  });

  it('is told again of what is new: a better outcome, a transcript that came late', async () => {
    await open('webhook');
    await call();
    await decide({ value: 'hot_lead' });
    await reached('delivered');
    await decide({ value: 'not_interested' });
    await until('the correction', () => crm.received.length === 2);
    const transcript_url = 'https://api.vinfer.ai/t/1';
    await harness.append(event('call.ended', CALL, { transcript_url }, harness.clock.now()));
    await until('the transcript', () => crm.received.length === 3);
    expect(crm.received.map(({ value }) => value)).toEqual(['hot_lead', 'not_interested', 'not_interested']);
    expect(crm.received[2]).toMatchObject({ transcript_url });
    expect(new Set(crm.received.map(({ id }) => id)).size).toBe(1);
    // News that is none is not told.
    await harness.append(event('call.ended', CALL, { transcript_url }, harness.clock.now()));
    await until('the entry to settle', async () => (await deliveries())[0]?.state === 'delivered');
    expect(crm.received).toHaveLength(3);
  });

  it('gets text and nothing that a page, a header or a spreadsheet would take for more', async () => {
    await open('webhook');
    await harness.callOf('asha', CALL, { to: PHONE, contact: { phone: PHONE, name: 'A\r\nX-Evil: 1\u202eb' } });
    const summary = '=HYPERLINK("http://evil","x")<script>alert(1)</script>';
    await harness.append(
      event('call.ended', CALL, { summary, recording_url: 'javascript:alert(1)' }, harness.clock.now()),
    );
    await decide({ value: 'hot_lead', notes: '+1+cmd|calc\u0000\r\nsecond line' });
    await reached('delivered');
    expect(crm.received[0]).toMatchObject({
      name: 'A X-Evil: 1b',
      summary: `'${summary}`,
      notes: "'+1+cmd|calc\nsecond line",
    });
    expect(crm.received[0]).not.toHaveProperty('recording_url');
  });

  it('hears nothing of what was decided before it was connected', async () => {
    const extra: { settings?: CallingSettings } = {};
    harness = await Harness.open(sectionsFor(stub.base, 'vinfer'), extra);
    await call();
    await decide({ value: 'hot_lead' });
    extra.settings = settingsWith('webhook');
    await later(0);
    await until('the outbox to begin', async () => (await harness.store.gateway.mark('crm.offset')) !== undefined);
    await call({}, 'vinfer:c2');
    await decide({ value: 'hot_lead' }, 'vinfer:c2');
    await reached('delivered');
    expect(crm.received.map(({ call: told }) => told)).toEqual(['vinfer:c2']);
  });
});

describe('HubSpot', () => {
  it('has the call logged with its contact, the lead status set, and a task for the callback', async () => {
    await open('hubspot');
    const contact = crm.person('+91 98765 00001', NATIONAL, 'Meera');
    await call({ recording_url: 'https://files.example/r.wav' });
    const at = '2026-11-25T10:00:00+05:30';
    await decide({
      value: 'hot_lead',
      notes: '<b>soon</b>',
      amount: { value: '1500.50', currency: 'INR' },
      callback: { at, zone: 'Asia/Kolkata', wall_time: '10:00' },
    });
    const delivery = await reached('delivered');
    expect(delivery).toMatchObject({ record: `contacts:${contact}`, crm_value: 'OPEN_DEAL', log: crm.calls[0]?.id });
    expect(crm.calls).toMatchObject([
      {
        contact,
        properties: {
          ...{ hs_call_title: `Handover call ${CALL}`, hs_call_duration: '41500', hs_call_status: 'COMPLETED' },
          ...{ hs_call_to_number: PHONE, hs_call_recording_url: 'https://files.example/r.wav' },
        },
      },
    ]);
    const body = crm.calls[0]?.properties.hs_call_body ?? '';
    expect(body).toContain('Amount: 1500.50 INR<br>Notes: &lt;b&gt;soon&lt;/b&gt;<br>');
    expect(body).toContain(`Call: ${CALL}`);
    expect(crm.contacts[0]?.properties.hs_lead_status).toBe('OPEN_DEAL');
    expect(crm.tasks).toMatchObject([{ contact, properties: { hs_timestamp: new Date(at).toISOString() } }]);
    expect(crm.asked.every(({ headers }) => headers.authorization === 'Bearer hubspot-token')).toBe(true);
  });

  it.each(['silent-before', 'silent-after'] as const)(
    'logs the call once when the answer to its log was lost (%s)',
    async (fault) => {
      await open('hubspot');
      crm.person(PHONE, NATIONAL, 'Meera');
      await call();
      let lost = false;
      crm.fault = ({ method, path }) => {
        if (lost || method !== 'POST' || !path.endsWith('/calls')) return undefined;
        lost = true;
        return fault;
      };
      await decide({ value: 'hot_lead' });
      await until('the request whose answer is lost', () => lost);
      harness.kill();
      harness.clock.offset += 90_000;
      await harness.up();
      harness.gateway.start();
      await reached('delivered');
      expect(crm.calls).toHaveLength(1);
    },
  );

  it('asks a person where several contacts have the number, logs the call once, and remembers the answer', async () => {
    await open('hubspot');
    const [first, second] = [crm.person(PHONE, NATIONAL, 'Meera'), crm.person(PHONE, NATIONAL, 'Her shop')];
    await call();
    await decide({ value: 'hot_lead' });
    const { id, candidates } = await reached('ambiguous');
    expect(candidates).toEqual([
      { ref: `contacts:${first}`, name: 'Meera' },
      { ref: `contacts:${second}`, name: 'Her shop' },
    ]);
    expect(crm.calls).toEqual([]);
    const choose = (record: string) =>
      harness.ask('asha', 'POST', `/v1/crm/deliveries/${id}/choose`, { body: { record } });
    expect((await choose('contacts:999')).status).toBe(400);
    await choose(`contacts:${second}`);
    await reached('delivered');
    await call({}, 'vinfer:c2');
    await decide({ value: 'hot_lead' }, 'vinfer:c2');
    await until('the second log', () => crm.calls.length === 2);
    expect(crm.calls.map(({ contact }) => contact)).toEqual([second, second]);
  });

  it('takes nobody for the caller who has another country’s number, nor one of our own', async () => {
    await open('hubspot', { own_numbers: ['+919876500009'] });
    crm.person('+44 9876500001', NATIONAL, 'Somebody else');
    await call();
    await decide({ value: 'hot_lead' });
    expect(await reached('delivered')).toMatchObject({ reason: 'No record has this number' });
    expect(crm.calls).toHaveLength(1);
    expect(crm.calls[0]).not.toHaveProperty('contact');
    await call({}, 'vinfer:own', '+919876500009');
    await decide({ value: 'hot_lead' }, 'vinfer:own');
    expect(await reached('dismissed')).toMatchObject({ reason: 'One of our own numbers' });
  });

  it('is cleared of what nobody will settle, by a supervisor, in one go', async () => {
    await open('hubspot');
    crm.person(PHONE, NATIONAL, 'A');
    crm.person(PHONE, NATIONAL, 'B');
    for (const id of ['vinfer:1', 'vinfer:2']) {
      await call({}, id);
      await decide({ value: 'hot_lead' }, id);
    }
    await until('both to wait for a choice', async () =>
      (await deliveries()).every(({ state }) => state === 'ambiguous'),
    );
    const clear = (agent: string) =>
      harness.ask(agent, 'POST', '/v1/crm/deliveries/dismiss', { body: { state: 'ambiguous' } });
    expect((await clear('asha')).status).toBe(403);
    expect((await clear('sup')).body).toEqual({ dismissed: 2 });
    expect((await deliveries('sup')).map(({ state }) => state)).toEqual(['dismissed', 'dismissed']);
    expect((await deliveries('ravi')).length).toBe(0);
  });
});

describe('Salesforce', () => {
  const lead = { attributes: { type: 'Lead' }, Id: '00Q1', Name: 'Meera Iyer', Phone: '098765 00001' };

  it('has the call as a completed task of its lead, the status set, and an open task for the callback', async () => {
    await open('salesforce');
    crm.people.push({ ...lead });
    await call();
    const callback = { at: '2026-11-25T04:30:00Z', zone: 'Asia/Kolkata', wall_time: '2026-11-25T10:00' };
    await decide({ value: 'hot_lead', callback, amount: { value: '1500.50', currency: 'INR' } });
    expect(await reached('delivered')).toMatchObject({ record: 'Lead:00Q1' });
    expect(crm.sfTasks).toMatchObject([
      {
        ...{ WhoId: '00Q1', Status: 'Completed', CallObject: CALL, CallDurationInSeconds: 42, TaskSubtype: 'Call' },
        ...{ CallDisposition: 'hot_lead', CallType: 'Outbound' },
      },
      { WhoId: '00Q1', Status: 'Not Started', CallObject: `${CALL}#callback`, ActivityDate: '2026-11-25' },
    ]);
    expect(crm.sfTasks[0]?.Description).toContain('\nAmount: 1500.50 INR\n');
    expect(crm.people[0]).toMatchObject({ Status: 'OPEN_DEAL' });
    const login = crm.asked.find(({ path }) => path === '/services/oauth2/token');
    expect(new URLSearchParams(login?.body).get('grant_type')).toBe('client_credentials');
  });

  it('takes a new token when the old one has run out, and makes nothing twice', async () => {
    await open('salesforce');
    crm.people.push({ ...lead });
    let refused = 0;
    crm.fault = ({ path }) => (path.endsWith('/Task') && (refused += 1) === 1 ? { status: 401 } : undefined);
    await call();
    await decide({ value: 'hot_lead' });
    await reached('delivered');
    expect(crm.asked.filter(({ path }) => path === '/services/oauth2/token')).toHaveLength(2);
    expect(crm.sfTasks).toHaveLength(1);
  });
});
