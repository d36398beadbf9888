/** Sweeps the store now and then, a portion at a time. */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { RelayConfig } from '../config/schema';
import type { Metrics } from '../ops/metrics';
import { sparingly } from '../ops/sparingly';
import type { RetentionStore, SweepLimits } from './port';

const EVERY_MS = 60_000;
/** Pause between portions, so that a large sweep leaves the disk to acknowledgements. */
const BETWEEN_MS = 50;
const DAY_MS = 86_400_000;
/** Of this time the log stays whole, whatever its size: desks and follow-up work live on it. */
const NEVER_BY_SIZE_MS = DAY_MS;
const WARN_EVERY_MS = 3_600_000;
const MB = 1024 * 1024;

export interface Sweeper {
  /** Sweeps everything that is due now. */
  run(): Promise<void>;
  stop(): void;
}

export function sweepLimits(
  { retention, deliveries }: Pick<RelayConfig, 'retention' | 'deliveries'>,
  now: number,
): SweepLimits {
  return {
    eventsBefore: now - retention.days * DAY_MS,
    deliveriesBefore: now - deliveries.days * DAY_MS,
    maxBytes: retention.max_mb * MB,
    bySizeBefore: now - NEVER_BY_SIZE_MS,
    maxBodyBytes: deliveries.max_mb * MB,
    idsBefore: now - retention.days * DAY_MS,
  };
}

export function createSweeper(deps: {
  store: Pick<RetentionStore, 'sweep'>;
  /** Whether this relay sweeps, where several share the store. */
  onDuty: () => boolean;
  config: Pick<RelayConfig, 'retention' | 'deliveries'>;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
}): Sweeper {
  const { store, config, clock, metrics, log } = deps;
  let stopped = false;
  const warn = sparingly(clock, WARN_EVERY_MS);
  const run = async () => {
    for (;;) {
      const { events, deliveries, more, overfull } = await store.sweep(sweepLimits(config, clock.now()));
      metrics.swept.inc({ kind: 'events' }, events);
      metrics.swept.inc({ kind: 'deliveries' }, deliveries);
      if (overfull) {
        warn(() =>
          log.warn('the database is above retention.max_mb though no events are left that are older than a day'),
        );
      }
      if (!more || stopped) return;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
  };
  let running = false;
  const timer = setInterval(() => {
    if (running || !deps.onDuty()) return;
    running = true;
    run()
      .catch((error: unknown) => log.warn({ err: error }, 'the sweep failed and will be tried again'))
      .finally(() => (running = false));
  }, EVERY_MS);
  timer.unref();
  return {
    run,
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}
