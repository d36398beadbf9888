/** Two relays over one PostgreSQL, as desks and platforms meet them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/relay/clock';
import { issueToken } from '../../../src/relay/admin/commands';
import { TcpProxy, type Plan } from '../../support/chaos/tcp-proxy';
import { until } from '../../support/poll';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../../support/postgres/server';
import { TestRelay, type TestRelayOptions } from '../../support/relay/running-relay';
import type { TestDesk } from '../../support/relay/test-desk';
import { escalation } from '../../support/relay/test-platform';

let server: PostgresServer;
let url: string;
let relays: TestRelay[];
beforeAll(async () => {
  server = await PostgresServer.start({ durable: true });
}, SERVER_STARTS_WITHIN_MS);
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.database();
  relays = [];
});
afterEach(async () => {
  for (const relay of relays) await relay.stop();
});

const config = { deliveries: { key: 'a key for all relays' } };
const toCollections = { label: 'customer support' };
const claim = { type: 'claim', call: 'test:1' };

async function relay(options: TestRelayOptions = {}): Promise<TestRelay> {
  const started = await TestRelay.start({ postgres: url, config, ...options });
  relays.push(started);
  return started;
}

async function pair(options: TestRelayOptions = {}): Promise<[TestRelay, TestRelay]> {
  // At once, so that both find an empty database.
  return Promise.all([relay(options), relay(options)]);
}

async function deskAt(at: TestRelay, id: string, instance = `desk of ${id}`): Promise<TestDesk> {
  const desk = await at.desk(await at.agent(id, { name: `Agent ${id}`, queues: ['collections'] }), { instance });
  await desk.welcome();
  return desk;
}

describe('two relays', () => {
  test('a webhook at one reaches a desk at the other, and a repeat of it at the other is a repeat', async () => {
    const [a, b] = await pair();
    const desk = await deskAt(b, 'asha');
    expect(await a.post(escalation('1', { ...toCollections, id: 'e1' }))).toBe(200);
    await desk.waitFor('call.escalated', '1');
    expect(await b.post(escalation('1', { ...toCollections, id: 'e1' }))).toBe(200);
    expect(await b.post(escalation('2', { ...toCollections, id: 'e2' }))).toBe(200);
    await desk.waitFor('call.escalated', '2');
    expect(desk.events.map(({ offset }) => offset)).toEqual([1, 2]);
  });

  test('what both append at once reaches every desk complete and in order', async () => {
    const [a, b] = await pair();
    const desks = [await deskAt(a, 'asha'), await deskAt(b, 'ravi')];
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? a : b).post(escalation(`${n}`, toCollections))),
    );
    for (const desk of desks) {
      await until('every event', () => desk.events.length === 60);
      expect(desk.events.map(({ offset }) => offset)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
      for (const [n, event] of desk.events.entries()) expect(event.prev).toBe(n);
    }
  });

  test('of claims at both exactly one wins, and both desks learn who', async () => {
    const [a, b] = await pair();
    const desks = [await deskAt(a, 'asha'), await deskAt(b, 'ravi')];
    await a.post(escalation('1', toCollections));
    for (const desk of desks) await desk.waitFor('call.escalated', '1');
    const replies = await Promise.all(desks.map((desk) => desk.ask(claim)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = replies[0]?.ok === true ? 'Agent asha' : 'Agent ravi';
    for (const desk of desks) {
      expect((await desk.waitFor('call.claimed', '1')).event.data).toMatchObject({ agent: { name: winner } });
    }
  });

  test('a notice that is lost costs a second at most', async () => {
    const [a, b] = await pair();
    const desk = await deskAt(b, 'asha');
    await a.post(escalation('1', toCollections));
    await desk.waitFor('call.escalated', '1');
    // As another relay would have written it, and without a word.
    await server.run(
      `WITH head AS (UPDATE log_head SET head = head + 1 RETURNING head),
         reached AS (INSERT INTO reach SELECT key, head FROM reach, head WHERE "offset" = 1)
       INSERT INTO events SELECT head, source, 'unheard', call, received, audience, NULL, type, actor, campaign, dnc, body
         FROM events, head WHERE "offset" = 1`,
      url,
    );
    const began = performance.now();
    await until('the event', () => desk.events.length === 2);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  test('a desk resumes at the other relay without a gap, also before that has heard of everything', async () => {
    const [a, b] = await pair();
    const desk = await deskAt(a, 'asha');
    await a.post(escalation('1', toCollections));
    await desk.waitFor('call.escalated', '1');
    const token = await tokenOf(a, 'ravi');
    const before = await a.desk(token, { instance: 'i' });
    const { epoch } = await before.welcome();
    for (let n = 2; n < 8; n += 1) {
      await a.post(escalation(`${n}`, toCollections));
      const offset = await until('the event', () => before.events.at(-1)?.offset);
      const after = await b.desk(token, { instance: 'i', position: { epoch, offset: n } });
      expect(await after.welcome()).toMatchObject({ recovered: true });
      expect(offset).toBeGreaterThan(0);
      after.drop();
    }
  });
});

async function tokenOf(at: TestRelay, id: string): Promise<string> {
  return issueToken(at.store, { id, name: id, numbers: [], queues: ['collections'], role: 'agent' });
}

describe('one desk per agent', () => {
  test('another desk of the agent is busy at the other relay too, takes over on purpose, and the first hears of it', async () => {
    const [a, b] = await pair({ timings: { probeMs: 300 } });
    const token = await tokenOf(a, 'asha');
    const first = await a.desk(token, { instance: 'one' });
    await first.welcome();
    const second = await b.desk(token, { instance: 'two' });
    expect(await second.waitClosed()).toMatchObject({ code: 4002 });
    expect(first.closed).toBeUndefined();
    const third = await b.desk(token, { instance: 'two', takeover: true });
    await third.welcome();
    expect(await first.waitClosed()).toMatchObject({ code: 4002 });
    expect(third.closed).toBeUndefined();
  });

  test('a desk whose link broke unnoticed gets its own seat at the other relay at once', async () => {
    const [a, b] = await pair();
    const token = await tokenOf(a, 'asha');
    const first = await a.desk(token, { instance: 'one' });
    await first.welcome();
    const second = await b.desk(token, { instance: 'one' });
    await second.welcome();
    await until('the old link to end', () => first.closed);
  });

  test('a desk that is not there any more gives way when it is asked', async () => {
    const [a, b] = await pair({ timings: { probeMs: 300 } });
    const token = await tokenOf(a, 'asha');
    const first = await a.desk(token, { instance: 'one' });
    await first.welcome();
    // The other end is silent: nobody answers a ping.
    first.socket.pause();
    const second = await b.desk(token, { instance: 'two' });
    await second.welcome();
    first.socket.resume();
    expect(await first.waitClosed()).toMatchObject({ code: 4002 });
  });

  test('a revoked agent is cut off at every relay, a changed one comes back', async () => {
    const [a, b] = await pair();
    const [asha, ravi] = [await deskAt(a, 'asha'), await deskAt(b, 'ravi')];
    await a.store.removeAgent('ravi');
    expect(await ravi.waitClosed()).toMatchObject({ code: 4001 });
    await b.agent('asha', { queues: [] });
    expect(await asha.waitClosed()).toMatchObject({ code: 1001 });
  });

  test('presence is what it is at any relay', async () => {
    const [a, b] = await pair();
    const desk = await deskAt(a, 'asha');
    await desk.ask({ type: 'state', value: 'available' });
    const started = { ...escalation('1', toCollections), type: 'call.started' as const, id: 's' };
    await b.post({ ...started, data: { direction: 'outbound', origin: { agent: 'asha' } } });
    await b.post(escalation('1', toCollections));
    await desk.waitFor('call.escalated', '1');
    const [, entry] = (await b.store.page(0, { keys: [], all: true }, 10)).entries;
    expect(entry?.audience).toEqual(['a:asha']);
  });
});

/** What passes everything on until it is told not to. */
const through: Plan = { harm: 'none', afterBytes: Infinity, waitMs: 0 };

describe('a relay that dies', () => {
  test('its claims lapse at another one, and not before their lease is over', async () => {
    const timings = { leaseMs: 1_500 };
    const proxy = await TcpProxy.start(server.port, () => through);
    const dying = await relay({ timings, postgres: url.replace(String(server.port), String(proxy.port)) });
    const living = await relay({ timings });
    const [asha, ravi] = [await deskAt(dying, 'asha'), await deskAt(living, 'ravi')];
    await dying.post(escalation('1', toCollections));
    await ravi.waitFor('call.escalated', '1');
    expect(await asha.ask(claim)).toMatchObject({ ok: true });
    const began = performance.now();
    // It can no longer say or do anything.
    await proxy.stop();
    expect(await ravi.ask(claim)).toMatchObject({ ok: false, error: { code: 'claimed' } });
    expect((await ravi.waitFor('call.released', '1')).event.data).toMatchObject({ reason: 'lease_lapsed' });
    expect(performance.now() - began).toBeGreaterThan(timings.leaseMs);
    expect(await ravi.ask(claim)).toMatchObject({ ok: true });
  });

  test('a claim moves with its desk: renewed at the other relay, it does not lapse', async () => {
    const timings = { leaseMs: 1_000 };
    const [a, b] = await pair({ timings });
    const token = await tokenOf(a, 'asha');
    const first = await a.desk(token, { instance: 'one' });
    await first.welcome();
    await a.post(escalation('1', toCollections));
    await first.waitFor('call.escalated', '1');
    expect(await first.ask(claim)).toMatchObject({ ok: true });
    const second = await b.desk(token, { instance: 'one' });
    await second.welcome();
    const until5Leases = performance.now() + 5 * timings.leaseMs;
    while (performance.now() < until5Leases) {
      expect(await second.ask({ type: 'renew', call: 'test:1' })).toMatchObject({ ok: true });
      await new Promise((resolve) => setTimeout(resolve, timings.leaseMs / 3));
    }
    expect(second.eventOf('call.released', '1')).toBeUndefined();
  });
});

describe('the database', () => {
  test('gone: 503 with Retry-After; back: everything goes on by itself, every desk sees everything once', async () => {
    const [a, b] = await pair();
    const desks = [await deskAt(a, 'asha'), await deskAt(b, 'ravi')];
    expect(await a.post(escalation('1', toCollections))).toBe(200);
    await server.down('crash');
    const refused = await b.postRaw(JSON.stringify({ events: [escalation('2', toCollections)] }));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    await server.up();
    for (const [n, at] of [a, b].entries()) {
      await until('webhooks to be taken', async () => (await at.post(escalation(`${n + 2}`, toCollections))) === 200);
    }
    for (const desk of desks) {
      await desk.waitFor('call.escalated', '2');
      await desk.waitFor('call.escalated', '3');
      expect(desk.closed).toBeUndefined();
      const offsets = desk.events.map(({ offset }) => offset);
      expect(offsets).toEqual([...new Set(offsets)].sort((x, y) => x - y));
      for (const [n, event] of desk.events.entries()) expect(event.prev).toBe(desk.events[n - 1]?.offset ?? 0);
    }
  });

  test('tells the time: a relay whose clock is a day off writes the same time as the others', async () => {
    const clock = { ...systemClock, now: () => Date.now() + 86_400_000 };
    const skewed = await relay({ clock });
    await skewed.post(escalation('1', toCollections));
    const [entry] = (await skewed.store.page(0, { keys: [], all: true }, 1)).entries;
    const { receivedtime } = JSON.parse(entry?.body ?? '') as { receivedtime: string };
    expect(Math.abs(Date.parse(receivedtime) - Date.now())).toBeLessThan(5_000);
  });
});

test('of the relays one is on duty, and another takes its place when it stops', async () => {
  const [a, b] = await pair();
  await until('somebody on duty', () => a.store.onDuty() || b.store.onDuty());
  expect([a, b].filter(({ store }) => store.onDuty())).toHaveLength(1);
  const [on, off] = a.store.onDuty() ? [a, b] : [b, a];
  relays = [off];
  await on.stop();
  await until('the other one on duty', () => off.store.onDuty());
});
