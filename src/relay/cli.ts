#!/usr/bin/env node
/** `handover-relay`: the relay's command line (docs/configuration.md). stdout is for answers, stderr for logs. */
import { platforms } from '../platforms/registry';
import { askRelay, adminFileOf } from './admin/channel';
import { runAdmin, type AdminAnswer, type AdminRequest } from './admin/commands';
import { parseArguments, UsageError, USAGE, type Command } from './arguments';
import { systemClock } from './clock';
import { ConfigError } from './config/config-error';
import { loadConfig } from './config/load';
import type { RelayConfig } from './config/schema';
import { bundledPacks } from './dialling/bundled';
import { readPacks } from './dialling/packs';
import { createDeliveries } from './deliveries/service';
import type { Grade } from './check/hops';
import { runCheck } from './check/run-check';
import { readEnvironment } from './environment';
import { GATEWAY_TIMINGS } from './gateway/gateway';
import { CapabilityBook } from './gateway/platform-client/capabilities';
import { openClients } from './gateway/platform-client/open';
import { createWebhookDesk, type WebhookDesk } from './gateway/webhook-desk';
import { createImportService, type ImportService } from './leads/import/service';
import { threadReader } from './leads/import/thread';
import { createListBook } from './leads/list-book';
import { createLog } from './ops/log';
import { isWell, printAnswer } from './print';
import { UNROUTED_QUEUE } from './routing/audience';
import { ownAddress } from './relay';
import { openStore, sealOf, serve } from './serve';
import { StoreError, type Store } from './store/port';
import { workerThread } from './store/sqlite/thread';

const thread = workerThread(new URL('./store-worker.js', import.meta.url));
const reader = threadReader(new URL('./import-worker.js', import.meta.url));

async function runServe(config: RelayConfig): Promise<void> {
  const log = createLog();
  const relay = await serve(config, { thread, reader }, log);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    relay.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the relay did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, url: relay.url })}\n`);
}

function checkOver({ listen, platforms: configured }: RelayConfig, store: Store): Promise<Grade[]> {
  return runCheck({ url: ownAddress(listen, listen.port), platforms: configured, store, clock: systemClock });
}

/** Imports where no relay runs: in this process, which ends with them. */
function importsOver({ dialling }: RelayConfig, store: Store): ImportService {
  return createImportService({
    ...{ store: store.leadImports, lists: createListBook(store.leads, systemClock), packs: readPacks(bundledPacks) },
    ...{ reader, seller: dialling.seller, clock: systemClock, log: createLog('warn') },
    // The relay that hands them out looks them through.
    published: () => undefined,
  });
}

/** Where no relay runs, platforms are asked from this process. */
async function webhooksOver({ platforms: configured }: RelayConfig, store: Store): Promise<WebhookDesk> {
  const capabilities = new CapabilityBook(store.gateway, systemClock);
  await capabilities.load();
  const outside = { platforms: configured, clock: systemClock, random: Math.random, fetch };
  return createWebhookDesk({ platforms: configured, clients: openClients(outside, capabilities, GATEWAY_TIMINGS) });
}

/** Asks the running relay, or opens the database itself when none runs. */
async function ask(config: RelayConfig, request: AdminRequest): Promise<AdminAnswer> {
  if (config.store.kind === 'sqlite') {
    const answer = await askRelay(adminFileOf(config.store.path), request);
    if (answer !== undefined) return answer;
  }
  const store = await openStore(config, thread);
  let imports: ImportService | undefined;
  try {
    const seal = sealOf(config);
    const { platforms: configured, late_after_s: lateAfterS } = config;
    return await runAdmin(request, {
      store,
      seal,
      clock: systemClock,
      deliveries: createDeliveries({ store, seal, platforms: configured, clock: systemClock, lateAfterS }),
      queues: [UNROUTED_QUEUE, ...config.queues.map(({ id }) => id)],
      webhooks: () => webhooksOver(config, store),
      imports: () => (imports ??= importsOver(config, store)).desk,
      // A relay that shares its database is asked where everybody asks it.
      ...(config.store.kind === 'postgres' ? { check: () => checkOver(config, store) } : {}),
    });
  } finally {
    await imports?.stop();
    await store.close();
  }
}

async function run(command: Command): Promise<number> {
  if (command.name === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const config = loadConfig(command.config, platforms, readEnvironment);
  if (command.name === 'serve') {
    await runServe(config);
    return 0;
  }
  const answer = await ask(config, command.request);
  if (!answer.ok) {
    process.stderr.write(`${answer.message}\n`);
    return 1;
  }
  process.stdout.write(printAnswer(command.request, answer.value));
  return isWell(command.request, answer.value) ? 0 : 1;
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`;
  if (error instanceof ConfigError) return `The configuration cannot be used:\n${error.message}\n`;
  if (error instanceof StoreError && error.fault === 'busy') return 'Another process has the database open.\n';
  return `${error instanceof Error ? error.message : String(error)}\n`;
}

try {
  process.exitCode = await run(parseArguments(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
