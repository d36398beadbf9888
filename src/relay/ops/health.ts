/** `/healthz` (the process answers), `/readyz` (the store takes writes), `/metrics` (Prometheus). */
import type { FastifyInstance } from 'fastify';
import { StoreError, type Store } from '../store/port';
import type { Metrics } from './metrics';

/** A store that has not answered by then is not ready. */
const CHECK_WITHIN_MS = 2_000;

async function storeProblem(store: Pick<Store, 'check'>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('the store does not answer'), CHECK_WITHIN_MS);
  });
  const checked = store.check().then(
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
  store: Pick<Store, 'check' | 'position'>;
  metrics: Metrics;
  /** Desks that are connected and past their hello. */
  desks: () => number;
  /** True once the relay is going down: a load balancer should look elsewhere. */
  draining: () => boolean;
}

export function healthRoutes(app: FastifyInstance, { store, metrics, desks, draining }: HealthDeps): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const problem = draining() ? 'the relay is going down' : await storeProblem(store);
    if (problem === undefined) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', reason: problem });
  });
  app.get('/metrics', async (_request, reply) => {
    metrics.logHead.set(store.position().head);
    metrics.desks.set(desks());
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
