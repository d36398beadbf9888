/** The practice floor as a whole: one HTTP server, the platforms behind their prefixes, the script and the control API. */
import fastify from 'fastify';
import type { Clock } from './clock';
import { CALM, LIVELY, type Mischief, type PlatformName, type PracticeConfig } from './config';
import { controlRoutes } from './control/routes';
import { Courier } from './delivery/courier';
import { Journal, type SentWebhook } from './journal';
import type { Log } from './log';
import { mountPlatforms } from './platforms';
import { seededRandom } from './random';
import { playFloor } from './script';
import type { EscalateRequest, Played, Stage } from './stage';

/** The shortest time-out any of the documents names, ten seconds; scaled, but never so short that a busy machine fails it. */
const ANSWER_WITHIN_MS = 10_000;
const LEAST_TIMEOUT_MS = 2_000;
/** Nothing a platform's API is sent comes near this. A campaign of 10,000 contacts does. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

export interface FloorDeps {
  clock: Clock;
  fetch: typeof globalThis.fetch;
  log: Log;
  onSent?: (sent: SentWebhook) => void;
  /** Real milliseconds a receiver has to answer; from the documents and the time scale unless given. */
  answerWithinMs?: number;
}

export interface Floor {
  /** `http://127.0.0.1:<port>`; each platform's API is behind its name. */
  url: string;
  journal: Journal;
  /** Where webhooks go from now on. The first address starts the script. */
  setRelay(url: string): void;
  escalate(request: EscalateRequest & { platform?: PlatformName | undefined }): Played & { platform: PlatformName };
  stop(): Promise<void>;
}

/** Opens the floor. Throws when it cannot listen. */
export async function openFloor(config: PracticeConfig, deps: FloorDeps): Promise<Floor> {
  const { clock, log } = deps;
  const journal = new Journal(deps.onSent);
  let relay: string | undefined;
  let url = '';
  const courier = new Courier({
    clock,
    fetch: deps.fetch,
    journal,
    timeoutMs: deps.answerWithinMs ?? Math.max(LEAST_TIMEOUT_MS, ANSWER_WITHIN_MS * config.time_scale),
    onFault: (error) => log.error('A webhook could not be sent for a fault of this floor.', error),
  });
  const stage: Stage = {
    config,
    clock,
    random: seededRandom(config.seed),
    courier,
    mischief: { ...(config.script === 'floor' ? LIVELY : CALM), ...defined(config.mischief ?? {}) },
    relay: () => relay,
    self: () => url,
  };
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true });
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status >= 500) log.error('A request met a fault of this floor.', error);
    return reply
      .status(status)
      .send({ error: { code: status >= 500 ? 'internal' : 'bad_request', message: 'Not understood.' } });
  });
  const platforms = mountPlatforms(app, stage, journal);

  const floor: Floor = {
    url,
    journal,
    setRelay: (to) => {
      const first = relay === undefined;
      relay = to;
      log.info('Webhooks have a relay to go to.');
      if (!first) return;
      courier.start();
      if (config.script === 'floor') playFloor(stage, platforms.players, platforms);
    },
    escalate: ({ platform, ...request }) => platforms.escalate(platform, request),
    stop: async () => {
      clock.stop();
      courier.stop();
      await app.close();
    },
  };
  await app.register(
    (scope, _options, done) => {
      controlRoutes(scope, { stage, floor, platforms });
      done();
    },
    { prefix: '/_practice' },
  );
  url = await app.listen({ host: config.listen.host, port: config.listen.port });
  floor.url = url;
  log.info('The practice floor is open.', {
    url,
    seed: config.seed,
    time_scale: config.time_scale,
    script: config.script,
  });
  if (config.relay !== undefined) floor.setRelay(config.relay);
  return floor;
}

function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}

/** Leaves out keys that are present but undefined. */
function defined(values: { [K in keyof Mischief]?: number | undefined }): Partial<Mischief> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
