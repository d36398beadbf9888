// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClock, type Clock } from '../../../src/renderer/bridge/clock';

describe('the clock of a window', () => {
  let hidden: boolean;
  let ticks: number;
  let clock: Clock;
  let turn: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    hidden = false;
    ticks = 0;
    clock = createClock(Date.now, {
      get hidden() {
        return hidden;
      },
      addEventListener: (_type: string, listener: unknown) => {
        turn = listener as () => void;
      },
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const hide = (value: boolean) => {
    hidden = value;
    turn();
  };
  const listen = (calmFrom?: number) => clock.subscribe(() => (ticks += 1), calmFrom);

  test('ticks while somebody listens, and leaves no timer behind', () => {
    const stop = listen();
    vi.advanceTimersByTime(2_000);
    expect(ticks).toBe(4);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('rests while nobody can see the page, and shows the present as soon as somebody can', () => {
    listen();
    hide(true);
    vi.advanceTimersByTime(60_000);
    expect(ticks).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    hide(false);
    expect(ticks).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(ticks).toBe(3);
  });

  test('wakes a window in which nothing counts seconds once in five seconds, no more', () => {
    listen(0);
    vi.advanceTimersByTime(60_000);
    expect(ticks).toBe(12);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('counts seconds for as long as anything does, and is calm from the moment it said', () => {
    listen(Date.now() + 60_000);
    vi.advanceTimersByTime(60_000);
    expect(ticks).toBe(120);
    vi.advanceTimersByTime(60_000);
    expect(ticks).toBe(132);
  });

  test('counts seconds at once for who begins to, and is calm again when they leave', () => {
    listen(0);
    vi.advanceTimersByTime(1_000);
    const stop = listen();
    vi.advanceTimersByTime(2_000);
    expect(ticks).toBe(8);
    stop();
    vi.advanceTimersByTime(10_000);
    expect(ticks).toBe(10);
  });

  test('rests for who begins to listen on a hidden page, too', () => {
    hidden = true;
    listen();
    expect(vi.getTimerCount()).toBe(0);
  });
});
