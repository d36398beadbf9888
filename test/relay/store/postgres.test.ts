/** What only PostgreSQL can do to a store: go away, come back as another server, take nothing, be shared. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/relay/clock';
import type { LogEntry, Store } from '../../../src/relay/store/port';
import { isAddress, parseAddress } from '../../../src/relay/store/postgres/address';
import { Session } from '../../../src/relay/store/postgres/session';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import { CONTRACT_QUEUES, event, T0 } from '../../contract/contract-events';
import { until } from '../../support/poll';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../../support/postgres/server';

let server: PostgresServer;
let url: string;
let stores: Store[];
beforeAll(async () => {
  server = await PostgresServer.start();
}, SERVER_STARTS_WITHIN_MS);
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.database();
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
});

async function open(at = url, clock?: Clock): Promise<Store> {
  const store = await openPostgresStore({ url: at, queues: CONTRACT_QUEUES }, clock === undefined ? {} : { clock });
  stores.push(store);
  return store;
}

const everyone = { keys: [], all: true };

describe('the address', () => {
  test('names one host or several, and which of them takes writes is asked', () => {
    const address = parseAddress(
      'postgres://u:p%40ss@db1:5433,db2/handover?sslmode=require&target_session_attrs=read-write',
    );
    expect(address.inOrder()).toEqual([
      'postgres://u:p%40ss@db1:5433/handover?sslmode=require',
      'postgres://u:p%40ss@db2/handover?sslmode=require',
    ]);
    address.prefer('postgres://u:p%40ss@db2/handover?sslmode=require');
    expect(address.inOrder()[0]).toContain('db2');
  });

  test.each(['postgresql://db/x', 'postgres://u@[::1]:5432/x'])('%s is taken', (text) => {
    expect(isAddress(text)).toBe(true);
  });

  test('what is no address is refused without a word of it', () => {
    expect(isAddress('mysql://u:secret@db/x')).toBe(false);
    expect(() => parseAddress('mysql://u:secret@db/x')).toThrow(/^must look like/);
  });
});

describe('a server', () => {
  test('that takes no writes is passed over for the next host', async () => {
    const standby = await PostgresServer.start({ settings: ['default_transaction_read_only = on'] });
    try {
      await expect(openPostgresStore({ url: standby.url(), queues: [] })).rejects.toMatchObject({ fault: 'io' });
      const both = url.replace('@', `@127.0.0.1:${standby.port},`);
      const store = await open(both);
      expect(await store.append([event('a')])).toEqual({ offsets: [1] });
    } finally {
      await standby.stop();
    }
  });

  test('that is not there is said to be so at once', async () => {
    await expect(openPostgresStore({ url: 'postgres://u@127.0.0.1:1/x', queues: [] })).rejects.toMatchObject({
      name: 'StoreError',
      fault: 'io',
    });
  });

  test('that ends every session loses nothing: what was refused can be asked again, listeners hear everything once', async () => {
    const store = await open();
    const heard: LogEntry[] = [];
    store.onAppended((entries) => heard.push(...entries));
    for (let round = 0; round < 5; round += 1) {
      const asked = Array.from({ length: 20 }, (_, n) => store.append([event(`${round}.${n}`)]).catch(() => 'refused'));
      await server.run(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        url,
      );
      await Promise.all(asked);
      await until('the store to be well', () =>
        store.check().then(
          () => true,
          () => false,
        ),
      );
      for (let n = 0; n < 20; n += 1) await store.append([event(`${round}.${n}`)]);
    }
    await until('everything', () => heard.length === 100);
    expect(heard.map(({ offset }) => offset)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  }, 40_000);
});

test('a user that owns its database and nothing else is enough, also to know a restored database', async () => {
  await server.run('CREATE ROLE plain LOGIN');
  await server.run('CREATE DATABASE plain OWNER plain');
  const plain = server.url('plain').replace('//handover@', '//plain@');
  const store = await open(plain);
  expect(await store.append([event('a')])).toEqual({ offsets: [1] });
  await store.retention.forget(['919876543210'], T0);
  expect(await server.run(`SELECT value FROM meta WHERE key = 'history'`, plain)).toMatchObject([
    { value: expect.stringMatching(/^\d+\/[0-9A-F]{8}$/) as string },
  ]);
});

describe('another relay', () => {
  test('that stands still in the middle of a write holds the others up for seconds, not for ever', async () => {
    const store = await open();
    await store.append([event('a')]);
    const paused = await Session.open(parseAddress(url));
    await paused.command('BEGIN; SELECT head FROM log_head FOR UPDATE');
    const began = performance.now();
    expect(await store.append([event('b')])).toEqual({ offsets: [2] });
    expect(performance.now() - began).toBeLessThan(4_000);
    await paused.close();
  });

  test('that is newer and changed the schema disturbs nothing that was prepared before', async () => {
    const store = await open();
    await store.append([event('e', { target: { label: 'sky' } })]);
    const claim = { call: 'test:1', agent: { id: 'b', name: 'B' }, viewer: everyone, now: T0, leaseMs: 30_000 };
    expect(await store.claim(claim)).toMatchObject({ ok: true });
    await server.run('ALTER TABLE calls ADD COLUMN newer TEXT; ALTER TABLE agents ADD COLUMN newer TEXT', url);
    expect(await store.renew(claim)).toMatchObject({ ok: true });
    expect(await store.activeClaims()).toHaveLength(1);
  });
});

describe('requests', () => {
  test('a bad one does not fail its neighbours, which share its transaction', async () => {
    const store = await open();
    const bad = event('bad', { call: 'test:x', time: '2026-03-01T09:00:00.000Z' });
    // Longer than an index takes: PostgreSQL refuses the row.
    bad.id = randomText(9_000);
    const results = await Promise.allSettled([
      store.append([event('a')]),
      store.append([bad]),
      store.append([event('b')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.page(0, everyone, 10)).entries.map(({ offset }) => offset)).toEqual([1, 2]);
  });

  test('text that PostgreSQL cannot hold is kept without what it cannot hold, and a repeat stays a repeat', async () => {
    const store = await open();
    const odd = event('nul\0', { call: 'test:\0' });
    expect(await store.append([odd])).toEqual({ offsets: [1] });
    expect(await store.append([odd])).toEqual({ offsets: [null] });
    expect((await store.page(0, everyone, 10)).entries[0]?.call).toBe('test:\uFFFD');
  });
});

describe('a database that is slow', () => {
  const agent = (id: string) => ({ id, name: id, numbers: [], queues: [], role: 'agent' as const });

  test('is not held by one relay: a transaction that lasts commits, and others get their turn before its rest', async () => {
    let now = 0;
    // Whenever somebody looks, a good while has passed.
    const store = await open(url, { now: () => Date.now(), monotonic: () => (now += 250) });
    await Promise.all(['a', 'b', 'c'].map((id) => store.putAgent(agent(id), `token of ${id}`)));
    const transactions = await server.run('SELECT DISTINCT xmin::text FROM agents', url);
    expect(transactions).toHaveLength(3);
  });

  test('where one seat is waited for, neither other seats nor the readiness of this relay and of others wait with it', async () => {
    const [store, other] = [await open(), await open()];
    const seat = (id: string) => ({ agent: id, desk: `desk of ${id}`, takeover: false });
    await store.takeSeat(seat('asha'));
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    try {
      await holder.query(`BEGIN; SELECT 1 FROM seats WHERE agent = 'asha' FOR UPDATE`);
      const held = store.leaveSeat(seat('asha'));
      const began = performance.now();
      await Promise.all([store.takeSeat(seat('ravi')), store.check(), store.takeSeat(seat('mina')), other.check()]);
      expect(performance.now() - began).toBeLessThan(3_000);
      await holder.query('COMMIT');
      await held;
    } finally {
      await holder.end();
    }
  });
});

function randomText(length: number): string {
  return Array.from({ length }, () => Math.random().toString(36).slice(2, 3)).join('');
}

describe('a relay that is gone', () => {
  const request = { agent: 'asha', key: 'k', fingerprint: 'f', now: T0, expires: T0 + 1_000_000 };
  const silence = () => server.run('UPDATE relays SET until = 0', url);

  test('leaves what it had sent unclear, and what it had not free to be done once by another', async () => {
    const [dead, living] = [await open(), await open()];
    for (const key of ['sent', 'kept'])
      expect(await dead.gateway.beginKey({ ...request, key })).toEqual({ state: 'fresh' });
    expect(await dead.gateway.markKeySending('asha', 'sent')).toBe(true);
    expect(await living.gateway.beginKey({ ...request, key: 'sent' })).toEqual({ state: 'in_use' });
    expect(await living.gateway.beginKey({ ...request, key: 'kept' })).toEqual({ state: 'in_use' });
    await silence();
    expect(await living.gateway.beginKey({ ...request, key: 'sent' })).toEqual({ state: 'unclear' });
    expect(await living.gateway.beginKey({ ...request, key: 'kept' })).toEqual({ state: 'fresh' });
    // It was only slow, and must not do it a second time.
    expect(await dead.gateway.markKeySending('asha', 'kept')).toBe(false);
    await dead.gateway.endKey('asha', 'kept', { end: 'released' }, []);
    expect(await living.gateway.markKeySending('asha', 'kept')).toBe(true);
  });

  test('leaves the outcomes it was writing to another', async () => {
    const [dead, living] = [await open(), await open()];
    await dead.append([event('e', { call: 'test:1', target: { label: 'sky' } })]);
    const decided = event('d', { type: 'call.disposition', call: 'test:1' }, '/relay');
    await dead.gateway.recordDisposition({
      event: decided,
      decided: T0,
      call: 'test:1',
      agent: 'asha',
      fingerprint: 'f',
      keyed: false,
      write: { value: 'done', state: 'pending' },
      viewer: everyone,
      now: T0,
    });
    expect(await dead.gateway.takeDueWrites(T0, 10)).toHaveLength(1);
    expect(await living.gateway.takeDueWrites(T0, 10)).toEqual([]);
    expect(await living.gateway.nextWriteDue()).toBeUndefined();
    await silence();
    expect(await living.gateway.takeDueWrites(T0, 10)).toHaveLength(1);
  });
});

describe('a database that was put back', () => {
  test('to a history of its own has a new epoch, once, whoever looks first', async () => {
    const before = await open();
    await before.append([event('a')]);
    const { epoch } = before.position();
    await before.close();
    stores = [];
    // As if this were another cluster, or another timeline of it.
    await server.run(`UPDATE meta SET value = 'another/00000001' WHERE key = 'history'`, url);
    const after = await Promise.all([open(), open()]);
    const epochs = new Set(after.map((store) => store.position().epoch));
    expect(epochs.size).toBe(1);
    expect(epochs).not.toContain(epoch);
  });

  test('to an earlier state has a new epoch, and everybody is told', async () => {
    const store = await open();
    await store.append([event('a'), event('b')]);
    const { epoch } = store.position();
    let restarted = false;
    store.onRestarted(() => (restarted = true));
    await server.run(
      `UPDATE log_head SET head = 1; DELETE FROM events WHERE "offset" = 2; DELETE FROM reach WHERE "offset" = 2;
       SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      url,
    );
    await until('the news', () => restarted);
    expect(store.position().epoch).not.toBe(epoch);
    expect(await store.append([event('b')])).toEqual({ offsets: [2] });
  });
});
