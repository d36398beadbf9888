import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../../../src/relay/ops/metrics';
import { watchStore } from '../../../src/relay/ops/watch-store';
import { createSweeper, sweepLimits } from '../../../src/relay/retention/sweeper';
import type { SweepLimits } from '../../../src/relay/retention/port';
import { StoreError } from '../../../src/relay/store/port';

const log = pino({ level: 'silent' });
const DAY = 86_400_000;
const config = { retention: { days: 30, max_mb: 2 }, deliveries: { days: 7, max_mb: 1 } };

describe('the watch over the store', () => {
  test('counts how long it has refused writes, and starts afresh once it takes them', async () => {
    let [now, broken] = [0, false];
    const metrics = createMetrics();
    const watch = watchStore({
      store: { check: () => (broken ? Promise.reject(new StoreError('full', 'disk full')) : Promise.resolve()) },
      clock: { now: () => now, monotonic: () => now },
      metrics,
      log,
    });
    const gauge = async () => (await metrics.unavailableSince.get()).values[0]?.value;
    try {
      expect(await watch.check()).toBe(0);
      broken = true;
      expect(await watch.check()).toBe(0);
      now = 90_000;
      expect(await watch.check()).toBe(90);
      expect(await gauge()).toBe(90);
      broken = false;
      expect(await watch.check()).toBe(0);
      expect(await gauge()).toBe(0);
    } finally {
      watch.stop();
    }
  });
});

describe('the sweeper', () => {
  test('asks for what the configuration says, and goes on until nothing is due', async () => {
    const asked: SweepLimits[] = [];
    const metrics = createMetrics();
    const sweeper = createSweeper({
      store: {
        sweep: (limits) => {
          asked.push(limits);
          return Promise.resolve({ events: 300, deliveries: 2, more: asked.length < 3, overfull: false });
        },
      },
      onDuty: () => true,
      config,
      clock: { now: () => 100 * DAY, monotonic: () => 0 },
      metrics,
      log,
    });
    await sweeper.run();
    sweeper.stop();
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual(sweepLimits(config, 100 * DAY));
    expect(asked[0]).toMatchObject({
      eventsBefore: 70 * DAY,
      deliveriesBefore: 93 * DAY,
      maxBytes: 2 * 1024 * 1024,
      bySizeBefore: 99 * DAY,
      maxBodyBytes: 1024 * 1024,
    });
    const swept = (await metrics.swept.get()).values.map(({ labels, value }) => [labels.kind, value]);
    expect(swept).toEqual([
      ['events', 900],
      ['deliveries', 6],
    ]);
  });

  test('warns once an hour of a database that is too large though nothing more may leave it', async () => {
    const lines: string[] = [];
    let [now, overfull] = [0, true];
    const sweeper = createSweeper({
      store: { sweep: () => Promise.resolve({ events: 0, deliveries: 0, more: false, overfull }) },
      onDuty: () => true,
      config,
      clock: { now: () => 100 * DAY, monotonic: () => now },
      metrics: createMetrics(),
      log: pino({}, { write: (line: string) => void lines.push(line) }),
    });
    const runAt = async (ms: number) => {
      now = ms;
      await sweeper.run();
      return lines.length;
    };
    expect(await runAt(0)).toBe(1);
    expect(lines[0]).toContain('retention.max_mb');
    expect(await runAt(3_599_000)).toBe(1);
    expect(await runAt(3_600_000)).toBe(2);
    overfull = false;
    expect(await runAt(9_000_000)).toBe(2);
    sweeper.stop();
  });
});
