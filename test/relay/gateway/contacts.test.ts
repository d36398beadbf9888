import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { event, Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const PHONE = '+919876500001';
const URL = `/v1/contacts/${encodeURIComponent(PHONE)}`;
const ROUTE = `GET ${URL}`;
const DAY_MS = 24 * 3600 * 1000;

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer', 'infer'));
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

async function ended(call: string, days: number, disposition: string): Promise<void> {
  const data = { contact: { phone: PHONE, name: 'Meera Iyer' }, disposition };
  await harness.append(event('call.ended', call, data, Date.now() - days * DAY_MS));
}

describe('a contact', () => {
  it('is what the platform and the log know, each call once', async () => {
    const yesterday = daysAgo(1);
    stub.canned.set(ROUTE, {
      body: {
        phone: PHONE,
        name: 'M. Iyer',
        dnc: false,
        calls: [
          { call_id: 'a', started_at: daysAgo(40), disposition: 'not_reachable' },
          { call_id: 'b', started_at: daysAgo(5), disposition: 'interested' },
          { call_id: 'c', started_at: yesterday },
        ],
      },
    });
    await ended('vinfer:b', 5, 'interested');
    await ended('infer:d', 2, 'payment_promised');
    const { status, body } = await harness.ask('asha', 'GET', URL);
    expect(status).toBe(200);
    expect(body).toMatchObject({ phone: PHONE, name: 'Meera Iyer', calls_30d: 3, dnc: false, complete: true });
    expect(body.last).toEqual({ at: yesterday });
    expect((body.calls as { call: string }[]).map(({ call }) => call)).toEqual([
      'vinfer:c',
      'infer:d',
      'vinfer:b',
      'vinfer:a',
    ]);
  });

  it('is on the do-not-call list as soon as an agent or a platform says so, and unknown while nobody does', async () => {
    expect((await harness.ask('asha', 'GET', URL)).body.dnc).toBeNull();
    stub.canned.set(ROUTE, { body: { phone: PHONE, dnc: false } });
    expect((await harness.ask('asha', 'GET', URL)).body.dnc).toBe(false);
    await ended('vinfer:b', 5, 'dnc');
    expect((await harness.ask('asha', 'GET', URL)).body.dnc).toBe(true);
  });

  it('stays on it when the outcome of that call is changed later', async () => {
    await harness.callOf('asha', 'vinfer:b', { to: PHONE });
    const decide = (body: object) => harness.ask('asha', 'PUT', '/v1/calls/vinfer%3Ab/disposition', { body });
    await decide({ value: 'not_interested', dnc: { scope: 'all', verbatim: 'Never ring me again' } });
    await decide({ value: 'interested' });
    const { body } = await harness.ask('asha', 'GET', URL);
    expect(body).toMatchObject({ dnc: true, last: { disposition: 'interested' } });
  });

  it('does not wait for a slow platform, and says that it is missing', async () => {
    await ended('vinfer:b', 5, 'interested');
    stub.fault = () => 'silent-before';
    const began = performance.now();
    const { status, body } = await harness.ask('asha', 'GET', URL);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(status).toBe(200);
    expect(body).toMatchObject({ calls_30d: 1, dnc: null, complete: false });
    expect(body.sources).toEqual([
      { source: 'relay', state: 'ok' },
      { source: 'vinfer', state: 'too_slow' },
    ]);
  });

  it('is asked for once however many desks pop it at the same moment', async () => {
    stub.canned.set(ROUTE, { body: { phone: PHONE, dnc: false } });
    await Promise.all(['asha', 'ravi', 'sup', 'root'].map((agent) => harness.ask(agent, 'GET', URL)));
    expect(stub.count('GET', '/v1/contacts')).toBe(1);
  });

  it('needs a number', async () => {
    expect((await harness.ask('asha', 'GET', '/v1/contacts/meera')).body).toMatchObject({
      status: 400,
      code: 'bad_request',
    });
  });
});
