import { beforeEach, expect, test } from 'vitest';
import { LoopWatch } from '../../../src/main/observability/event-loop';
import { ManualScheduler } from '../support/manual-scheduler';

const MINUTE_MS = 60_000;

let scheduler: ManualScheduler;
let looks: number;
let stalls: number[];
let watch: LoopWatch;

beforeEach(() => {
  scheduler = new ManualScheduler();
  looks = 0;
  stalls = [];
  watch = new LoopWatch({
    now: () => scheduler.now(),
    scheduler: {
      after: (ms, run) =>
        scheduler.after(ms, () => {
          looks += 1;
          run();
        }),
    },
    report: (worstMs) => stalls.push(worstMs),
  });
  watch.start();
  scheduler.advance(MINUTE_MS);
  looks = 0;
});

test('a desk at rest is woken every other second, and no more', () => {
  scheduler.advance(MINUTE_MS);
  expect(looks).toBe(30);
});

test('while things happen a standstill that a person feels is never missed, wherever it falls', () => {
  for (let offset = 0; offset < 100; offset += 10) {
    stalls = [];
    watch.stir();
    scheduler.advance(offset);
    scheduler.sleep(151);
    scheduler.advance(2 * MINUTE_MS);
    expect(stalls, `after ${offset} ms`).toHaveLength(1);
    expect(stalls[0]).toBeGreaterThan(50);
  }
});

test('what begins with the first thing that happens after a long rest is measured, too', () => {
  scheduler.advance(MINUTE_MS + 700);
  watch.stir();
  scheduler.sleep(400);
  scheduler.advance(2 * MINUTE_MS);
  expect(stalls).toEqual([300]);
});

test('at rest a standstill of seconds is found', () => {
  scheduler.advance(500);
  scheduler.sleep(5_000);
  scheduler.advance(2 * MINUTE_MS);
  expect(stalls).toEqual([3_500]);
});

test('things that happen without end are looked at ten times a second, not at each of them', () => {
  for (let n = 0; n < 1_000; n += 1) {
    watch.stir();
    scheduler.advance(10);
  }
  expect(looks).toBe(100);
});

test('the worst of a minute is told once, and nothing of what nobody feels', () => {
  for (const ms of [120, 200, 400, 190]) {
    watch.stir();
    scheduler.sleep(ms);
    scheduler.advance(1_000);
  }
  scheduler.advance(2 * MINUTE_MS);
  expect(stalls).toEqual([300]);
});

test('nothing is left waiting after it was stopped', () => {
  watch.stop();
  watch.stir();
  scheduler.advance(MINUTE_MS);
  expect(looks).toBe(0);
});
