import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/practice/clock';
import { seededRandom } from '../../src/practice/random';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('waits are scaled and instants are not', () => {
  const clock = systemClock(0.01);
  const ran: number[] = [];
  const start = clock.now();
  clock.after(60_000, () => ran.push(clock.now() - start));
  vi.advanceTimersByTime(599);
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ran).toEqual([600]);
  expect(clock.since(start)).toBe(60_000);
});

test('what was cancelled or stopped does not run', () => {
  const clock = systemClock(1);
  const run = vi.fn();
  clock.after(10, run)();
  clock.after(10, run);
  clock.stop();
  vi.advanceTimersByTime(100);
  expect(run).not.toHaveBeenCalled();
});

test('a stream of chance repeats with its seed, and forks do not shift it', () => {
  const draw = (fork: boolean) => {
    const random = seededRandom(42);
    if (fork) random.fork('aside').hex(100);
    return [random.next(), random.between(1, 6), random.hex(8), random.shuffle([1, 2, 3, 4, 5])];
  };
  expect(draw(true)).toEqual(draw(false));
  expect(seededRandom(1).fork('a').hex(16)).not.toBe(seededRandom(1).fork('b').hex(16));
  expect(seededRandom(1).fork('a').hex(16)).not.toBe(seededRandom(2).fork('a').hex(16));
});

test('numbers lie within their bounds, both of which come up', () => {
  const random = seededRandom(9);
  const rolls = Array.from({ length: 500 }, () => random.between(1, 6));
  expect([Math.min(...rolls), Math.max(...rolls)]).toEqual([1, 6]);
});
