/** The SQLite store: the port's promises on this side, the database thread on the other. */
import { gatewayStoreOver } from '../../gateway/sqlite/client';
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
  file: StoreFile,
  start: StartThread,
  { onWarning = () => undefined, now = () => performance.now() }: SqliteStoreOptions = {},
): Promise<Store> {
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
  const { ask } = link;
  let refusal: { error: StoreError; at: number } | undefined;
  const append: Store['append'] = async (events, arrival) => {
    try {
      const result = await ask('append', events, arrival);
      refusal = undefined;
      return result;
    } catch (error) {
      if (error instanceof StoreError && error.fault === 'full') refusal = { error, at: now() };
      throw error;
    }
  };

  return {
    position: () => link.position,
    append,
    onAppended: (listener) => void listeners.push(listener),
    claim: (request) => ask('claim', request),
    renew: (request) => ask('renew', request),
    release: (request) => ask('release', request),
    lapse: (claim, now) => ask('lapse', claim, now),
    activeClaims: () => ask('activeClaims'),
    page: (after, viewer, limit) => ask('page', after, viewer, limit),
    snapshots: (viewer, since, limit) => ask('snapshots', viewer, since, limit),
    putAgent: (agent, tokenHash) => ask('putAgent', agent, tokenHash),
    removeAgent: (id) => ask('removeAgent', id),
    agents: () => ask('agents'),
    agentByToken: async (tokenHash) => (await ask('agentByToken', tokenHash)) ?? undefined,
    setPresence: (id, presence) => ask('setPresence', id, presence),
    gateway: gatewayStoreOver(ask),
    deliveries: {
      recordRefusals: (refusals) => ask('recordRefusals', refusals),
      noteDurations: (durations) => ask('noteDurations', durations),
      list: (filter) => ask('deliveries', filter),
      get: async (id) => (await ask('delivery', id)) ?? undefined,
      bodies: (after, limit) => ask('deliveryBodies', after, limit),
      remove: (ids) => ask('removeDeliveries', ids),
      markUnderstood: (id, calls) => ask('markUnderstood', id, calls),
    },
    retention: {
      sweep: (limits) => ask('sweep', limits),
      forget: async (numbers, now) => {
        const forgotten = await ask('forget', numbers, now);
        await ask('scrub');
        return forgotten;
      },
    },
    sightings: {
      recordSighting: async (sighting) => (await ask('recordSighting', sighting)) ?? undefined,
      leadTimes: (agent, from) => ask('leadTimes', agent, from),
    },
    check: async () => {
      await ask('check');
      if (refusal !== undefined && now() - refusal.at < REFUSAL_COUNTS_MS) throw refusal.error;
    },
    close: async () => {
      await mark.stop();
      await link.close();
    },
  };
}
