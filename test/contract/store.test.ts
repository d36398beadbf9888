import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresStore } from '../../src/relay/store/postgres/store';
import { openSqliteStore } from '../../src/relay/store/sqlite/store';
import { inlineThread } from '../../src/relay/store/sqlite/thread';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../support/postgres/server';
import { describeCalling } from './calling-contract';
import { CONTRACT_QUEUES } from './contract-events';
import { describeLeadCalls } from './lead-calls-contract';
import { describeLeadSegments } from './lead-segments-contract';
import { describeLeads } from './leads-contract';
import { describeStore, type StoreFactory } from './store-contract';

const sqlite: StoreFactory = {
  name: 'sqlite',
  place: async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-store-'));
    const file = { path: path.join(folder, 'store.db'), exclusive: false, queues: CONTRACT_QUEUES };
    return {
      open: () => openSqliteStore(file, inlineThread),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, SERVER_STARTS_WITHIN_MS);
afterAll(() => server.stop());

const postgres: StoreFactory = {
  name: 'postgres',
  place: async () => {
    const url = await server.database();
    return {
      open: () => openPostgresStore({ url, queues: CONTRACT_QUEUES }),
      remove: () => Promise.resolve(),
    };
  },
};

for (const factory of [sqlite, postgres]) {
  describeStore(factory);
  describeCalling(factory);
  describeLeads(factory);
  describeLeadSegments(factory);
  describeLeadCalls(factory);
}
