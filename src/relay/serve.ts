/** Opens the store that the configuration names, starts the relay on it, and opens its admin channel. */
import type { Logger } from 'pino';
import { adminFileOf, openAdminChannel } from './admin/channel';
import { runAdmin } from './admin/commands';
import { systemClock } from './clock';
import type { RelayConfig } from './config/schema';
import { configuredKey, createSeal, keyFromFile, type Seal } from './deliveries/seal';
import type { OpenReader } from './leads/import/thread';
import { startRelay, type Relay } from './relay';
import { StoreError, type Store } from './store/port';
import { openPostgresStore } from './store/postgres/store';
import { openSqliteStore } from './store/sqlite/store';
import type { StartThread } from './store/sqlite/thread';

/** A command of the command line may have the database open for a moment; a relay keeps it. */
const BUSY_FOR_MS = 2_000;
const BUSY_RETRY_MS = 100;

/** @throws StoreError, `busy` when another process keeps the database file open, `io` when no database server answers */
export async function openStore({ store, queues }: RelayConfig, thread: StartThread, log?: Logger): Promise<Store> {
  const onWarning = (error: unknown) => log?.warn({ err: error }, 'the store had trouble that cost no event');
  if (store.kind === 'postgres') return openPostgresStore({ url: store.url, queues }, { onWarning });
  const file = { path: store.path, exclusive: true, queues };
  for (let waitedMs = 0; ; waitedMs += BUSY_RETRY_MS) {
    try {
      return await openSqliteStore(file, thread, { onWarning });
    } catch (error) {
      if (!(error instanceof StoreError) || error.fault !== 'busy' || waitedMs >= BUSY_FOR_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS));
    }
  }
}

/** Encrypts webhook bodies with the configured key, or one that lies beside the database file. */
export function sealOf({ deliveries, store }: RelayConfig): Seal {
  if (deliveries.key !== undefined) return createSeal(configuredKey(deliveries.key));
  if (store.kind === 'sqlite') return createSeal(keyFromFile(`${store.path}.key`));
  throw new Error('a relay without a database file needs deliveries.key');
}

/**
 * A running relay. One that has the database to itself takes the command line's questions over its admin channel; where
 * several share it, the command line asks the database.
 */
export async function serve(
  config: RelayConfig,
  { thread, reader }: { thread: StartThread; reader: OpenReader },
  log: Logger,
): Promise<Relay> {
  const store = await openStore(config, thread, log);
  let relay: Relay;
  try {
    const seal = sealOf(config);
    relay = await startRelay({ config, store, seal, clock: systemClock, random: Math.random, fetch, log, reader });
  } catch (error) {
    await store.close();
    throw error;
  }
  if (config.store.kind !== 'sqlite') return relay;
  const channel = await openAdminChannel(adminFileOf(config.store.path), (request) => runAdmin(request, relay.admin));
  return {
    ...relay,
    stop: async () => {
      await channel.close();
      await relay.stop();
    },
  };
}
