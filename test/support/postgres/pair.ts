/**
 * PostgreSQL as an IT department runs it for a floor: a primary, and a standby that has every commit before it is
 * acknowledged (or soon after, where that is asked for). Either may be lost; the names of the two hosts stay.
 */
import { until } from '../poll';
import { PostgresServer } from './server';

const SETTINGS = ['wal_keep_size = 512', 'max_wal_senders = 5', 'shared_buffers = 64MB'];
const DATABASE = 'floor';
const FOLLOWS_WITHIN_MS = 30_000;

export interface PairOptions {
  /** A commit waits until the standby has it on disk. */
  synchronous: boolean;
}

export class PostgresPair {
  /** Since when the standby lacks what the primary has, `performance.now()`: a failover loses what came later. */
  behindSince: number | undefined;

  private constructor(
    private readonly servers: [PostgresServer, PostgresServer],
    private readonly synchronous: boolean,
    private primaryAt: 0 | 1 = 0,
  ) {}

  static async start({ synchronous }: PairOptions): Promise<PostgresPair> {
    const primary = await PostgresServer.start({ durable: true, settings: SETTINGS });
    try {
      await primary.run(`CREATE DATABASE ${DATABASE}`);
      const pair = new PostgresPair([primary, await PostgresServer.standbyOf(primary)], synchronous);
      await pair.follows();
      return pair;
    } catch (error) {
      await primary.stop();
      throw error;
    }
  }

  get primary(): PostgresServer {
    return this.servers[this.primaryAt];
  }

  get standby(): PostgresServer {
    return this.servers[this.primaryAt === 0 ? 1 : 0];
  }

  /** Of both servers; they never change. */
  get ports(): [number, number] {
    const [first, second] = this.servers;
    return [first.port, second.port];
  }

  /** @param ports where the servers are reached, in this order */
  url(ports: readonly number[] = this.ports): string {
    const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
    return `postgres://handover@${hosts}/${DATABASE}`;
  }

  /** From now on the standby falls behind. */
  async fallBehind(): Promise<void> {
    this.behindSince ??= performance.now();
    await this.standby.stopReceiving();
  }

  /** The primary's machine is lost, and the standby takes over. */
  async failOver(): Promise<void> {
    await this.primary.down('crash');
    await this.standby.promote();
    this.primaryAt = this.primaryAt === 0 ? 1 : 0;
  }

  /** A new standby in the place of the machine that was lost. */
  async rebuild(): Promise<void> {
    const { port } = this.standby;
    await this.standby.stop();
    this.servers[this.primaryAt === 0 ? 1 : 0] = await PostgresServer.standbyOf(this.primary, port);
    await this.follows();
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
  }

  /** Waits for the standby to follow, and has commits wait for it from now on where that was asked for. */
  private async follows(): Promise<void> {
    const names = this.synchronous ? '*' : '';
    await this.primary.run(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
    await this.primary.run('SELECT pg_reload_conf()');
    const wanted = this.synchronous ? 'sync' : 'async';
    await until(
      `a standby that is ${wanted}`,
      async () => {
        const rows = await this.primary.run<{ state: string; sync_state: string }>(
          'SELECT state, sync_state FROM pg_stat_replication',
        );
        return rows.some(({ state, sync_state: sync }) => state === 'streaming' && sync === wanted);
      },
      FOLLOWS_WITHIN_MS,
    );
  }
}
