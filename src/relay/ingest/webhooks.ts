/**
 * `POST /hooks/<platform>`: authenticate the raw bytes, decode, append, and answer 200 with an empty body only once
 * the events are durable. Everything else asks the platform to come again, or is not for us.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';
import type { Verdict } from '../deliveries/port';
import type { Recorder } from '../deliveries/recorder';
import type { Seal } from '../deliveries/seal';
import type { Metrics } from '../ops/metrics';
import { sparingly } from '../ops/sparingly';
import { StoreError, type Store } from '../store/port';
import { decodeBody } from './decode';
import { identify } from './identity';

/** Largest webhook body: a transcript of hours is well below it. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** When a platform should try again after a 503, seconds: long enough for a disk hiccup, far below its give-up. */
const RETRY_AFTER_S = 5;
/** Bodies that may wait for the disk before more are refused, bytes: some fifty of the largest, or thousands as usual. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** A platform waits 10 s for its answer (VInfer): later than this it is told to come again. */
const ANSWER_WITHIN_MS = 8_000;

export interface WebhookDeps {
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
  store: Pick<Store, 'append'>;
  recorder: Recorder;
  seal: Seal;
  clock: Clock;
  lateAfterS: number;
  log: Logger;
  metrics: Metrics;
  /** Bytes of bodies that wait for the disk now. */
  load: { bytes: number };
  /** Shortened by tests only. */
  answerWithinMs?: number;
}

interface IngestDeps extends WebhookDeps {
  complain: ReturnType<typeof sparingly>;
}

interface Params {
  platform: string;
  secret?: string;
}

interface Result {
  verdict: Verdict | 'unconfigured';
  /** Why, where it is not plain. */
  reason?: string;
  delivery?: number;
}

function timeout(ms: number): { expired: Promise<never>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('busy', 'not durable in time')), ms);
  });
  return { expired, cancel: () => clearTimeout(timer) };
}

function hold({ load, metrics }: IngestDeps, bytes: number): void {
  load.bytes += bytes;
  metrics.waitingBytes.set(load.bytes);
}

/** @param received epoch ms */
async function receive(
  deps: IngestDeps,
  request: FastifyRequest,
  params: Params,
  rawBody: Buffer,
  received: number,
): Promise<Result> {
  const configured = deps.platforms.get(params.platform);
  if (configured === undefined) return { verdict: 'unconfigured' };
  const { headers } = request;
  const authentication = configured.platform.webhook.authenticate(
    {
      headers,
      rawBody,
      remoteAddress: request.ip,
      ...(params.secret === undefined ? {} : { pathSecret: params.secret }),
    },
    configured.config,
  );
  if (!authentication.ok) return { verdict: 'refused', reason: authentication.reason };
  const { trust } = authentication;
  const { platform } = params;
  const receipt = { platform, rawBody, trust, received, lateAfterS: deps.lateAfterS };
  const events = identify(decodeBody(configured, rawBody), receipt);
  const unknown = events.some(({ facts }) => facts.type === 'platform.unknown');
  const late = events.filter(({ facts }) => facts.late === true).length;
  if (deps.load.bytes > MAX_WAITING_BYTES)
    return { verdict: 'unavailable', reason: 'too much is waiting for the disk' };
  const sealed = deps.seal.seal(rawBody);
  const arrival = { platform, received, bytes: rawBody.length, trust, unknown, late: late > 0, sealed };
  const { expired, cancel } = timeout(deps.answerWithinMs ?? ANSWER_WITHIN_MS);
  const appending = deps.store.append(events, arrival);
  hold(deps, rawBody.length);
  // However late: the platform has its answer, but the body waits all the same.
  const release = () => hold(deps, -rawBody.length);
  void appending.then(release, release);
  try {
    const { offsets, delivery } = await Promise.race([appending, expired]);
    const repeated = offsets.every((offset) => offset === null);
    if (!repeated) deps.metrics.late.inc(late);
    const verdict = repeated ? 'repeated' : unknown ? 'unknown' : 'accepted';
    return delivery === undefined ? { verdict } : { verdict, delivery };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { fault } = error;
    deps.complain((unsaid) => deps.log.error({ platform, fault, unsaid }, 'webhook not durable'));
    return { verdict: 'unavailable', reason: `the store refused (${error.fault})` };
  } finally {
    cancel();
  }
}

const TOO_LARGE = 413;
const STATUS: Record<Result['verdict'], number> = {
  accepted: 200,
  repeated: 200,
  unknown: 200,
  refused: 401,
  unconfigured: 404,
  unavailable: 503,
};

/** One request from its first byte to its answer, measured and written down. */
async function handle(deps: IngestDeps, request: FastifyRequest, params: Params, reply: FastifyReply) {
  const started = deps.clock.monotonic();
  const received = deps.clock.now();
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { verdict, reason = '', delivery } = await receive(deps, request, params, rawBody, received);
  const status = STATUS[verdict];
  const ms = deps.clock.monotonic() - started;
  deps.metrics.webhooks.inc({ platform: verdict === 'unconfigured' ? 'other' : params.platform, verdict });
  deps.metrics.webhookSeconds.observe(ms / 1000);
  if (delivery !== undefined) deps.recorder.answered(delivery, ms);
  if (verdict === 'refused' || verdict === 'unavailable') {
    const { platform } = params;
    deps.recorder.refused({ platform, received, bytes: rawBody.length, verdict, status, duration_ms: ms, reason });
  }
  if (verdict === 'unavailable') reply.header('retry-after', String(RETRY_AFTER_S));
  return reply.code(status).send();
}

/** A body that was too large to be read: it was not looked at, so that it may be anybody's. */
function tooLarge(deps: IngestDeps, request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) {
  const { platform } = request.params;
  const verdict = deps.platforms.has(platform) ? 'refused' : 'unconfigured';
  deps.metrics.webhooks.inc({ platform: verdict === 'unconfigured' ? 'other' : platform, verdict });
  if (verdict === 'refused') {
    const claimed = Number(request.headers['content-length'] ?? MAX_BODY_BYTES);
    const bytes = Math.min(claimed, Number.MAX_SAFE_INTEGER);
    const [received, duration_ms] = [deps.clock.now(), reply.elapsedTime];
    const reason = 'the body is above 1 MiB';
    deps.recorder.refused({ platform, received, bytes, verdict, status: TOO_LARGE, duration_ms, reason });
  }
  return reply.code(TOO_LARGE).send();
}

/** Registers the webhook routes, in a scope of their own because they want raw bodies. */
export async function webhookRoutes(app: FastifyInstance, given: WebhookDeps): Promise<void> {
  const deps: IngestDeps = { ...given, complain: sparingly(given.clock) };
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // Signatures cover the exact bytes: nothing may parse them first, whatever the content type claims.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, parsed) =>
      parsed(null, body),
    );
    // A content type that does not parse would be refused before any of our code runs, and the event with it.
    scope.addHook('onRequest', (request, _reply, next) => {
      request.raw.headers['content-type'] = 'application/octet-stream';
      next();
    });
    scope.setErrorHandler((error: FastifyError, request: FastifyRequest<{ Params: Params }>, reply) => {
      if (error.statusCode !== TOO_LARGE) throw error;
      return tooLarge(deps, request, reply);
    });
    const route = (request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) =>
      handle(deps, request, request.params, reply);
    scope.post('/hooks/:platform', { bodyLimit: MAX_BODY_BYTES }, route);
    scope.post('/hooks/:platform/:secret', { bodyLimit: MAX_BODY_BYTES }, route);
    done();
  });
}
