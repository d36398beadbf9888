import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openSqliteStore } from '../../src/relay/store/sqlite/store';
import { inlineThread } from '../../src/relay/store/sqlite/thread';
import { CONTRACT_QUEUES } from './contract-events';
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

for (const factory of [sqlite]) describeStore(factory);
