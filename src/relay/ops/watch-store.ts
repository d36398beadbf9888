/**
 * Knows how long the store has refused writes, and says so again and again: platforms switch an endpoint off after a
 * day of failures, so somebody must hear of it long before.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Store } from '../store/port';
import type { Metrics } from './metrics';

const CHECK_EVERY_MS = 10_000;
const REMIND_EVERY_MS = 60_000;

export interface StoreWatch {
  /** Checks now. Seconds since the store began to refuse; 0 while it takes writes. */
  check(): Promise<number>;
  stop(): void;
}

export function watchStore(deps: {
  store: Pick<Store, 'check'>;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
}): StoreWatch {
  const { store, clock, metrics, log } = deps;
  let since: number | undefined;
  let reminded = 0;

  const check = async () => {
    try {
      await store.check();
      if (since !== undefined) log.info('the store takes writes again');
      since = undefined;
    } catch (error) {
      const now = clock.monotonic();
      if (since === undefined || now - reminded >= REMIND_EVERY_MS) {
        log.error({ err: error }, 'the store refuses writes: webhooks are answered 503, platforms give up after a day');
        reminded = now;
      }
      since ??= now;
    }
    const seconds = since === undefined ? 0 : (clock.monotonic() - since) / 1000;
    metrics.unavailableSince.set(seconds);
    return seconds;
  };
  // Left running on purpose: `check` never rejects.
  const timer = setInterval(() => void check(), CHECK_EVERY_MS);
  timer.unref();
  return { check, stop: () => clearInterval(timer) };
}
