/**
 * The relay inside the desk, started as a utility process: configuration and secrets come over the message port, never
 * through argv, environment or files. One agent, who sees every queue.
 */
import { z } from 'zod';
import { platforms } from '../platforms/registry';
import { toRelaySchema, type FromRelay, type ToRelay } from '../shared/contract/processes';
import { issueToken } from './admin/commands';
import { ConfigError } from './config/config-error';
import { parseConfig } from './config/load';
import { threadReader } from './leads/import/thread';
import { createLog } from './ops/log';
import type { Relay } from './relay';
import { serve } from './serve';
import { workerThread } from './store/sqlite/thread';

/** Electron's `process.parentPort`, as far as it is used here. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  postMessage(message: FromRelay): void;
}

const parentPortSchema = z.custom<ParentPort>(
  (port) => typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port,
);

type Start = Extract<ToRelay, { type: 'start' }>;

const log = createLog('warn');
const thread = workerThread(new URL('./store-worker.js', import.meta.url));
const reader = threadReader(new URL('./import-worker.js', import.meta.url));

async function start({ config: raw, agent }: Start): Promise<{ relay: Relay; token: string }> {
  const config = parseConfig(raw, platforms, process.cwd(), {
    env: () => undefined,
    file: () => {
      throw new Error('an embedded relay reads no files');
    },
  });
  const relay = await serve(config, { thread, reader }, log);
  const queues = [...relay.admin.queues];
  const token = await issueToken(relay.admin.store, { ...agent, queues });
  return { relay, token };
}

function listen(port: ParentPort): void {
  let running: Promise<{ relay: Relay; token: string }> | undefined;

  const begin = async (message: Start) => {
    running ??= start(message);
    try {
      const { relay, token } = await running;
      port.postMessage({ type: 'ready', url: relay.url, token });
    } catch (error) {
      // Problems of the configuration name keys, not values: fit to be shown.
      const why = error instanceof ConfigError || error instanceof Error ? error.message : 'the relay did not start';
      port.postMessage({ type: 'failed', message: why });
      running = undefined;
    }
  };
  const end = async () => {
    try {
      const started = await running;
      await started?.relay.stop();
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, 'the relay did not stop cleanly');
      process.exit(1);
    }
  };

  port.on('message', ({ data }) => {
    const message = toRelaySchema.parse(data);
    // Both report their own failures.
    if (message.type === 'start') void begin(message);
    else void end();
  });
}

listen(parentPortSchema.parse(Reflect.get(process, 'parentPort')));
