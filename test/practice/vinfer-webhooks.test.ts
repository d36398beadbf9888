import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { aFloorAndReceiver, SECRETS } from './support/floor';
import { manualClock } from './support/manual-clock';
import { until } from '../support/poll';

const MINUTE = 60_000;

test('an escalation arrives signed over its exact bytes, in the documented shape', async () => {
  const { receiver, command } = await aFloorAndReceiver();
  const { body: played } = await command('/escalate', { caller: 'amit', transfer_to: '+918001234567' });
  await until('the webhook', () => receiver.received[0]);
  const { path, headers, body } = receiver.received[0]!;
  expect(path).toBe('/hooks/vinfer');
  expect(headers['x-vinfer-signature']).toBe(createHmac('sha256', SECRETS.vinfer.secret).update(body).digest('hex'));
  expect(receiver.json(0)).toMatchObject({
    event: 'call.escalated',
    event_id: played.event,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/) as unknown,
    campaign_id: expect.stringMatching(/^cmp_/) as unknown,
    call: {
      call_id: String(played.call).replace('vinfer:', ''),
      phone: '+919123456789',
      contact_name: 'Amit Patel',
      escalation_trigger: 'sentiment_negative',
      transfer_to: '+918001234567',
      conversation_summary: expect.stringContaining('₹12,480') as unknown,
    },
  });
});

test('failures are retried after 1 min, 5 min, 30 min, 2 h and 12 h with the same bytes, then listed as failed', async () => {
  const clock = manualClock();
  const { receiver, command, floor, call } = await aFloorAndReceiver({}, clock);
  receiver.always(500);
  const { body: played } = await command('/escalate', {});
  const waits = [1, 5, 30, 120, 720];
  for (const [index, minutes] of waits.entries()) {
    await until(`attempt ${index + 1} and its retry's timer`, () => clock.untilNext());
    expect(clock.untilNext()).toBe(minutes * MINUTE);
    clock.advance(minutes * MINUTE - 1);
    expect(receiver.received).toHaveLength(index + 1);
    clock.advance(1);
  }
  await until('the last attempt', () => floor.journal.webhooks.length === 6);
  expect(new Set(receiver.received.map(({ body }) => body.toString('hex')))).toHaveProperty('size', 1);
  expect(receiver.json(5).event_id).toBe(played.event);
  expect(clock.untilNext()).toBeUndefined();
  const failed = await call('GET', '/_practice/failed');
  expect(failed.body.events).toEqual([expect.objectContaining({ event_id: played.event })]);

  receiver.always(200);
  await command('/replay');
  await until('the replay', () => floor.journal.webhooks.at(-1)?.status === 200);
  expect(receiver.json(6).event_id).toBe(played.event);
});

test('a retry that is taken ends the retries', async () => {
  const { receiver, command, floor } = await aFloorAndReceiver();
  receiver.answers.push(500, 503);
  await command('/escalate', {});
  await until('the third attempt', () => floor.journal.webhooks.find(({ attempt }) => attempt === 3));
  expect(floor.journal.webhooks.map(({ status }) => status)).toEqual([500, 503, 200]);
  await command('/escalate', {});
  await until('the next event', () => receiver.received.length === 4);
  expect(receiver.json(3).event_id).not.toBe(receiver.json(2).event_id);
});

test('after 24 hours of nothing but failure the endpoint is off, and events go straight to the failed ones', async () => {
  const clock = manualClock();
  const { receiver, command, floor, call } = await aFloorAndReceiver({}, clock);
  const failed = async () => (await call('GET', '/_practice/failed')).body.events as unknown[];
  receiver.always(500);
  await command('/escalate', {});
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    clock.advance(await until('the next retry to be planned', () => clock.untilNext()));
  }
  await until('the first event to be given up', async () => (await failed()).length === 1);
  clock.advance(24 * 60 * MINUTE);
  await command('/escalate', {});
  await until('one more failure', () => floor.journal.webhooks.length === 7);
  await command('/escalate', {});
  await until('an event given up untried', async () => (await failed()).length === 2);
  expect(floor.journal.webhooks).toHaveLength(7);

  receiver.always(200);
  await command('/replay');
  await until('both to be taken', () => floor.journal.webhooks.filter(({ status }) => status === 200).length === 2);
});

test('no answer within the time-out counts as a failure', async () => {
  const { receiver, command, floor } = await aFloorAndReceiver({}, manualClock(), 50);
  receiver.neverAnswer();
  await command('/escalate', {});
  const sent = await until('the time-out', () => floor.journal.webhooks[0]);
  expect(sent).toMatchObject({ attempt: 1, error: 'TimeoutError' });
  expect(sent.status).toBeUndefined();
});

test('a duplicate is the same bytes with the same signature', async () => {
  const { receiver, command } = await aFloorAndReceiver();
  await command('/escalate', { duplicate: true });
  await until('both', () => receiver.received.length === 2);
  const [first, second] = receiver.received;
  expect(second!.body.equals(first!.body)).toBe(true);
  expect(second!.headers['x-vinfer-signature']).toBe(first!.headers['x-vinfer-signature']);
});

test('a wrong signature is wrong, and nobody retries a forgery', async () => {
  const clock = manualClock();
  const { receiver, command, floor } = await aFloorAndReceiver({}, clock);
  receiver.always(401);
  await command('/escalate', { wrong_signature: true });
  await until('the forgery', () => floor.journal.webhooks[0]);
  const { headers, body } = receiver.received[0]!;
  expect(headers['x-vinfer-signature']).not.toBe(
    createHmac('sha256', SECRETS.vinfer.secret).update(body).digest('hex'),
  );
  expect(floor.journal.webhooks).toMatchObject([{ kind: 'forged', status: 401 }]);
  expect(clock.untilNext()).toBeUndefined();
});

test('age, missing summary and another summary are as commanded', async () => {
  const { receiver, command } = await aFloorAndReceiver();
  await command('/escalate', { age_s: 600, summary: null });
  await command('/escalate', { summary: 'Wants the blue one.' });
  await until('both', () => receiver.received.length === 2);
  const bodies = [receiver.json(0), receiver.json(1)] as { timestamp: string; call: Record<string, unknown> }[];
  const withSummary = bodies.find(({ call }) => 'conversation_summary' in call)!;
  const without = bodies.find(({ call }) => !('conversation_summary' in call))!;
  expect(withSummary.call.conversation_summary).toBe('Wants the blue one.');
  expect(Date.now() - Date.parse(without.timestamp)).toBeGreaterThan(599_000);
});

test('nothing leaves before a relay is known, and everything afterwards', async () => {
  const { receiver, command, floor } = await aFloorAndReceiver({ relay: undefined });
  await command('/escalate', {});
  expect(floor.journal.webhooks).toHaveLength(0);
  await command('/relay', { url: `${receiver.url}/` });
  await until('the webhook', () => receiver.received[0]);
  expect(receiver.received[0]!.path).toBe('/hooks/vinfer');
});
