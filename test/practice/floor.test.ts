import { expect, test } from 'vitest';
import { CAST } from '../../src/practice/cast';
import { parseConfig } from '../../src/practice/config';
import { until } from '../support/poll';
import { aFloor, aFloorAndReceiver, ALL_PLATFORMS, SECRETS } from './support/floor';
import { manualClock } from './support/manual-clock';

const SECOND = 1_000;

/** Plays the script for a while of the floor's time, and returns everything sent, by call. */
async function aRun(seed: number, minutes: number, mischief: Record<string, number> = {}) {
  const clock = manualClock();
  const { floor, call, faults } = await aFloorAndReceiver(
    { seed, script: 'floor', platforms: ALL_PLATFORMS, mischief },
    clock,
  );
  for (let step = 0; step < minutes * 6; step += 1) {
    clock.advance(10 * SECOND);
    await until(
      'deliveries to settle',
      async () => (await call('GET', '/_practice/log?since=9e15')).body.under_way === 0,
    );
  }
  expect(faults).toEqual([]);
  const lines = floor.journal.webhooks.map(
    ({ call: id, event_id, kind, body }) => `${id} ${event_id} ${kind} ${body.replaceAll(floor.url, '')}`,
  );
  return { lines, webhooks: floor.journal.webhooks };
}

test('the same seed plays the same run, another seed another', async () => {
  const [one, same, other] = [await aRun(11, 5), await aRun(11, 5), await aRun(12, 5)];
  expect(one.lines.length).toBeGreaterThan(20);
  expect([...same.lines].sort()).toEqual([...one.lines].sort());
  expect([...other.lines].sort()).not.toEqual([...one.lines].sort());
});

test('within half an hour a lively floor shows every platform, repeats, forgeries and test events by itself', async () => {
  const { webhooks } = await aRun(3, 30, { test_events: 0.2, outages: 0.1, duplicates: 0.1 });
  expect(new Set(webhooks.map(({ platform }) => platform))).toEqual(new Set(Object.keys(ALL_PLATFORMS)));
  expect(new Set(webhooks.map(({ kind }) => kind))).toEqual(new Set(['plain', 'duplicate', 'forged']));
  expect(webhooks.some(({ body }) => body.includes('"is_test":true'))).toBe(true);
});

test('the first caller comes after four seconds, the next one 45 to 60 seconds later', async () => {
  const clock = manualClock();
  const calm = { duplicates: 0, disorder: 0, wrong_signatures: 0, test_events: 0, throttles: 0, outages: 0 };
  const { floor } = await aFloorAndReceiver({ script: 'floor', mischief: calm }, clock);
  const escalations = () => floor.journal.webhooks.filter(({ event }) => event === 'call.escalated');
  clock.advance(3_999);
  expect(floor.journal.webhooks).toHaveLength(0);
  clock.advance(1);
  await until('the first caller', () => escalations().length === 1);
  clock.advance(44_999);
  expect(escalations()).toHaveLength(1);
  clock.advance(15_001);
  await until('the second caller', () => escalations().length === 2);
});

test('everybody comes once before anybody comes twice', async () => {
  const { floor, command } = await aFloorAndReceiver();
  await Promise.all(CAST.map(() => command('/escalate', {})));
  await until('all of them', () => floor.journal.webhooks.length === CAST.length);
  const names = floor.journal.webhooks.map(({ body }) => (JSON.parse(body) as { call: { phone: string } }).call.phone);
  expect(new Set(names).size).toBe(CAST.length);
});

test('disorder lets a later event of the same call overtake an earlier one', async () => {
  const clock = manualClock();
  const { floor, command } = await aFloorAndReceiver({ mischief: { disorder: 1 } }, clock);
  await command('/escalate', { caller: 'amit' });
  await command('/mischief', { disorder: 0 });
  await command('/escalate', { caller: 'priya' });
  await until('the one that was not held back', () => floor.journal.webhooks.length === 1);
  expect(floor.journal.webhooks[0]!.body).toContain('Priya');
  clock.advance(9 * SECOND);
  await until('the one that was', () => floor.journal.webhooks.length === 2);
});

test('commands need the token when one is set, come from no browser, and are checked', async () => {
  const { call } = await aFloor({ control_token: 'control-token' });
  const token = { authorization: 'Bearer control-token' };
  expect((await call('POST', '/_practice/escalate', {})).status).toBe(401);
  expect((await call('GET', '/_practice/log', undefined, { ...token, origin: 'https://example.com' })).status).toBe(
    403,
  );
  expect((await call('POST', '/_practice/escalate', { volume: 11 }, token)).status).toBe(400);
  expect((await call('POST', '/_practice/escalate', { caller: 'nobody' }, token)).status).toBe(404);
  expect((await call('POST', '/_practice/escalate', { platform: 'salpre' }, token)).status).toBe(404);
  expect((await call('POST', '/_practice/escalate', { caller: 'amit' }, token)).status).toBe(200);
});

test('a configuration that does not fit is refused by path, without its values', () => {
  const bad = { platforms: { vinfer: { secret: 'top-secret', api_key: '' } }, colour: 'blue' };
  expect(() => parseConfig(bad)).toThrow(/platforms\.vinfer\.api_key.*colour/s);
  expect(() => parseConfig(bad)).not.toThrow(/top-secret/);
  expect(() => parseConfig({ platforms: {} })).toThrow(/at least one platform/);
  expect(parseConfig({ platforms: SECRETS })).toMatchObject({ time_scale: 1, script: 'floor', listen: { port: 0 } });
});

test('the cast is twelve or more, with handles of their own and every kind of trigger', () => {
  expect(CAST.length).toBeGreaterThanOrEqual(12);
  expect(new Set(CAST.map(({ slug }) => slug)).size).toBe(CAST.length);
  const known = ['sentiment_negative', 'explicit_request', 'keyword', 'max_duration', 'compliance_alert', 'custom'];
  const triggers = new Set(CAST.map(({ trigger }) => trigger));
  expect([...triggers]).toEqual(expect.arrayContaining(known));
  expect([...triggers].filter((trigger) => !known.includes(trigger))).toHaveLength(1);
  for (const { country, phone } of CAST) if (country === 'US') expect(phone).toMatch(/^\+1\d{3}55501\d\d$/);
});
