/** The SQLite store: the port's promises on this side, the database thread on the other. */
import { randomUUID } from 'node:crypto';
import { storeOver } from '../client';
import { createTeller } from '../events';
import { StoreError, type Store } from '../port';
import type { StoreFile } from './executor';
import { DatabaseLink } from './link';
import { createMarkWriter, isRestored, markFileOf, readMark } from './mark';
import type { StartThread } from './thread';

/** An append that found no room speaks for the store this long: a smaller probe may still fit where it did not. */
const REFUSAL_COUNTS_MS = 30_000;

export interface SqliteStoreOptions {
  /** Monotonic ms. */
  now?: () => number;
  /** Told of trouble that costs no event. */
  onWarning?: (error: unknown) => void;
}

/** Opens the file. @throws StoreError, `busy` when another process has it open */
export async function openSqliteStore(
  place: Omit<StoreFile, 'relay'>,
  start: StartThread,
  { onWarning = () => undefined, now = () => performance.now() }: SqliteStoreOptions = {},
): Promise<Store> {
  const file = { ...place, relay: randomUUID() };
  const teller = createTeller();
  const mark = createMarkWriter(markFileOf(file.path), onWarning);
  const link = new DatabaseLink(file, start, (entries) => {
    teller.appended(entries);
    mark.reached(link.position);
  });
  await link.open();
  link.startFrom(link.position.head);
  if (isRestored(link.position, readMark(markFileOf(file.path)))) await link.ask('newEpoch');
  mark.reached(link.position);
  const over = storeOver(link.ask);
  let refusal: { error: StoreError; at: number } | undefined;
  const append: Store['append'] = async (events, arrival) => {
    try {
      const result = await over.append(events, arrival);
      refusal = undefined;
      return result;
    } catch (error) {
      if (error instanceof StoreError && error.fault === 'full') refusal = { error, at: now() };
      throw error;
    }
  };

  return {
    ...over,
    position: () => link.position,
    shared: false,
    onDuty: () => true,
    clockOffset: () => 0,
    refresh: () => Promise.resolve(),
    append,
    ...teller.events,
    // Nobody else changes the file: what is asked for here is all there is to tell.
    putAgent: async (agent, tokenHash) => {
      const put = await over.putAgent(agent, tokenHash);
      teller.agentsChanged();
      return put;
    },
    removeAgent: async (id) => {
      const removed = await over.removeAgent(id);
      if (removed) teller.agentsChanged();
      return removed;
    },
    retention: {
      ...over.retention,
      forget: async (numbers, at) => {
        const forgotten = await over.retention.forget(numbers, at);
        if (forgotten.events > 0) teller.restarted();
        return forgotten;
      },
    },
    check: async () => {
      await over.check();
      if (refusal !== undefined && now() - refusal.at < REFUSAL_COUNTS_MS) throw refusal.error;
    },
    close: async () => {
      await mark.stop();
      await link.close();
    },
  };
}
