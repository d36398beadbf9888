/** The whole relay with real sockets and the real VInfer adapter towards a stub. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { platforms } from '../../../../src/platforms/registry';
import { issueToken, type AdminDeps } from '../../../../src/relay/admin/commands';
import { parseConfig } from '../../../../src/relay/config/load';
import { configuredKey, createSeal } from '../../../../src/relay/deliveries/seal';
import { startRelay, type Relay } from '../../../../src/relay/relay';
import type { AgentRecord, Store } from '../../../../src/relay/store/port';
import { openSqliteStore } from '../../../../src/relay/store/sqlite/store';
import { inlineThread } from '../../../../src/relay/store/sqlite/thread';
import { TestClock } from './harness';

export const VINFER_SECRET = 'whole-relay-secret-0123456789abcdef';

export class BootedRelay {
  private constructor(
    private readonly folder: string,
    private readonly relay: Relay,
    private readonly store: Store,
  ) {}

  static async start(platformBase: string): Promise<BootedRelay> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-whole-relay-'));
    const config = parseConfig(
      {
        listen: { port: 0 },
        store: { kind: 'sqlite', path: 'relay.db' },
        platforms: { vinfer: { secrets: [VINFER_SECRET], api: { base: platformBase, key: 'vinfer-key' } } },
      },
      platforms,
      folder,
      { env: () => undefined, file: () => '' },
    );
    const store = await openSqliteStore(
      { path: path.join(folder, 'relay.db'), exclusive: false, queues: [] },
      inlineThread,
    );
    const seal = createSeal(configuredKey('a key for tests'));
    const log = pino({ level: 'silent' });
    const relay = await startRelay({ config, store, seal, clock: new TestClock(), random: Math.random, fetch, log });
    return new BootedRelay(folder, relay, store);
  }

  get url(): string {
    return this.relay.url;
  }

  get admin(): AdminDeps {
    return this.relay.admin;
  }

  agent(id: string, role: AgentRecord['role'] = 'agent'): Promise<string> {
    return issueToken(this.store, { id, name: id, numbers: [], queues: [], role });
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
