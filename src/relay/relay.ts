/** The relay as a whole: everything is made and wired here, and taken down in reverse order. */
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { DESK_CLOSE } from '../shared/contract/desk-protocol';
import type { AdminDeps } from './admin/commands';
import type { Clock } from './clock';
import type { RelayConfig } from './config/schema';
import { attachDesks } from './desks/server';
import { Hub } from './desks/hub';
import { createLeaseKeeper } from './desks/leases';
import { Tail } from './desks/tail';
import { DESK_TIMINGS, type DeskTimings } from './desks/timings';
import { MAX_BODY_BYTES, webhookRoutes } from './ingest/webhooks';
import { healthRoutes } from './ops/health';
import { createMetrics, type Metrics } from './ops/metrics';
import { UNROUTED_QUEUE } from './routing/audience';
import type { Store } from './store/port';

/** Node's own limits suit slow browsers; webhooks are small and quick, and slow senders are attacks. */
const REQUEST_WITHIN_MS = 15_000;
const HEADERS_WITHIN_MS = 10_000;
const KEEP_ALIVE_MS = 60_000;
const MAX_HEADER_BYTES = 16 * 1024;

export interface RelayDeps {
  config: RelayConfig;
  store: Store;
  clock: Clock;
  log: Logger;
  timings?: Partial<DeskTimings>;
}

export interface Relay {
  /** `http://host:port`, with the port that was really taken. */
  url: string;
  admin: AdminDeps;
  metrics: Metrics;
  /** Takes nothing new, finishes what is under way, closes desks with 1001, closes the store. */
  stop(): Promise<void>;
}

async function createApp(config: RelayConfig): Promise<FastifyInstance> {
  const { tls, trusted_proxies } = config.listen;
  const options = {
    logger: false as const,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_WITHIN_MS },
    forceCloseConnections: true,
    ...(trusted_proxies.length === 0 ? {} : { trustProxy: trusted_proxies }),
  };
  if (tls === undefined) return fastify(options);
  const [cert, key] = await Promise.all([readFile(tls.cert), readFile(tls.key)]);
  const { http, ...rest } = options;
  return fastify({ ...rest, https: { ...http, cert, key } });
}

/** Starts a relay on an open store. @throws when the address cannot be listened on */
export async function startRelay({ config, store, clock, log, timings }: RelayDeps): Promise<Relay> {
  const metrics = createMetrics();
  const deskTimings: DeskTimings = { ...DESK_TIMINGS, ...timings };
  const hub = new Hub(new Tail(store.position().head));
  const leases = createLeaseKeeper({ store, clock, leaseMs: deskTimings.leaseMs, log });
  let draining = false;

  store.onAppended((entries) => hub.publish(entries));
  const app = await createApp(config);
  healthRoutes(app, { store, metrics, draining: () => draining });
  await webhookRoutes(app, {
    platforms: config.platforms,
    store,
    clock,
    lateAfterS: config.late_after_s,
    log,
    metrics,
  });
  const desks = attachDesks(app.server, {
    hub,
    store,
    leases,
    clock,
    metrics,
    log,
    timings: deskTimings,
    leaseMs: deskTimings.leaseMs,
    platforms: [...config.platforms.values()].map(({ platform }) => platform.traits),
  });
  await leases.start();
  await app.listen({ host: config.listen.host, port: config.listen.port });

  const { port } = app.server.address() as AddressInfo;
  const scheme = config.listen.tls === undefined ? 'http' : 'https';
  const host = config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host;
  return {
    url: `${scheme}://${host}:${port}`,
    metrics,
    admin: {
      store,
      queues: [UNROUTED_QUEUE, ...config.queues.map(({ id }) => id)],
      agentChanged: (id) => hub.closeAgent(id, DESK_CLOSE.goingAway.code, 'the agent changed'),
      agentRevoked: (id) => hub.closeAgent(id, DESK_CLOSE.tokenRefused.code, 'token refused'),
    },
    stop: async () => {
      draining = true;
      desks.stop();
      hub.closeAll(DESK_CLOSE.goingAway.code, 'the relay is going down');
      await app.close();
      leases.stop();
      await store.close();
    },
  };
}
