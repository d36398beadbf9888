import { afterEach, expect, it } from 'vitest';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import { StoreError, type Store } from '../../../src/relay/store/port';
import { event } from '../../contract/contract-events';
import { PostgresPair } from '../../support/postgres/pair';

/** As many at a time as a relay writes beside the log. */
const AGENTS = ['asha', 'ravi', 'mina'];
const TRIES = 2;
/** One of each session that writes: the log, three beside it, that the relay is alive, that it is on duty. */
const STUCK_AT_MOST = 6;

let pair: PostgresPair | undefined;
let store: Store | undefined;
afterEach(async () => {
  await store?.close();
  await pair?.stop();
});

it('acknowledges nothing that only the primary has, however long the standby is away', async () => {
  pair = await PostgresPair.start({ synchronous: true });
  store = await openPostgresStore({ url: pair.url(), queues: [] });
  await store.append([event('e1')]);
  await pair.standby.down('crash');
  await expect(store.append([event('e2')])).rejects.toThrow(StoreError);
  const tries = Array.from({ length: TRIES }, (_, n) => n);
  for (const n of tries) {
    const open = store;
    const seats = AGENTS.map((agent) => open.takeSeat({ agent: `${agent}${n}`, desk: 'd', takeover: false }));
    const refused = await Promise.allSettled(seats);
    expect(refused.map(({ status }) => status)).toEqual(AGENTS.map(() => 'rejected'));
  }
  // A commit without an answer keeps its connection: there must not be more of them with every try.
  const stuck = await pair.primary.run(`SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
  expect(stuck.length).toBeLessThanOrEqual(STUCK_AT_MOST);
  // The primary is lost before the standby is back: whatever was acknowledged must be on the standby.
  await pair.primary.down('crash');
  await pair.standby.up();
  await pair.failOver();
  await pair.rebuild();
  const again = await store.append([event('e1'), event('e2')]);
  expect(again.offsets).toEqual([null, 2]);
}, 120_000);
