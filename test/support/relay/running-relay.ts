/** A whole relay inside the test process: real sockets on port 0, a real database file, shortened waits where asked. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { DecodedEvent } from '../../../src/platforms/platform';
import { issueToken } from '../../../src/relay/admin/commands';
import { systemClock, type Clock } from '../../../src/relay/clock';
import { parseConfig } from '../../../src/relay/config/load';
import { configuredKey, createSeal } from '../../../src/relay/deliveries/seal';
import type { DeskTimings } from '../../../src/relay/desks/timings';
import { startRelay, type Relay } from '../../../src/relay/relay';
import type { AgentRecord, Store } from '../../../src/relay/store/port';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import { makeDatabase, type TestDatabase } from './test-database';
import { TestDesk, type DeskOptions } from './test-desk';
import { TEST_KEY, testPlatform } from './test-platform';

export interface TestRelayOptions {
  config?: Record<string, unknown>;
  /** URL of a PostgreSQL database, which several relays may share. */
  postgres?: string;
  timings?: Partial<DeskTimings>;
  clock?: Clock;
  /** Wraps the store, to make it fail on purpose. */
  wrap?: (store: Store) => Store;
}

export const QUEUES = [
  { id: 'collections', name: 'Collections', numbers: ['+918001234567'], labels: ['Customer Support'] },
  { id: 'sales', name: 'Sales', numbers: ['+918007654321'] },
];

export class TestRelay {
  private readonly desks: TestDesk[] = [];

  private constructor(
    private readonly folder: string,
    readonly database: TestDatabase,
    private readonly options: TestRelayOptions,
    public relay: Relay,
    public store: Store,
  ) {}

  static async start(options: TestRelayOptions = {}): Promise<TestRelay> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-test-relay-'));
    const database = await makeDatabase(folder);
    const { relay, store } = await boot(folder, database, options);
    return new TestRelay(folder, database, options, relay, store);
  }

  get url(): string {
    return this.relay.url;
  }

  /** A file beside the database. */
  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Stops the relay and starts it again on the same database, on another port. */
  async restart(): Promise<void> {
    await this.relay.stop();
    const { relay, store } = await boot(this.folder, this.database, this.options);
    this.relay = relay;
    this.store = store;
  }

  /** Creates an agent and returns the token. */
  agent(id: string, more: Partial<AgentRecord> = {}): Promise<string> {
    const agent = { id, name: id, numbers: [], queues: [], role: 'agent' as const, ...more };
    return issueToken(this.store, agent);
  }

  desk(token: string | undefined, options: DeskOptions = {}): Promise<TestDesk> {
    return TestDesk.connect(this.url, token, options).then((desk) => {
      this.desks.push(desk);
      return desk;
    });
  }

  /** Posts one webhook with these events and returns the status. */
  async post(...events: DecodedEvent[]): Promise<number> {
    return (await this.postRaw(JSON.stringify({ events }))).status;
  }

  async postRaw(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = { 'x-test-key': TEST_KEY }) {
    const response = await fetch(`${this.url}/hooks/test`, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  async stop(): Promise<void> {
    for (const desk of this.desks) desk.drop();
    await this.relay.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function boot(folder: string, database: TestDatabase, options: TestRelayOptions) {
  const { config = {}, timings = {}, clock = systemClock, wrap, postgres } = options;
  const parsed = parseConfig(
    {
      listen: { port: 0 },
      store: { kind: 'sqlite', path: 'relay.db' },
      platforms: { test: { key: TEST_KEY } },
      queues: QUEUES,
      ...config,
    },
    new Map([['test', testPlatform]]),
    folder,
    { env: () => undefined, file: () => '' },
  );
  const { queues } = parsed;
  const opened =
    postgres === undefined
      ? await database.open({ queues, clock })
      : await openPostgresStore({ url: postgres, queues }, { clock });
  const store = wrap === undefined ? opened : wrap(opened);
  const log = pino({ level: 'silent' });
  const seal = createSeal(configuredKey('a key for tests'));
  return {
    store,
    relay: await startRelay({ config: parsed, store, seal, clock, random: Math.random, fetch, log, timings }),
  };
}
