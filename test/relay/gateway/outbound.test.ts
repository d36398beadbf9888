import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlatformError } from '../../../src/platforms/api';
import { Attempts, backoffMs } from '../../../src/relay/gateway/platform-client/attempts';
import { FairQueue } from '../../../src/relay/gateway/platform-client/fair-queue';
import { RateWindow } from '../../../src/relay/gateway/platform-client/rate-window';

/** Timers and the date move only when told; one clock for the policies and the code around them. */
const clock = { now: () => Date.now(), monotonic: () => Date.now() };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const fault = (kind: PlatformError['fault'], retryAfterS?: number) =>
  new PlatformError(kind, 'stub', retryAfterS === undefined ? {} : { retryAfterS });

/** Runs an errand to its end, moving time as it needs. */
async function settle<T>(work: Promise<T>): Promise<T | PlatformError> {
  const settled = work.catch((error: unknown) => {
    if (error instanceof PlatformError) return error;
    throw error;
  });
  await vi.runAllTimersAsync();
  return settled;
}

describe('attempts', () => {
  it('repeat what is safe up to three times in all', async () => {
    const attempts = new Attempts('stub', () => 0.5, 15_000);
    const attempt = vi.fn(() => Promise.reject(fault('unclear')));
    expect(await settle(attempts.run('safe', attempt))).toMatchObject({ fault: 'unclear' });
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('never repeat what must happen once unless it certainly did not', async () => {
    const attempts = new Attempts('stub', () => 0.5, 15_000);
    const unclear = vi.fn(() => Promise.reject(fault('unclear')));
    await settle(attempts.run('once', unclear));
    expect(unclear).toHaveBeenCalledTimes(1);
    const away = vi.fn(() => Promise.reject(fault('unavailable')));
    await settle(attempts.run('once', away));
    expect(away).toHaveBeenCalledTimes(3);
  });

  it('do not repeat a refusal', async () => {
    const attempts = new Attempts('stub', () => 0.5, 15_000);
    for (const kind of ['rejected', 'unauthorized', 'not_found', 'unsupported'] as const) {
      const attempt = vi.fn(() => Promise.reject(fault(kind)));
      await settle(attempts.run('safe', attempt));
      expect(attempt, kind).toHaveBeenCalledTimes(1);
    }
  });

  it('of what the platform knows by its key stay unclear until one succeeds, whatever the later ones say', async () => {
    const fresh = () => new Attempts('stub', () => 0.5, 15_000);
    for (const later of [fault('rate_limited', 60), fault('unavailable', 60), fault('rejected'), new Error('a rule')]) {
      const attempt = vi.fn(() => Promise.reject(later)).mockRejectedValueOnce(fault('unclear'));
      const outcome = await settle(fresh().run('keyed', attempt));
      expect(outcome).toMatchObject({ fault: 'unclear' });
      expect((outcome as Error).cause).toBe(later);
      expect(attempt).toHaveBeenCalledTimes(2);
    }
    const found = vi.fn(() => Promise.resolve('call_1')).mockRejectedValueOnce(fault('unclear'));
    expect(await settle(fresh().run('keyed', found))).toBe('call_1');
    const away = vi.fn(() => Promise.reject(fault('rejected'))).mockRejectedValueOnce(fault('unavailable'));
    expect(await settle(fresh().run('keyed', away))).toMatchObject({ fault: 'rejected' });
  });

  it('of a read end with the last word', async () => {
    const attempts = new Attempts('stub', () => 0.5, 15_000);
    const attempt = vi.fn(() => Promise.reject(fault('not_found'))).mockRejectedValueOnce(fault('unclear'));
    expect(await settle(attempts.run('safe', attempt))).toMatchObject({ fault: 'not_found' });
  });

  it('wait with full jitter below a doubling, capped ceiling, and no less than the platform asks', () => {
    expect([1, 2, 3, 10].map((n) => backoffMs(n, fault('unavailable'), () => 0.999_999))).toEqual([
      500, 1_000, 2_000, 4_000,
    ]);
    expect(backoffMs(3, fault('unavailable'), () => 0)).toBe(0);
    expect(backoffMs(1, fault('rate_limited', 2), () => 0)).toBe(2_000);
  });

  it('pass a long Retry-After on instead of sitting it out', async () => {
    const attempts = new Attempts('stub', () => 0.5, 15_000);
    const attempt = vi.fn(() => Promise.reject(fault('rate_limited', 30)));
    expect(await settle(attempts.run('safe', attempt))).toMatchObject({ details: { retryAfterS: 30 } });
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

describe('the breaker', () => {
  it('leaves a platform alone after five failures, lets one request try it later, and closes when that works', async () => {
    const attempts = new Attempts('stub', () => 0, 15_000);
    const attempt = vi.fn<() => Promise<string>>(() => Promise.reject(fault('unclear')));
    for (let n = 0; n < 5; n += 1) await settle(attempts.run('once', attempt));
    expect(attempt).toHaveBeenCalledTimes(5);

    // Open: refused at once, certain that nothing was sent, so a key can be used again.
    const open = attempts.run('once', attempt).catch((error: unknown) => error);
    expect(await open).toMatchObject({ fault: 'unavailable', details: { retryAfterS: 15 } });
    expect(attempt).toHaveBeenCalledTimes(5);

    await vi.advanceTimersByTimeAsync(14_000);
    await settle(attempts.run('once', attempt));
    expect(attempt).toHaveBeenCalledTimes(5);

    await vi.advanceTimersByTimeAsync(1_100);
    attempt.mockImplementation(() => Promise.resolve('back'));
    expect(await settle(attempts.run('once', attempt))).toBe('back');
    expect(await settle(attempts.run('once', attempt))).toBe('back');
  });

  it('is not opened by refusals, which say that the platform is well', async () => {
    const attempts = new Attempts('stub', () => 0, 15_000);
    const attempt = vi.fn(() => Promise.reject(fault('rejected')));
    for (let n = 0; n < 20; n += 1) await settle(attempts.run('once', attempt));
    expect(attempt).toHaveBeenCalledTimes(20);
  });
});

describe('the rate window', () => {
  const resetIn = (seconds: number) => Math.floor(clock.now() / 1000) + seconds;

  it('lets requests leave while some remain, and holds them until the reset', () => {
    const window = new RateWindow(clock);
    expect(window.waitMs(false)).toBe(0);
    window.observe({ limit: 10, remaining: 2, resetAt: resetIn(30) });
    window.spend();
    expect(window.waitMs(false)).toBe(0);
    window.spend();
    expect(window.waitMs(false)).toBeGreaterThan(28_000);
    vi.advanceTimersByTime(31_000);
    expect(window.waitMs(false)).toBe(0);
  });

  it('keeps a quarter for people', () => {
    const window = new RateWindow(clock);
    window.observe({ limit: 100, remaining: 25, resetAt: resetIn(30) });
    expect(window.waitMs(false)).toBe(0);
    expect(window.waitMs(true)).toBeGreaterThan(0);
  });

  it('holds everything back for as long as the platform asks, but never for hours', () => {
    const window = new RateWindow(clock);
    window.refused(7);
    expect(window.waitMs(false)).toBe(7_000);
    window.refused(86_400);
    expect(window.waitMs(false)).toBe(600_000);
  });
});

describe('the fair queue', () => {
  /** Everything enters at once; nothing leaves before it is told. */
  function crowd(queue: FairQueue, ...agents: string[]) {
    const served: string[] = [];
    const leaves: (() => void)[] = [];
    const refused: PlatformError[] = [];
    for (const agent of agents) {
      queue.enter(agent, agent.startsWith('~')).then(
        (leave) => {
          served.push(agent);
          leaves.push(leave);
        },
        (error: unknown) => refused.push(error as PlatformError),
      );
    }
    return { served, leaves, refused };
  }

  const repeated = (agent: string, times: number) => Array.from({ length: times }, () => agent);

  it('serves agents in turn, and background work last', async () => {
    const window = new RateWindow(clock);
    const queue = new FairQueue('stub', window);
    window.refused(1);
    const { served } = crowd(queue, '~catch-up', ...repeated('a', 3), 'b', 'c', 'b');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(served).toEqual(['a', 'b', 'c', 'a', 'b', 'a', '~catch-up']);
  });

  it('lets sixteen through at a time', async () => {
    const queue = new FairQueue('stub', new RateWindow(clock));
    const { served, leaves } = crowd(queue, ...repeated('a', 10), ...repeated('b', 10));
    await vi.advanceTimersByTimeAsync(10);
    expect(served).toHaveLength(16);
    leaves[0]?.();
    await vi.advanceTimersByTimeAsync(10);
    expect(served).toHaveLength(17);
  });

  it('refuses what would wait too long or is too much, with when to come back', async () => {
    const window = new RateWindow(clock);
    const queue = new FairQueue('stub', window);
    window.refused(30);
    const { served, refused } = crowd(queue, ...repeated('a', 25), 'b');
    await vi.advanceTimersByTimeAsync(10);
    expect(refused).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(refused).toHaveLength(26);
    expect(refused[0]).toMatchObject({ fault: 'rate_limited', details: { retryAfterS: 30 } });
    expect(served).toEqual([]);
  });

  it('refuses what waits when it is closed', async () => {
    const window = new RateWindow(clock);
    const queue = new FairQueue('stub', window);
    window.refused(5);
    const { refused } = crowd(queue, 'a', 'b');
    queue.close();
    await vi.advanceTimersByTimeAsync(10);
    expect(refused).toHaveLength(2);
  });
});
