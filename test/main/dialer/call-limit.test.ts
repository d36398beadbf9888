/** "2 of 3 calls": what the relay counts, asked when something changed, and again while a call goes on. */
import { expect, test } from 'vitest';
import { CallLimit } from '../../../src/main/dialer/call-limit';
import { fakeRest } from '../support/fake-rest';
import { ManualScheduler, settled } from '../support/manual-scheduler';

const LIMITS = 'GET /v1/call-limits';
const limits = (under_way: number) => ({ ok: { agent: 'asha', calls_at_once: 3, general: 3, under_way } });

test('is read when a call comes or goes, and every half minute while one is under way', async () => {
  const scheduler = new ManualScheduler();
  const rest = fakeRest({ [LIMITS]: limits(2) });
  let changes = 0;
  const limit = new CallLimit({ rest, scheduler, changed: () => (changes += 1) });
  expect(limit.view).toBeUndefined();
  limit.sync('a made');
  limit.sync('a made');
  await settled();
  expect(limit.view).toEqual({ at_once: 3, under_way: 2 });
  expect([rest.heard.length, changes]).toEqual([1, 1]);
  rest.answers.set(LIMITS, limits(0));
  scheduler.advance(30_000);
  await settled();
  expect(limit.view).toEqual({ at_once: 3, under_way: 0 });
  // Nothing goes on: nobody asks.
  scheduler.advance(600_000);
  expect(rest.heard).toHaveLength(2);
});

test('stays as it was last known while the relay is away', async () => {
  const rest = fakeRest({ [LIMITS]: limits(1) });
  const limit = new CallLimit({ rest, scheduler: new ManualScheduler(), changed: () => undefined });
  limit.refresh();
  await settled();
  rest.answers.set(LIMITS, { no: 'offline' });
  limit.sync('a done');
  await settled();
  expect(limit.view).toEqual({ at_once: 3, under_way: 1 });
});
