/** `/healthz` (the process answers), `/readyz` (the store takes writes), `/metrics` (Prometheus). */
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock';
import { StoreError, type Store } from '../store/port';
import type { Metrics } from './metrics';

/** A store that has not answered by then is not ready. */
const CHECK_WITHIN_MS = 2_000;

/** A check writes to the disk, and anybody may ask: its answer is good for so long. */
const VALID_MS = 1_000;

export interface Readiness {
  /** One check at a time, for all who ask meanwhile and a moment after. @throws StoreError when the store takes no writes */
  check(): Promise<void>;
  /** The store's `append`, whose outcomes tell whether an answer from before is still good. */
  append: Store['append'];
}

export function createReadiness(store: Pick<Store, 'append' | 'check'>, clock: Pick<Clock, 'monotonic'>): Readiness {
  let latest: { answer: Promise<void>; ended?: { at: number; well: boolean } } | undefined;
  const learned = (durable: boolean) => {
    if (latest?.ended !== undefined && latest.ended.well !== durable) latest = undefined;
  };
  return {
    check: () => {
      if (latest === undefined || (latest.ended !== undefined && clock.monotonic() - latest.ended.at >= VALID_MS)) {
        const current: typeof latest = { answer: store.check() };
        const end = (well: boolean) => () => void (current.ended = { at: clock.monotonic(), well });
        current.answer.then(end(true), end(false));
        latest = current;
      }
      return latest.answer;
    },
    append: async (events, arrival) => {
      try {
        const result = await store.append(events, arrival);
        learned(true);
        return result;
      } catch (error) {
        learned(false);
        throw error;
      }
    },
  };
}

async function storeProblem(check: () => Promise<void>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('the store does not answer'), CHECK_WITHIN_MS);
  });
  const checked = check().then(
    () => undefined,
    (error: unknown) => `the store refuses writes (${error instanceof StoreError ? error.fault : 'fault'})`,
  );
  try {
    return await Promise.race([checked, late]);
  } finally {
    clearTimeout(timer);
  }
}

export interface HealthDeps {
  store: Pick<Store, 'position'>;
  readiness: Pick<Readiness, 'check'>;
  metrics: Metrics;
  /** Desks that are connected and past their hello. */
  desks: () => number;
  /** True once the relay is going down: a load balancer should look elsewhere. */
  draining: () => boolean;
}

export function healthRoutes(app: FastifyInstance, { store, readiness, metrics, desks, draining }: HealthDeps): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const problem = draining() ? 'the relay is going down' : await storeProblem(() => readiness.check());
    if (problem === undefined) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', reason: problem });
  });
  app.get('/metrics', async (_request, reply) => {
    metrics.logHead.set(store.position().head);
    metrics.desks.set(desks());
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
