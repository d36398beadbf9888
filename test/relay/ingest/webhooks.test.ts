import { request } from 'node:http';
import fastify from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/relay/clock';
import { configuredKey, createSeal } from '../../../src/relay/deliveries/seal';
import { webhookRoutes } from '../../../src/relay/ingest/webhooks';
import { createMetrics } from '../../../src/relay/ops/metrics';
import { StoreError, type Store } from '../../../src/relay/store/port';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation, TEST_KEY, testPlatform } from '../../support/relay/test-platform';

let relay: TestRelay;
let fault: StoreError | undefined;
const wrap = (store: Store): Store => ({
  ...store,
  append: (events) => (fault === undefined ? store.append(events) : Promise.reject(fault)),
  check: () => (fault === undefined ? store.check() : Promise.reject(fault)),
});
beforeEach(async () => {
  fault = undefined;
  relay = await TestRelay.start({ wrap });
});
afterEach(() => relay.stop());

const body = JSON.stringify({ events: [escalation('1', { id: 'e1' })] });

describe('a webhook', () => {
  test('is answered 200 with an empty body once it is in the log, and so is its repeat', async () => {
    expect(await relay.postRaw(body)).toMatchObject({ status: 200, text: '' });
    expect(relay.store.position().head).toBe(1);
    expect(await relay.postRaw(body)).toMatchObject({ status: 200, text: '' });
    expect(relay.store.position().head).toBe(1);
  });

  test('that is not authentic is answered 401 and leaves nothing', async () => {
    expect((await relay.postRaw(body, { 'x-test-key': 'wrong' })).status).toBe(401);
    expect((await relay.postRaw(body, {})).status).toBe(401);
    expect(relay.store.position().head).toBe(0);
  });

  test.each([
    ['not JSON', 'hello'],
    ['empty', ''],
    ['not UTF-8', new Uint8Array([0xff, 0xfe, 0x00])],
  ])('that is authentic but %s is kept as unknown and answered 200', async (_what, odd) => {
    expect(await relay.postRaw(odd)).toMatchObject({ status: 200, text: '' });
    const page = await relay.store.page(0, { keys: [], all: true }, 10);
    expect(page.entries.map((entry) => (JSON.parse(entry.body) as { type: string }).type)).toEqual([
      'platform.unknown',
    ]);
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense', ''])(
    'is taken whatever content type it claims (%s)',
    async (type) => {
      const headers = { 'x-test-key': 'test-key', ...(type === '' ? {} : { 'content-type': type }) };
      expect((await relay.postRaw(body, headers)).status).toBe(200);
      expect(relay.store.position().head).toBe(1);
    },
  );

  test('above 1 MiB is answered 413', async () => {
    expect((await relay.postRaw('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  });

  test('above 1 MiB is written down and counted, for the platforms that are configured', async () => {
    await relay.postRaw('x'.repeat(1024 * 1024 + 1));
    await fetch(`${relay.url}/hooks/none`, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    const { deliveries } = await until('the delivery', async () => {
      const found = await relay.relay.admin.deliveries.list({ limit: 10, offset: 0 });
      return found.total > 0 && found;
    });
    expect(deliveries).toMatchObject([
      { platform: 'test', verdict: 'refused', status: 413, bytes: 1024 * 1024 + 1, kept: false },
    ]);
    expect(deliveries[0]?.reason).toContain('1 MiB');
    const metrics = await (await fetch(`${relay.url}/metrics`)).text();
    expect(metrics).toContain('handover_webhooks_total{platform="test",verdict="refused"} 1');
    expect(metrics).toContain('handover_webhooks_total{platform="other",verdict="unconfigured"} 1');
  });

  test('above 1 MiB without a length is answered 413 as well', async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      const post = request(
        `${relay.url}/hooks/test`,
        { method: 'POST', headers: { 'x-test-key': 'test-key' } },
        (response) => resolve(response.statusCode),
      );
      post.on('error', () => undefined);
      for (let n = 0; n < 20; n += 1) post.write(Buffer.alloc(64 * 1024));
      post.end();
    });
    expect(status).toBe(413);
  });

  test.each(['/hooks/none', '/hooks/constructor', '/hooks/test/x/y'])('for %s is answered 404', async (path) => {
    expect((await fetch(`${relay.url}${path}`, { method: 'POST', body })).status).toBe(404);
  });

  test('that cannot be made durable is answered 503 with Retry-After, and taken once it can', async () => {
    const ready = () => fetch(`${relay.url}/readyz`);
    fault = new StoreError('full', 'disk full');
    const refused = await relay.postRaw(body);
    expect(refused).toMatchObject({ status: 503, text: '' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const unready = await ready();
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({ reason: 'the store refuses writes (full)' });
    fault = undefined;
    expect((await relay.postRaw(body)).status).toBe(200);
    await until('the relay to be ready', async () => (await ready()).status === 200);
  });
});

describe('a store that does not come to an end with what it was given', () => {
  const lines: string[] = [];
  const open = async (append: Store['append']) => {
    lines.length = 0;
    const app = fastify();
    const load = { bytes: 0 };
    await webhookRoutes(app, {
      platforms: new Map([['test', { platform: testPlatform, config: { key: TEST_KEY } }]]),
      store: { append },
      recorder: { answered: () => undefined, refused: () => undefined, stop: () => Promise.resolve() },
      seal: createSeal(configuredKey('a key for tests')),
      clock: systemClock,
      lateAfterS: 45,
      log: pino({}, { write: (line: string) => void lines.push(line) }),
      metrics: createMetrics(),
      load,
      answerWithinMs: 5,
    });
    const post = async (payload: string) =>
      (await app.inject({ method: 'POST', url: '/hooks/test', payload, headers: { 'x-test-key': TEST_KEY } }))
        .statusCode;
    return { post, load, close: () => app.close() };
  };

  test('holds the bodies that wait for it, and no more than 64 MiB of them', async () => {
    let release = (): void => undefined;
    let appended = 0;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { post, load, close } = await open(() => {
      appended += 1;
      return held.then(() => ({ offsets: [null] }));
    });
    const large = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 70; n += 1) expect(await post(large)).toBe(503);
    expect(appended).toBe(65);
    expect(load.bytes).toBe(65 * large.length);
    release();
    await until('the room', () => load.bytes === 0);
    expect(await post(body)).toBe(200);
    await close();
  });

  test('is complained of once a minute, not once a webhook', async () => {
    const { post, close } = await open(() => Promise.reject(new StoreError('full', 'disk full')));
    for (let n = 0; n < 20; n += 1) expect(await post(body)).toBe(503);
    expect(lines.filter((line) => line.includes('webhook not durable'))).toHaveLength(1);
    await close();
  });
});

test('metrics tell verdicts apart and every metric has a help text', async () => {
  await relay.postRaw(body);
  await relay.postRaw(body);
  await relay.postRaw(body, {});
  const text = await (await fetch(`${relay.url}/metrics`)).text();
  for (const verdict of ['accepted', 'repeated', 'refused']) {
    expect(text).toContain(`handover_webhooks_total{platform="test",verdict="${verdict}"} 1`);
  }
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  for (const name of names) expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, 'm'));
});

test('healthz answers while the store does not', async () => {
  fault = new StoreError('io', 'gone');
  expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
});

test('a webhook under way when the relay goes down is finished and answered', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = await TestRelay.start({
    wrap: (store) => ({ ...store, append: (events) => held.then(() => store.append(events)) }),
  });
  const answer = slow.postRaw(body);
  await until('the request to arrive', async () => {
    const metrics = await (await fetch(`${slow.url}/metrics`)).text();
    return /^handover_webhooks_waiting_bytes [1-9]/m.test(metrics);
  });
  const stopped = slow.stop();
  release();
  expect((await answer).status).toBe(200);
  await stopped;
});
