import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreError, type Store } from '../../../src/relay/store/port';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation } from '../../support/relay/test-platform';

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
    fault = new StoreError('full', 'disk full');
    const refused = await relay.postRaw(body);
    expect(refused).toMatchObject({ status: 503, text: '' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const ready = await fetch(`${relay.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ reason: 'the store refuses writes (full)' });
    fault = undefined;
    expect((await relay.postRaw(body)).status).toBe(200);
    expect((await fetch(`${relay.url}/readyz`)).status).toBe(200);
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
