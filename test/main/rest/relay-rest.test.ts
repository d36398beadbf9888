import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createRelayRest } from '../../../src/main/rest/relay-rest';
import { problem, startHttpStub, type HttpAnswer, type HttpStub } from '../support/http-stub';

let stub: HttpStub;
let link: { relay: string; token: string } | undefined;
const rest = createRelayRest({ fetch: globalThis.fetch, link: () => link });
const ask = (more: object = {}) =>
  rest.ask({ method: 'POST', path: '/v1/calls', body: { a: 1 }, answer: z.object({ fine: z.boolean() }), ...more });

beforeEach(async () => {
  stub = await startHttpStub(() => ({ body: { fine: true, more: 'is ignored' } }));
  link = stub.link;
});
afterEach(() => stub.close());

test('what the contract knows of an answer comes back, under the agent’s token and key', async () => {
  expect(await ask({ key: 'k1' })).toEqual({ ok: true, status: 200, value: { fine: true } });
  expect(stub.requests).toMatchObject([
    { method: 'POST', path: '/v1/calls', key: 'k1', token: 'the-token', body: '{"a":1}' },
  ]);
});

test('without a relay, and where nobody listens, nothing was done', async () => {
  const { link: gone } = stub;
  await stub.close();
  link = undefined;
  expect(await ask()).toEqual({ ok: false, reason: 'offline', done: 'no' });
  link = gone;
  expect(await ask()).toEqual({ ok: false, reason: 'offline', done: 'no' });
  stub = await startHttpStub(() => ({}));
});

test.each<[string, HttpAnswer, string, 'no' | 'perhaps']>([
  ['a cut line', 'cut', 'no_answer', 'perhaps'],
  ['no answer in time', 'hang', 'no_answer', 'perhaps'],
  ['a proxy’s page', { status: 502, body: '<html>bad gateway</html>' }, 'bad_answer', 'perhaps'],
  ['an answer of another shape', { body: { fine: 'yes' } }, 'bad_answer', 'perhaps'],
  ['half an answer', { body: '{"fine": tr' }, 'bad_answer', 'perhaps'],
  ['an answer without end', { body: 'x'.repeat(9 * 1024 * 1024) }, 'no_answer', 'perhaps'],
  ['rules that forbid it', problem(409, 'dial_blocked'), 'dial_blocked', 'no'],
  ['a platform that did not answer', problem(409, 'unclear'), 'unclear', 'perhaps'],
  ['the same request under way', problem(409, 'idempotency_key_in_use'), 'idempotency_key_in_use', 'perhaps'],
  ['a defect', problem(500, 'internal'), 'internal', 'perhaps'],
  ['a code of another time', problem(418, 'teapot'), 'bad_answer', 'perhaps'],
])('%s is told as it is', async (_name, answer, reason, done) => {
  stub.answer = () => answer;
  expect(await ask({ withinMs: 400 })).toMatchObject({ ok: false, reason, done });
});

test('how long to wait is believed only so far', async () => {
  stub.answer = () => ({ ...(problem(429, 'rate_limited') as object), headers: { 'retry-after': '86400' } });
  expect(await ask()).toMatchObject({ reason: 'rate_limited', retryAfterMs: 300_000 });
});

test('a file goes out as it is', async () => {
  await ask({ body: new Blob(['a;b\n1;2'], { type: 'text/csv' }) });
  expect(stub.requests).toMatchObject([{ body: 'a;b\n1;2', type: 'text/csv' }]);
});

test('a read over a connection that has died is made again; a write never is', async () => {
  let cuts = 2;
  stub.answer = () => (cuts-- > 1 ? 'cut' : { body: { fine: true } });
  expect(await ask({ method: 'GET', body: undefined })).toMatchObject({ ok: true });
  expect(stub.requests).toHaveLength(2);
  cuts = 2;
  expect(await ask()).toMatchObject({ reason: 'no_answer' });
  expect(stub.requests).toHaveLength(3);
});
