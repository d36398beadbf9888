/**
 * A floor as an IT department runs it: several relays over one PostgreSQL with its standby. Between every relay and each
 * database server, and between every relay and the desks, runs a cable that can be pulled.
 */
import { randomBytes } from 'node:crypto';
import { issueToken } from '../../../src/relay/admin/commands';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import { PostgresPair } from '../postgres/pair';
import { until } from '../poll';
import { Cable } from './cable';
import { RelayHost, type NewAgent } from './relay-host';
import { QUEUE_NUMBER, WEBHOOK_SECRET } from './webhook';

/** Agents are spread over so many queues, as teams are. */
export const TEAMS = 10;
export const teamOf = (n: number): string => `team${n % TEAMS}`;
/** The number whose calls go to a team. */
export const numberOfTeam = (n: number): string => `${QUEUE_NUMBER.slice(0, -2)}${String(n % TEAMS).padStart(2, '0')}`;

const QUEUES = Array.from({ length: TEAMS }, (_, n) => ({
  id: teamOf(n),
  name: `Team ${n}`,
  numbers: [numberOfTeam(n)],
  labels: [],
}));

const READY_WITHIN_MS = 60_000;
/** As many as the configuration allows: what agents start here never ends. */
const MOST_CALLS_AT_ONCE = 50;
const WHO_WAITS = `SELECT pid, pg_blocking_pids(pid) AS behind, state, wait_event, now() - state_change AS since,
  left(query, 80) AS query FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid()`;
/** How many agents are added at a time. */
const ADD_WITHIN = 50;

export interface FloorOptions {
  relays: number;
  /** Every commit waits for the standby. */
  synchronous: boolean;
  /** Where the platform that starts calls is reached. */
  platform: string;
  /** Added to the environment of the n-th relay. */
  env?: (relay: number) => Readonly<Record<string, string>>;
}

export interface FloorRelay {
  host: RelayHost;
  /** To the database servers. */
  toDatabase: Cable[];
  /** From desks. Webhooks come another way. */
  toDesks: Cable;
}

export class FloorHost {
  private constructor(
    readonly database: PostgresPair,
    readonly relays: FloorRelay[],
  ) {}

  static async start(options: FloorOptions): Promise<FloorHost> {
    const floor = new FloorHost(await PostgresPair.start(options), []);
    try {
      // At once, as after a power cut: each finds the schema made, or makes it.
      const key = randomBytes(24).toString('base64url');
      const starting = Array.from({ length: options.relays }, (_, n) => floor.startRelay(n, key, options));
      const started = await Promise.allSettled(starting);
      for (const one of started) if (one.status === 'fulfilled') floor.relays.push(one.value);
      await Promise.all(starting);
      return floor;
    } catch (error) {
      await floor.stop();
      throw error;
    }
  }

  /** Where desks find the relays, beginning with the n-th. */
  portsFrom(n: number): number[] {
    return this.relays.map((_, k) => this.relay(n + k).toDesks.port);
  }

  relay(n: number): FloorRelay {
    const relay = this.relays[n % this.relays.length];
    if (relay === undefined) throw new Error('a floor without relays');
    return relay;
  }

  /** Adds agents as the command line does: in the database, past the relays. Returns their tokens. */
  async addAgents(agents: readonly NewAgent[]): Promise<string[]> {
    const store = await openPostgresStore({ url: this.database.url(), queues: QUEUES });
    try {
      const tokens: string[] = [];
      for (let first = 0; first < agents.length; first += ADD_WITHIN) {
        const batch = agents
          .slice(first, first + ADD_WITHIN)
          .map(({ id, numbers = [], queues = [], role = 'agent' }) =>
            issueToken(store, { id, name: `Agent ${id}`, numbers, queues, role }),
          );
        tokens.push(...(await Promise.all(batch)));
      }
      return tokens;
    } finally {
      await store.close();
    }
  }

  /** Waits until every relay says that it is ready. */
  async whole(): Promise<void> {
    for (const [n, { host }] of this.relays.entries()) {
      const ready = () =>
        host.status('/readyz').then(
          (status) => status === 200,
          () => false,
        );
      await until(`relay ${n} to be ready again`, ready, READY_WITHIN_MS).catch(async (error: unknown) => {
        const busy = await this.database.primary.run(WHO_WAITS);
        throw new Error(`relay ${n} is not ready; it said ${host.lastWords}; at the database ${JSON.stringify(busy)}`, {
          cause: error,
        });
      });
    }
  }

  async stop(): Promise<void> {
    for (const { host, toDatabase, toDesks } of this.relays) {
      await host.stop();
      for (const cable of [...toDatabase, toDesks]) await cable.stop();
    }
    await this.database.stop();
  }

  private async startRelay(n: number, key: string, { platform, env }: FloorOptions): Promise<FloorRelay> {
    const toDatabase = await Promise.all(this.database.ports.map((port) => Cable.start(port)));
    const api = { base: platform, key: 'k', agent_id: 'a', from_number: '+14155550100' };
    const settings = {
      store: { kind: 'postgres', url: this.database.url(toDatabase.map(({ port }) => port)) },
      deliveries: { key },
      platforms: { vinfer: { secrets: [WEBHOOK_SECRET] }, voiceinfra: { secrets: [WEBHOOK_SECRET], api } },
      queues: QUEUES,
      dialling: { calls_at_once: MOST_CALLS_AT_ONCE },
    };
    try {
      const host = await RelayHost.start({ settings, ...(env === undefined ? {} : { env: env(n) }) });
      return { host, toDatabase, toDesks: await Cable.start(host.port) };
    } catch (error) {
      for (const cable of toDatabase) await cable.stop();
      throw error;
    }
  }
}
