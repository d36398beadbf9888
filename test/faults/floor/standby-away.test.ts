import { afterEach, expect, it } from 'vitest';
import { openPostgresStore } from '../../../src/relay/store/postgres/store';
import { StoreError, type Store } from '../../../src/relay/store/port';
import { event } from '../../contract/contract-events';
import { PostgresPair } from '../../support/postgres/pair';

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
  // The primary is lost before the standby is back: whatever was acknowledged must be on the standby.
  await pair.primary.down('crash');
  await pair.standby.up();
  await pair.failOver();
  await pair.rebuild();
  const again = await store.append([event('e1'), event('e2')]);
  expect(again.offsets).toEqual([null, 2]);
}, 120_000);
