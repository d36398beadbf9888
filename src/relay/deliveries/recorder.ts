/**
 * Writes down what need not be durable before the answer: how long answers took, and requests that were refused. Both
 * in batches, and the latter only so many a minute: whoever floods the relay must not fill its disk.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { DeliveryStore, Refusal } from './port';

/** Often and little at a time: these writes share their commits with webhooks that wait for an answer. */
const FLUSH_EVERY_MS = 250;
const REFUSALS_PER_MINUTE = 100;
const MINUTE_MS = 60_000;

export interface Recorder {
  answered(delivery: number, ms: number): void;
  refused(refusal: Omit<Refusal, 'uncounted'>): void;
  /** Writes what is waiting and stops. */
  stop(): Promise<void>;
}

export function createRecorder(store: DeliveryStore, clock: Clock, log: Logger): Recorder {
  let durations: { id: number; ms: number }[] = [];
  let refusals: Refusal[] = [];
  let minute = { began: clock.monotonic(), written: 0, uncounted: 0 };

  const flush = async () => {
    const [answered, refused] = [durations, refusals];
    durations = [];
    refusals = [];
    try {
      if (answered.length > 0) await store.noteDurations(answered);
      if (refused.length > 0) await store.recordRefusals(refused);
    } catch (error) {
      log.warn({ err: error }, 'deliveries could not be noted');
    }
  };
  // Left running on purpose: `flush` handles its own failure.
  const timer = setInterval(() => void flush(), FLUSH_EVERY_MS);
  timer.unref();

  return {
    answered: (id, ms) => durations.push({ id, ms }),
    refused: (refusal) => {
      if (clock.monotonic() - minute.began >= MINUTE_MS) {
        minute = { began: clock.monotonic(), written: 0, uncounted: minute.uncounted };
      }
      if (minute.written >= REFUSALS_PER_MINUTE) {
        minute.uncounted += 1;
        return;
      }
      minute.written += 1;
      refusals.push({ ...refusal, uncounted: minute.uncounted });
      minute.uncounted = 0;
    },
    stop: () => {
      clearInterval(timer);
      return flush();
    },
  };
}
