import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { until } from '../support/poll';
import { aFloor, aFloorAndReceiver, ALL_PLATFORMS } from './support/floor';
import { manualClock } from './support/manual-clock';

type Json = Record<string, unknown>;
const all = { platforms: ALL_PLATFORMS };

test('Infer tells turn by turn with tool calls and interruptions, then the transfer, the end and the report', async () => {
  const { command, receiver, floor } = await aFloorAndReceiver(all);
  await command('/call', { platform: 'infer', caller: 'dolores', outcome: 'escalated', transfer_to: '+18885550123' });
  await until('the report', () => floor.journal.webhooks.find(({ event }) => event === 'end-of-call-report'));
  expect(new Set(receiver.received.map(({ path }) => path))).toEqual(
    new Set([`/hooks/infer/${ALL_PLATFORMS.infer.path_secret}`]),
  );
  const bodies = receiver.received.map((_, index) => receiver.json(index));
  const of = (type: string) => bodies.filter((body) => body.type === type);
  expect(of('conversation-update')).toHaveLength(9);
  expect(of('conversation-update')[1]).toMatchObject({
    metadata: { role: 'user', message: expect.stringContaining('waiting for somebody') as unknown },
  });
  expect(of('tool-call')[0]).toMatchObject({ metadata: { function_name: 'find_replacement' } });
  expect(of('user-interrupted')).toHaveLength(1);
  expect(of('transfer-call')[0]).toMatchObject({
    metadata: { transfer_type: expect.stringMatching(/^(warm|cold)$/) as unknown, transferred_to: '+18885550123' },
  });
  expect(of('end-call')).toHaveLength(1);
  const report = of('phone_call')[0]!;
  expect(report.summary).toContain('$1,899');
  expect(report.messages).toHaveLength(10);
  expect(report).not.toHaveProperty('timestamp');
});

test('an Infer escalation comes with everything said before it, in order', async () => {
  const { command, receiver } = await aFloorAndReceiver(all);
  const { body } = await command('/escalate', { platform: 'infer', caller: 'grace', transfer_to: 'Orders' });
  expect(body).toMatchObject({ platform: 'infer', event: 'transfer-call' });
  const last = () => receiver.received.at(-1)?.body.toString().includes('transfer-call');
  await until('the transfer', last);
  const bodies = receiver.received.map((_, index) => receiver.json(index));
  const times = bodies.map(({ timestamp }) => Date.parse(String(timestamp)));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(bodies.at(-1)).toMatchObject({ metadata: { label: 'Orders' } });
});

test('a lost Infer event stays lost: the platform documents no retries', async () => {
  const clock = manualClock();
  const { command, receiver, floor } = await aFloorAndReceiver(all, clock);
  receiver.always(500);
  await command('/escalate', { platform: 'infer', caller: 'no-summary' });
  await until('the transfer', () => floor.journal.webhooks.find(({ event }) => event === 'transfer-call'));
  expect(clock.untilNext()).toBeUndefined();
});

test('Salpre tells every step of a call with integer ids, Unix seconds and its header', async () => {
  const { command, receiver, floor } = await aFloorAndReceiver(all);
  await command('/call', { platform: 'salpre', caller: 'elif', outcome: 'completed', direction: 'inbound' });
  await until('the end', () => floor.journal.webhooks.find(({ event }) => event === 'call_ended'));
  for (const { headers } of receiver.received) expect(headers['x-handover-key']).toBe('salpre-header-value');
  const bodies = receiver.received.map((_, index) => receiver.json(index));
  expect(bodies.slice(0, 3).map(({ event_type }) => event_type)).toEqual([
    'call_initiated',
    'call_ringing',
    'call_answered',
  ]);
  expect(bodies[1]).toMatchObject({
    is_test: false,
    timestamp_utc: expect.any(Number) as unknown,
    payload: { call_id: expect.any(Number) as unknown, from: '+905700000112', direction: 'inbound' },
  });
  const partials = bodies.filter(({ event_type }) => event_type === 'transcript').map(({ payload }) => payload as Json);
  expect(partials[0]).toMatchObject({ call: { id: (bodies[0]!.payload as Json).call_id }, type: 'ai' });
  expect(typeof partials[0]!.timestamp_utc).toBe('string');
  expect(String(partials[1]!.transcript).startsWith(String(partials[0]!.transcript))).toBe(true);
  expect((bodies.at(-1)!.payload as Json).transcript).toHaveLength(9);
});

test('a Salpre call that fails tells an error, and the test button is marked', async () => {
  const { command, receiver } = await aFloorAndReceiver(all);
  await command('/call', { platform: 'salpre', outcome: 'failed' });
  await until('the error', () => receiver.received.length === 2);
  expect(receiver.json(1)).toMatchObject({
    event_type: 'error',
    payload: { error_message: expect.any(String) as unknown },
  });
  await command('/test', { platform: 'salpre' });
  await until('the test event', () => receiver.received.length === 3);
  expect(receiver.json(2)).toMatchObject({ is_test: true, payload: { call_id: 1 } });
});

test('VoiceInfra says nothing until both have hung up, then one signed record, and takes only 200 for an answer', async () => {
  const { command, receiver, floor } = await aFloorAndReceiver(all);
  receiver.answers.push(204);
  await command('/call', { platform: 'voiceinfra', caller: 'marcus', outcome: 'completed', direction: 'inbound' });
  await until('the retry', () => receiver.received.length === 2);
  const [first, second] = receiver.received;
  expect(second!.body.equals(first!.body)).toBe(true);
  const secret = ALL_PLATFORMS.voiceinfra.secret;
  expect(first!.headers['x-voiceinfra-signature']).toBe(createHmac('sha256', secret).update(first!.body).digest('hex'));
  expect(receiver.json(0)).toMatchObject({ from_number: '+12125550176', call_outcome: 'answered' });
  await until('the last answer', () => floor.journal.webhooks.length === 2);
  expect(floor.journal.webhooks.map(({ status }) => status)).toEqual([204, 200]);
  expect((await command('/escalate', { platform: 'voiceinfra' })).status).toBe(404);
});

test('calls nobody answers end as each platform words it', async () => {
  const { command, receiver } = await aFloorAndReceiver(all);
  for (const platform of ['infer', 'salpre', 'voiceinfra', 'vinfer'])
    await command('/call', { platform, outcome: 'no_answer' });
  const find = (part: string) => receiver.received.some(({ body }) => body.toString().includes(part));
  await until('Infer', () => find('"endedReason":"customer-did-not-answer"'));
  await until('Salpre', () => find('"transcript":[]'));
  await until('VoiceInfra', () => find('"call_outcome":"voicemail"'));
  await until('VInfer', () => find('"disposition":"not_reachable"'));
});

test('the REST sides want their own keys and bodies, and word refusals in their own way', async () => {
  const { call, floor } = await aFloor(all);
  const infer = (body: unknown, key = 'infer-key') =>
    call('POST', '/infer/api/calls/start_outbound_call', body, { authorization: key });
  const good = { voice_agent_id: 'v', prompt_values: {}, to_phone: '+14155550132' };
  expect((await infer(good, 'wrong')).status).toBe(401);
  expect((await infer({ ...good, to_phone: '5' })).status).toBe(400);
  expect((await infer(good)).body).toMatchObject({ status: 'success', call_id: expect.any(String) as unknown });

  const voiceinfra = (body: unknown, key = 'voiceinfra-key') =>
    call('POST', '/voiceinfra/v1/calls/outbound', body, { 'x-api-key': key });
  const outbound = { agent_id: 'a', from_number: '+14155550100', to_number: '+14155550132' };
  expect((await voiceinfra(outbound, 'wrong')).body).toMatchObject({ error: 'unauthorized' });
  expect((await voiceinfra({})).body).toMatchObject({ error: 'validation_error' });
  expect((await voiceinfra({ ...outbound, to_number: '12' })).status).toBe(422);
  expect((await voiceinfra(outbound)).body).toMatchObject({ status: 'queued' });

  const salpre = async (fields: Record<string, string>, key = 'salpre-key') => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const address = `${floor.url}/salpre/api/gateway/v1/call/make-call`;
    const answer = await fetch(address, { method: 'POST', headers: { 'account-secret-key': key }, body });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  const form = { from: 'salprebox:ONE', to: '+14155550132', agent_id: '5' };
  expect((await salpre(form, 'wrong')).body).toMatchObject({ status: 'error' });
  expect((await salpre({ ...form, to: 'x' })).status).toBe(422);
  expect((await salpre(form)).body).toMatchObject({ status: 'success', data: { status: 'initiated', agent_id: 5 } });
  const key = { 'account-secret-key': 'salpre-key' };
  expect((await call('POST', '/salpre/api/gateway/v1/call/make-call', form, key)).status).toBe(415);
  await salpre(form);
  const list = await call('GET', '/salpre/api/gateway/v1/call/list?per_page=1', undefined, key);
  expect(list.body).toMatchObject({ data: [{ to: '+14155550132' }], meta: { per_page: 1, page: 1, has_next: true } });

  const { body: log } = await call('GET', '/_practice/log');
  const started = (log.requests as Json[]).filter(({ status, method }) => status === 200 && method === 'POST');
  expect(started.map(({ platform }) => platform)).toEqual(['infer', 'voiceinfra', 'salpre', 'salpre']);
  expect(started[2]).toMatchObject({ body: { to: '+14155550132', agent_id: '5' } });
});
