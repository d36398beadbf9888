/** The relay as a whole: everything is made and wired here, and taken down in reverse order. */
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { DESK_CLOSE } from '../shared/contract/desk-protocol';
import type { AdminDeps } from './admin/commands';
import { createAgentChecks } from './check/agent-check';
import { runCheck } from './check/run-check';
import type { Clock } from './clock';
import type { RelayConfig } from './config/schema';
import { createRecorder } from './deliveries/recorder';
import type { Seal } from './deliveries/seal';
import { createDeliveries } from './deliveries/service';
import { attachDesks } from './desks/server';
import { Hub } from './desks/hub';
import { createLeaseKeeper } from './desks/leases';
import { watchRoster } from './desks/roster';
import { createSeats } from './desks/seats';
import { createSnapshotDesk } from './desks/snapshots';
import { Tail } from './desks/tail';
import { DESK_TIMINGS, type DeskTimings } from './desks/timings';
import { FloorBoard } from './floor/board';
import { createInvites } from './invites/invites';
import { registerGateway } from './gateway/register';
import { createApp, stopApp } from './http/app';
import { clientAddress } from './http/client-address';
import { reloadTls } from './http/tls';
import { webhookRoutes } from './ingest/webhooks';
import { createReminders } from './callbacks/reminders';
import type { OpenReader } from './leads/import/thread';
import { createListBook } from './leads/list-book';
import { createReadiness, healthRoutes } from './ops/health';
import { createMetrics, type Metrics } from './ops/metrics';
import { watchStore } from './ops/watch-store';
import { createSweeper } from './retention/sweeper';
import { UNROUTED_QUEUE } from './routing/audience';
import type { Store } from './store/port';

export interface RelayDeps {
  config: RelayConfig;
  store: Store;
  /** Encrypts webhook bodies at rest. */
  seal: Seal;
  clock: Clock;
  /** 0 ≤ n < 1. */
  random: () => number;
  /** How platforms are reached. */
  fetch: typeof globalThis.fetch;
  log: Logger;
  /** Reads files of leads; absent: in this thread. */
  reader?: OpenReader;
  timings?: Partial<DeskTimings>;
  /** Shortened by tests only. */
  remindersEveryMs?: number;
}

export interface Relay {
  /** `http://host:port`, with the port that was really taken. */
  url: string;
  admin: AdminDeps;
  metrics: Metrics;
  /** Takes nothing new, finishes what is under way, closes desks with 1001, closes the store. */
  stop(): Promise<void>;
}

function addressOf({ host, tls }: Pick<RelayConfig['listen'], 'host' | 'tls'>, port: number): string {
  return `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where a relay is reached from its own machine, also one that listens everywhere. */
export function ownAddress({ host, tls }: RelayConfig['listen'], port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return addressOf({ host: reachable, tls }, port);
}

/** Starts a relay on an open store. @throws when the address cannot be listened on */
export async function startRelay(deps: RelayDeps): Promise<Relay> {
  const { config, store, seal, random, fetch, log, timings, reader } = deps;
  // Relays that share a store agree on the time, whatever their machines say.
  const clock: Clock = { now: () => deps.clock.now() + store.clockOffset(), monotonic: () => deps.clock.monotonic() };
  const metrics = createMetrics();
  const deskTimings: DeskTimings = { ...DESK_TIMINGS, ...timings };
  const hub = new Hub(new Tail(store.position().head));
  const leases = createLeaseKeeper({ store, clock, leaseMs: deskTimings.leaseMs, log });
  const seats = createSeats({ store, hub, probeMs: deskTimings.probeMs, log });
  const recorder = createRecorder(store.deliveries, clock, log);
  const watch = watchStore({ store, clock, metrics, log });
  const sweeper = createSweeper({ store: store.retention, onDuty: store.onDuty, config, clock, metrics, log });
  const { platforms, late_after_s: lateAfterS } = config;
  let draining = false;
  /** Known once it listens. */
  let ownUrl = '';

  store.onAppended((entries) => hub.publish(entries));
  store.onRestarted(() => hub.restart(store.position().head, DESK_CLOSE.goingAway.code, 'the log changed'));
  const roster = watchRoster({ store, hub, log });
  const app = await createApp(config);
  const readiness = createReadiness(store, clock);
  healthRoutes(app, { store, readiness, metrics, desks: () => hub.size, draining: () => draining });
  await webhookRoutes(app, {
    platforms,
    store: readiness,
    recorder,
    seal,
    clock,
    lateAfterS,
    log,
    metrics,
    load: { bytes: 0 },
  });
  const deliveries = createDeliveries({ store, seal, platforms, clock, lateAfterS });
  const leadTimes = (agent: string, from: number) => store.sightings.leadTimes(agent, from);
  const queues = [UNROUTED_QUEUE, ...config.queues.map(({ id }) => id)];
  const board = new FloorBoard(store, clock);
  store.onRestarted(() => board.forget());
  const gateway = await registerGateway(app, {
    platforms,
    settings: config,
    store,
    clock,
    random,
    fetch,
    log,
    deliveries,
    leadTimes,
    invites: createInvites({ store: store.invites, clock, queues }),
    floor: { board, store: store.floor, queues: config.queues },
    checks: createAgentChecks({ url: () => ownUrl, platforms, store, clock }),
    ...(reader === undefined ? {} : { reader }),
  });
  const desks = attachDesks(app.server, {
    hub,
    seats,
    snapshots: createSnapshotDesk(store, clock),
    store,
    leases,
    clock,
    metrics,
    log,
    timings: deskTimings,
    leaseMs: deskTimings.leaseMs,
    addressOf: clientAddress(config.listen.trusted_proxies),
    platforms: [...platforms.values()].map(({ platform }) => platform.traits),
  });
  const { tls } = config.listen;
  const stopTls = tls === undefined ? () => undefined : reloadTls(app.server, tls, log);
  const reminders = createReminders({
    ...{ hub, store: store.callbacks, lists: createListBook(store.leads, clock), clock, log },
    ...(deps.remindersEveryMs === undefined ? {} : { everyMs: deps.remindersEveryMs }),
  });
  await leases.start();
  await app.listen({ host: config.listen.host, port: config.listen.port });
  gateway.start();
  reminders.kick();

  const { port } = app.server.address() as AddressInfo;
  ownUrl = ownAddress(config.listen, port);
  return {
    url: addressOf(config.listen, port),
    metrics,
    admin: {
      store,
      seal,
      clock,
      deliveries,
      queues,
      crmChanged: () => gateway.crmChanged(),
      imports: () => gateway.imports(),
      webhooks: () => gateway.webhooks,
      check: () => runCheck({ url: ownUrl, platforms, store, clock }),
    },
    stop: async () => {
      draining = true;
      stopTls();
      watch.stop();
      await reminders.stop();
      sweeper.stop();
      roster.stop();
      desks.stop();
      hub.closeAll(DESK_CLOSE.goingAway.code, 'the relay is going down');
      await stopApp(app);
      await gateway.stop();
      leases.stop();
      await recorder.stop();
      await store.close();
    },
  };
}
