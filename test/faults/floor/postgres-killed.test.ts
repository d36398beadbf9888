import { afterEach, expect, it } from 'vitest';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import type { Store } from '../../../src/relay/store/port';
import { event } from '../../contract/contract-events';
import { until } from '../../support/poll';
import { PostgresServer } from '../../support/postgres/server';

const KILLS = 3;
const WRITERS = 8;
/** Acknowledged between two kills, at least. */
const ENOUGH = 40;
const everyone = { keys: [], all: true };

let server: PostgresServer | undefined;
let store: Store | undefined;
afterEach(async () => {
  await store?.close();
  await server?.stop();
});

// A floor at work while its database is killed, over many cycles: `npm run faults -- floor --only 'database is killed'`.
it('keeps once what was acknowledged, however often every process of the database is killed', async () => {
  const database = await PostgresServer.start({ durable: true });
  server = database;
  const log = await openPostgresStore({ url: await database.database(), queues: [] });
  store = log;
  const acknowledged = new Set<string>();
  const last = new AbortController();
  const write = async (writer: number) => {
    for (let n = 0; !last.signal.aborted; n += 1) {
      const id = `${writer}-${n}`;
      // Refused or unanswered: posted again until it is taken, as platforms do.
      const taken = () =>
        log.append([event(id)]).then(
          () => true,
          () => false,
        );
      await until(`${id} to be taken`, taken, 60_000);
      acknowledged.add(id);
    }
  };
  const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = acknowledged.size;
    await until('more to be acknowledged', () => acknowledged.size >= before + ENOUGH, 60_000);
    await database.down('kill');
    await database.up();
  }
  last.abort();
  await writers;
  const { entries } = await log.page(0, everyone, 10_000);
  const kept = entries.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  expect(new Set(kept).size).toBe(kept.length);
  expect([...acknowledged].filter((id) => !kept.includes(id))).toEqual([]);
}, 180_000);
