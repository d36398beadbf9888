/** A database of any earlier version opens with what it held, in both dialects. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/relay/store/port';
import { parseAddress } from '../../../src/relay/store/postgres/address';
import * as postgres from '../../../src/relay/store/postgres/migrations';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import { SqliteDatabase } from '../../../src/relay/store/sqlite/database';
import * as sqlite from '../../../src/relay/store/sqlite/migrations';
import { openSqliteStore } from '../../../src/relay/store/sqlite/store';
import { inlineThread } from '../../../src/relay/store/sqlite/thread';
import { CONTRACT_QUEUES, event } from '../../contract/contract-events';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../../support/postgres/server';

const versions = (migrations: readonly string[]) => migrations.map((_, index) => index + 1);
const everyone = { keys: [], all: true };

/** What every version has columns for. @param type of the event, where it has a column of its own */
function history(type: '' | ", 'call.escalated', 0"): string {
  const { body } = event('old', { call: 'test:old' });
  return `
    INSERT INTO events ("offset", source, id, call, received, audience, body${type === '' ? '' : ', type, dnc'})
      VALUES (1, '/platforms/test', 'old', 'test:old', 5, '["q:blue"]', '${body}'${type});
    INSERT INTO reach (key, "offset") VALUES ('q:blue', 1);
    INSERT INTO calls (call, audience, rank, last_offset, last_received) VALUES ('test:old', '["q:blue"]', 'escalated', 1, 5);
    INSERT INTO agents (id, name, numbers, queues, role, token_hash, since)
      VALUES ('asha', 'Asha', '[]', '["blue"]', 'agent', 'hash', 0);`;
}

async function expectHistory(store: Store): Promise<void> {
  try {
    expect((await store.page(0, everyone, 10)).entries.map(({ offset }) => offset)).toEqual([1]);
    expect(await store.agentByToken('hash')).toMatchObject({ name: 'Asha', queues: ['blue'] });
    expect(await store.append([event('old', { call: 'test:old' }), event('new', { call: 'test:old' })])).toEqual({
      offsets: [null, 2],
    });
    const agent = { id: 'asha', name: 'Asha' };
    expect(await store.takeSeat({ agent: 'asha', desk: 'd', takeover: false })).toBe(true);
    expect(await store.claim({ call: 'test:old', agent, viewer: everyone, now: 10, leaseMs: 1_000 })).toMatchObject({
      ok: true,
    });
  } finally {
    await store.close();
  }
}

describe('sqlite', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'handover-versions-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test.each(versions(sqlite.MIGRATIONS))('version %i', async (version) => {
    const file = { path: path.join(folder, 'old.db'), exclusive: false };
    const old = new SqliteDatabase(file.path, file);
    sqlite.migrate(old, version);
    old.exec(history(''));
    old.close();
    await expectHistory(await openSqliteStore({ ...file, queues: CONTRACT_QUEUES }, inlineThread));
  });

  test('a newer version than this is refused', async () => {
    const file = { path: path.join(folder, 'new.db'), exclusive: false };
    const newer = new SqliteDatabase(file.path, file);
    newer.exec('PRAGMA user_version = 1000');
    newer.close();
    await expect(openSqliteStore({ ...file, queues: [] }, inlineThread)).rejects.toThrow('run a newer relay');
  });
});

describe('postgres', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  }, SERVER_STARTS_WITHIN_MS);
  afterAll(() => server.stop());

  test.each(versions(postgres.MIGRATIONS))('version %i', async (version) => {
    const url = await server.database();
    await postgres.migrate(parseAddress(url), version);
    await server.run(`${history(", 'call.escalated', 0")} UPDATE log_head SET head = 1`, url);
    await expectHistory(await openPostgresStore({ url, queues: CONTRACT_QUEUES }));
  });

  test('a newer version than this is refused', async () => {
    const url = await server.database();
    await server.run('CREATE TABLE schema_version AS SELECT 1000 AS version', url);
    await expect(openPostgresStore({ url, queues: [] })).rejects.toThrow('run a newer relay');
  });

  test('relays that start at once on an empty database share one schema', async () => {
    const url = await server.database();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore({ url, queues: [] })));
    const epochs = new Set(stores.map((store) => store.position().epoch));
    await Promise.all(stores.map((store) => store.close()));
    expect(epochs.size).toBe(1);
    expect(await server.run('SELECT version FROM schema_version', url)).toEqual([
      { version: postgres.MIGRATIONS.length },
    ]);
  });
});
