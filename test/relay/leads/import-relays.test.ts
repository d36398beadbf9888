/** Imports where several relays share a store: one of them runs a job, another one goes on with it when that one is gone. */
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createListBook } from '../../../src/relay/leads/list-book';
import { createImportService, type ImportService } from '../../../src/relay/leads/import/service';
import { inlineReader, type OpenReader } from '../../../src/relay/leads/import/thread';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import type { Store } from '../../../src/relay/store/port';
import { until } from '../../support/poll';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../../support/postgres/server';
import { ASHA } from '../../support/relay/leads';

const CLOCK = { now: () => Date.parse('2026-11-23T06:30:00Z'), monotonic: () => performance.now() };
/** Every second row is refused. */
const FILE = `Phone,Name\n${Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? `98765${String(n).padStart(5, '0')},A\n` : `12,B\n`)).join('')}`;
const QUERY = { list: 'March', purpose: 'service', kind: 'ai_voice', country: 'IN' } as const;

let server: PostgresServer;
let url: string;
let relays: { store: Store; service: ImportService }[];
/** What relays that wanted a job were told, in their order. */
let wanted: boolean[];

beforeAll(async () => {
  server = await PostgresServer.start();
}, SERVER_STARTS_WITHIN_MS);
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.database();
  relays = [];
  wanted = [];
});
afterEach(async () => {
  for (const { service } of relays) await service.stop();
  for (const { store } of relays) await store.close();
});

async function relay(reader: OpenReader = inlineReader) {
  const store = await openPostgresStore({ url, queues: [] });
  const lists = createListBook(store.leads, CLOCK);
  const log = pino({ level: 'silent' });
  const deps = { lists, packs: [], reader, seller: 'Acme', published: () => undefined, clock: CLOCK, log };
  const imports = store.leadImports;
  const take = async (...args: Parameters<typeof imports.take>) => {
    const taken = await imports.take(...args);
    wanted.push(taken);
    return taken;
  };
  const service = createImportService({ store: { ...imports, take }, ...deps });
  relays.push({ store, service });
  return { store, service };
}

/** Reads the end of a file only when it may. */
function slowReader() {
  let opened = 0;
  let release: () => void = () => undefined;
  const may = new Promise<void>((resolve) => {
    release = resolve;
  });
  const open: OpenReader = (settings) => {
    opened += 1;
    const reader = inlineReader(settings);
    return { ...reader, end: () => may.then(() => reader.end()) };
  };
  return { open, release, opened: () => opened };
}

const refused = async (store: Store, job: string) =>
  (await store.leadImports.refusals(Number(job), 0, 1_000)).map(({ row }) => row);

test('a relay leaves alone what another one is checking, and no refused row is lost', async () => {
  const [slow, idle] = [slowReader(), slowReader()];
  const one = await relay(slow.open);
  const two = await relay(idle.open);
  const { id } = await one.service.desk.upload(QUERY, Readable.from([Buffer.from(FILE)]), ASHA);
  await until('the first reads', () => slow.opened() === 1);
  two.service.start();
  await until('the second has looked', () => wanted.length === 2);
  await two.service.stop();
  expect(wanted).toEqual([true, false]);
  expect(idle.opened()).toBe(0);
  slow.release();
  await until('it is checked', async () => (await one.store.leadImports.job(Number(id)))?.state === 'checked');
  expect(await refused(one.store, id)).toHaveLength(100);
});

test('a relay goes on with what one that is gone was checking, which then changes nothing any more', async () => {
  const slow = slowReader();
  const one = await relay(slow.open);
  const two = await relay();
  const { id } = await one.service.desk.upload(QUERY, Readable.from([Buffer.from(FILE)]), ASHA);
  await until('the first reads', () => slow.opened() === 1);
  await server.run('UPDATE relays SET until = 0', url);
  expect(await two.store.leadImports.take(Number(id), 'checking')).toBe(true);
  const row = await two.store.leadImports.job(Number(id));
  const bad = [{ row: 1, line: 2, field: null, reason: 'in_list', text: 'x' } as const];
  expect(await one.store.leadImports.keepRefusals(Number(id), bad)).toBe(false);
  expect(await one.store.leadImports.saveTaken(Number(id), 'checking', 'checked', row?.job ?? '', 0)).toBe(false);
  slow.release();
  two.service.start();
  await until('it is checked', async () => (await two.store.leadImports.job(Number(id)))?.state === 'checked');
  expect(await refused(two.store, id)).toHaveLength(100);
});

test('a relay takes back what was cancelled there, whoever was importing it', async () => {
  const slow = slowReader();
  const one = await relay(slow.open);
  const two = await relay();
  const { id } = await one.service.desk.upload(QUERY, Readable.from([Buffer.from(FILE)]), ASHA);
  await until('the first reads', () => slow.opened() === 1);
  await two.service.desk.cancel(Number(id));
  await until('it is cancelled', async () => (await two.store.leadImports.job(Number(id)))?.state === 'cancelled');
  slow.release();
});
