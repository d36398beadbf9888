/** Where the relays of tests keep their data: a SQLite file of their own, unless a test file runs them over PostgreSQL. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock, type Clock } from '../../../src/relay/clock';
import type { QueueRule } from '../../../src/relay/routing/route';
import type { Store } from '../../../src/relay/store/port';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import { openSqliteStore } from '../../../src/relay/store/sqlite/store';
import { killableThread, type Killable } from '../../relay/gateway/support/killable-thread';
import { TcpProxy } from '../chaos/tcp-proxy';
import type { PostgresServer } from '../postgres/server';

export interface TestDatabase {
  /** Opens the store, also again on what it held before. */
  open(options?: { queues?: readonly QueueRule[]; clock?: Clock }): Promise<Store>;
  /** The store's process is gone at once: what it was about to write is not written. */
  kill(): void;
  /** Whether the text stands readable in the database's files. */
  holds(text: string): Promise<boolean>;
}

let server: PostgresServer | undefined;

/** From here on this file's relays use databases of this server. */
export function keepTestsOn(postgres: PostgresServer): void {
  server = postgres;
}

/** A database of its own. @param folder for a file */
export async function makeDatabase(folder: string): Promise<TestDatabase> {
  return server === undefined ? onSqlite(folder) : onPostgres(server, await server.database(await migrated(server)));
}

const models = new WeakMap<PostgresServer, Promise<string>>();

/** A database with the tables that a store makes, to copy: making them takes four times as long. */
function migrated(postgres: PostgresServer): Promise<string> {
  let model = models.get(postgres);
  if (model === undefined) {
    model = (async () => {
      const url = await postgres.database();
      const store = await openPostgresStore({ url, queues: [] }, { clock: systemClock });
      await store.close();
      return url;
    })();
    models.set(postgres, model);
  }
  return model;
}

function onSqlite(folder: string): TestDatabase {
  let thread: Killable | undefined;
  return {
    open: ({ queues = [] } = {}) => {
      thread = killableThread();
      return openSqliteStore({ path: path.join(folder, 'relay.db'), exclusive: false, queues }, thread.start);
    },
    kill: () => thread?.kill(),
    holds: async (text) => {
      for (const name of ['relay.db', 'relay.db-wal']) {
        const bytes = await readFile(path.join(folder, name)).catch(() => Buffer.alloc(0));
        if (bytes.includes(text)) return true;
      }
      return false;
    },
  };
}

function onPostgres(postgres: PostgresServer, url: string): TestDatabase {
  let proxy: TcpProxy | undefined;
  let gone: Promise<void> | undefined;
  return {
    open: async ({ queues = [], clock = systemClock } = {}) => {
      if (gone !== undefined) {
        await gone;
        // As if the others had waited until it counts as dead.
        await postgres.run('UPDATE relays SET until = 0', url);
        await postgres.run('UPDATE duty SET until = 0', url);
      }
      proxy = await TcpProxy.start(postgres.port, () => ({ harm: 'none', afterBytes: Infinity, waitMs: 0 }));
      const through = url.replace(`:${postgres.port}/`, `:${proxy.port}/`);
      return openPostgresStore({ url: through, queues }, { clock });
    },
    kill: () => {
      gone = proxy?.stop();
    },
    holds: async (text) => {
      await postgres.run('CHECKPOINT', url);
      const [row] = await postgres.run<{ oid: number }>(
        'SELECT oid FROM pg_database WHERE datname = current_database()',
        url,
      );
      const files = path.join(postgres.data, 'base', String(row?.oid));
      for (const name of await readdir(files)) {
        if ((await readFile(path.join(files, name))).includes(text)) return true;
      }
      return false;
    },
  };
}
