/** Starting a call: what each platform is sent, and what is said when nobody knows whether it acted. */
import { describe, expect, test } from 'vitest';
import type { StartCall } from '../../src/platforms/api';
import { apiOf, KEY } from './support/apis';
import { deadAddress, fakePlatform, faultOf, options } from './support/fake-platform';

const call: StartCall = {
  phone: '+919876543210',
  name: 'प्रिया शर्मा',
  language: 'hi-IN',
  variables: { loan_amount: 50000 },
  idempotencyKey: 'k-1',
};
const NAMES = ['vinfer', 'voiceinfra', 'infer', 'salpre'];
const start = (name: string, base: string, signal = options().signal) => apiOf(name, base).startCall!(call, { signal });

test('vinfer gets a bearer token, the key of the request and the variables beside the phone', async () => {
  const { base, asked } = await fakePlatform(() => ({ status: 201, body: { call_id: 'call_1', status: 'queued' } }));
  const api = apiOf('vinfer', base, { script_id: 'scr_1' });
  expect((await api.startCall!(call, options())).value).toEqual({ id: 'call_1', status: 'queued' });
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/v1/calls' });
  expect(asked[0]?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'idempotency-key': 'k-1' });
  expect(asked[0]?.json).toEqual({
    phone: '+919876543210',
    name: 'प्रिया शर्मा',
    language: 'hi-IN',
    script_id: 'scr_1',
    loan_amount: 50000,
  });
});

test('variables cannot redirect the call to another number', async () => {
  const { base, asked } = await fakePlatform(() => ({ body: { id: 'call_1' } }));
  await apiOf('vinfer', base).startCall!({ ...call, variables: { phone: '+900' } }, options());
  expect(asked[0]?.json).toMatchObject({ phone: '+919876543210' });
});

test('voiceinfra gets X-API-Key, agent and caller number', async () => {
  const { base, asked } = await fakePlatform(() => ({ body: { call_id: 'call_1', status: 'queued' } }));
  expect((await start('voiceinfra', base)).value).toEqual({ id: 'call_1', status: 'queued' });
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/v1/calls/outbound' });
  expect(asked[0]?.headers['x-api-key']).toBe(KEY);
  expect(asked[0]?.json).toEqual({
    agent_id: 'agent_1',
    from_number: '+18005551234',
    to_number: '+919876543210',
    variables: { name: 'प्रिया शर्मा', language: 'hi-IN', loan_amount: 50000 },
  });
});

test('infer gets the key without a scheme', async () => {
  const { base, asked } = await fakePlatform(() => ({ body: { status: 'success', message: 'ok', call_id: 77 } }));
  expect((await start('infer', base)).value).toEqual({ id: '77' });
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/calls/start_outbound_call' });
  expect(asked[0]?.headers.authorization).toBe(KEY);
  expect(asked[0]?.json).toEqual({
    voice_agent_id: 'va_1',
    prompt_values: { name: 'प्रिया शर्मा', language: 'hi-IN', loan_amount: 50000 },
    to_phone: '+919876543210',
  });
});

test('salpre gets a multipart form', async () => {
  const answer = { status: 'success', data: { call_id: 9, status: 'initiated' } };
  const { base, asked } = await fakePlatform(() => ({ body: answer }));
  expect((await start('salpre', base)).value).toEqual({ id: '9', status: 'initiated' });
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/gateway/v1/call/make-call' });
  expect(asked[0]?.headers['account-secret-key']).toBe(KEY);
  const type = asked[0]?.headers['content-type'] ?? '';
  expect(type).toMatch(/^multipart\/form-data; boundary=/);
  const form = await new Response(asked[0]?.text, { headers: { 'content-type': type } }).formData();
  expect(Object.fromEntries(form)).toEqual({ from: 'salprebox:SERIAL', to: '+919876543210', agent_id: '5' });
});

test.each([
  ['vinfer', '/v1', '/v1/calls'],
  ['vinfer', '/proxy/vinfer/', '/proxy/vinfer/v1/calls'],
  ['vinfer', '/v1/', '/v1/calls'],
  ['voiceinfra', '/v1', '/v1/calls/outbound'],
  ['infer', '/api', '/api/calls/start_outbound_call'],
  ['salpre', '/api/gateway/v1', '/api/gateway/v1/call/make-call'],
])('%s below %s is asked at %s', async (name, path, expected) => {
  const { base, asked } = await fakePlatform(() => ({ body: { call_id: '1', data: { call_id: '1' } } }));
  await start(name, `${base}${path}`);
  expect(asked[0]?.path).toBe(expected);
});

describe.each(NAMES)('%s', (name) => {
  test.each([
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [409, 'rejected'],
    [422, 'rejected'],
    [429, 'rate_limited'],
    [408, 'unclear'],
    [500, 'unclear'],
    [502, 'unclear'],
    [503, 'unclear'],
    [504, 'unclear'],
    [302, 'unclear'],
  ])('answering %d is %s', async (status, fault) => {
    const { base } = await fakePlatform(() => ({ status, headers: { location: 'http://127.0.0.1:1/' }, body: {} }));
    expect(await faultOf(start(name, base))).toMatchObject({ fault, details: { status } });
  });

  test('that says when to come again has not acted', async () => {
    const { base } = await fakePlatform(() => ({ status: 503, headers: { 'retry-after': '7' } }));
    expect(await faultOf(start(name, base))).toMatchObject({ fault: 'unavailable', details: { retryAfterS: 7 } });
  });

  test('that is not there was never asked', async () => {
    expect((await faultOf(start(name, await deadAddress()))).fault).toBe('unavailable');
  });

  test('that hangs up after reading may have acted', async () => {
    const { base } = await fakePlatform((_asked, response) => {
      response.destroy();
      return 'handled';
    });
    const fault = await faultOf(start(name, base));
    expect(fault.fault).toBe('unclear');
    expect(fault.cause).toBeInstanceOf(Error);
  });

  test('that does not answer in time may have acted', async () => {
    const giveUp = new AbortController();
    const { base } = await fakePlatform(() => {
      giveUp.abort();
      return 'handled';
    });
    expect((await faultOf(start(name, base, giveUp.signal))).fault).toBe('unclear');
  });

  test('is not asked at all once we have given up', async () => {
    const { base, asked } = await fakePlatform(() => ({ body: {} }));
    expect((await faultOf(start(name, base, AbortSignal.abort()))).fault).toBe('unavailable');
    expect(asked).toEqual([]);
  });

  test.each([
    ['breaks off in the middle', '{"call_id": "ca'],
    ['is not JSON', 'OK'],
    ['is empty', ''],
    ['names no call', '{"status":"success","data":{}}'],
    ['is a list', '[]'],
  ])('whose success %s may have acted', async (_how, text) => {
    const { base } = await fakePlatform((_asked, response) => {
      response.writeHead(200).end(text);
      return 'handled';
    });
    expect((await faultOf(start(name, base))).fault).toBe('unclear');
  });

  test('whose connection breaks within the answer may have acted', async () => {
    const { base } = await fakePlatform((_asked, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"call_id":', () => response.destroy());
      return 'handled';
    });
    expect((await faultOf(start(name, base))).fault).toBe('unclear');
  });

  test('sends no key to where a redirect points', async () => {
    const elsewhere = await fakePlatform(() => ({ body: { call_id: '1' } }));
    const { base } = await fakePlatform(() => ({ status: 307, headers: { location: elsewhere.base } }));
    await faultOf(start(name, base));
    expect(elsewhere.asked).toEqual([]);
  });

  test('is quoted to the agent, never in the message that is logged', async () => {
    const body = { error: { code: 'invalid_phone', message: 'Priya at +919876543210 is not a phone' } };
    const { base } = await fakePlatform(() => ({ status: 422, body }));
    const fault = await faultOf(start(name, base));
    expect(fault.message).toBe(`${name} answered 422 (invalid_phone)`);
    expect(fault.details).toMatchObject({ code: 'invalid_phone', said: body.error.message });
  });

  test('says whether a start may be repeated', () => {
    expect(apiOf(name, 'http://127.0.0.1:1').startIsRepeatable).toBe(name === 'vinfer');
  });
});

test.each([
  ['infer', { status: 'error', message: 'No balance' }],
  ['salpre', { status: 'error', message: 'No balance' }],
])('%s says no with a success', async (name, body) => {
  const { base } = await fakePlatform(() => ({ body }));
  expect(await faultOf(start(name, base))).toMatchObject({ fault: 'rejected', details: { said: 'No balance' } });
});
