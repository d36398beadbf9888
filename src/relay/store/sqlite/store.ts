/** The SQLite store: the port's promises on this side, the database thread on the other. */
import { randomUUID } from 'node:crypto';
import { storeOver } from '../client';
import { StoreError, type LogEntry, type Store } from '../port';
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
  const listeners: ((entries: LogEntry[]) => void)[] = [];
  const mark = createMarkWriter(markFileOf(file.path), onWarning);
  const link = new DatabaseLink(file, start, (entries) => {
    for (const listener of listeners) listener(entries);
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
    append,
    onAppended: (listener) => void listeners.push(listener),
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
