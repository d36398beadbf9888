/** Two relays over one PostgreSQL keep one campaign within its hours. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../../support/poll';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../../support/postgres/server';
import { keepTestsOn } from '../../support/relay/test-database';
import { Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const CLOSING = Date.parse('2026-11-23T21:00:00+05:30');
const OPENING = Date.parse('2026-11-24T10:00:00+05:30');
/** A relay that took no duty yet looks again after five seconds, and a duty that lapsed is taken within ten. */
const DUTY_WITHIN_MS = 30_000;

let server: PostgresServer;
let stub: StubPlatform;
let relays: Harness[];
beforeAll(async () => {
  server = await PostgresServer.start();
  keepTestsOn(server);
}, SERVER_STARTS_WITHIN_MS);
afterAll(() => server.stop());
beforeEach(async () => {
  stub = await StubPlatform.start();
  const first = await Harness.open(sectionsFor(stub.base, 'vinfer'), { timings: { hoursLookMs: 10 } });
  relays = [first, await Harness.beside(first)];
  for (const { gateway } of relays) gateway.start();
});
afterEach(async () => {
  for (const relay of relays) await relay.close();
  await stub.stop();
});

const itIs = (at: number) => {
  for (const { clock } of relays) clock.offset = at - Date.now();
};
const statusIs = (status: string) =>
  until(`${status} at the platform`, () => stub.campaigns.get('cmp_1')?.status === status, DUTY_WITHIN_MS);

/** Whatever a person does to a campaign makes their relay look at once. */
const bothLook = () =>
  Promise.all(relays.map((relay) => relay.ask('sup', 'POST', '/v1/campaigns/vinfer%3Acmp_9/pause')));

test(
  'pause it once and let it go on once, and either tells whose pause it is',
  async () => {
    const [first, second] = relays;
    const contacts = [{ phone: '+919876500001' }];
    const body = { name: 'Diwali', purpose: 'service', contacts };
    expect((await first?.ask('sup', 'POST', '/v1/campaigns', { key: 'k1', body }))?.status).toBe(201);
    const campaign = stub.campaigns.get('cmp_1');
    if (campaign !== undefined) campaign.status = 'running';
    stub.campaigns.set('cmp_9', { id: 'cmp_9', name: 'Made elsewhere', status: 'running', dialled: false });
    itIs(CLOSING);
    await bothLook();
    await statusIs('paused');
    const shownAt = async (relay: Harness | undefined) =>
      (await relay?.ask('sup', 'GET', '/v1/campaigns/vinfer%3Acmp_1'))?.body.paused_by;
    await until('both know', async () => (await shownAt(first)) === 'hours' && (await shownAt(second)) === 'hours');
    itIs(OPENING);
    await bothLook();
    await statusIs('running');
    await until('both know', async () => (await shownAt(first)) === null && (await shownAt(second)) === null);
    expect(stub.count('POST', '/v1/campaigns/cmp_1/pause')).toBe(1);
    expect(stub.count('POST', '/v1/campaigns/cmp_1/resume')).toBe(1);
  },
  3 * DUTY_WITHIN_MS,
);
