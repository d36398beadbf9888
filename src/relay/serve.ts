/** Opens the store that the configuration names, starts the relay on it, and opens its admin channel. */
import type { Logger } from 'pino';
import { adminFileOf, openAdminChannel } from './admin/channel';
import { runAdmin } from './admin/commands';
import { systemClock } from './clock';
import type { RelayConfig } from './config/schema';
import { configuredKey, createSeal, keyFromFile, type Seal } from './deliveries/seal';
import { startRelay, type Relay } from './relay';
import { StoreError, type Store } from './store/port';
import { openSqliteStore } from './store/sqlite/store';
import type { StartThread } from './store/sqlite/thread';

/** A command of the command line may have the database open for a moment; a relay keeps it. */
const BUSY_FOR_MS = 2_000;
const BUSY_RETRY_MS = 100;

/** @throws StoreError, `busy` when another process keeps the database open */
export async function openStore(config: RelayConfig, thread: StartThread): Promise<Store> {
  const file = { path: config.store.path, exclusive: true, queues: config.queues };
  for (let waitedMs = 0; ; waitedMs += BUSY_RETRY_MS) {
    try {
      return await openSqliteStore(file, thread);
    } catch (error) {
      if (!(error instanceof StoreError) || error.fault !== 'busy' || waitedMs >= BUSY_FOR_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS));
    }
  }
}

/** Encrypts webhook bodies with the configured key, or one that lies beside the database. */
export function sealOf({ deliveries, store }: RelayConfig): Seal {
  return createSeal(deliveries.key === undefined ? keyFromFile(`${store.path}.key`) : configuredKey(deliveries.key));
}

/** A running relay with its admin channel. */
export async function serve(config: RelayConfig, thread: StartThread, log: Logger): Promise<Relay> {
  const store = await openStore(config, thread);
  let relay: Relay;
  try {
    const seal = sealOf(config);
    relay = await startRelay({ config, store, seal, clock: systemClock, random: Math.random, fetch, log });
  } catch (error) {
    await store.close();
    throw error;
  }
  const channel = await openAdminChannel(adminFileOf(config.store.path), (request) => runAdmin(request, relay.admin));
  return {
    ...relay,
    stop: async () => {
      await channel.close();
      await relay.stop();
    },
  };
}
