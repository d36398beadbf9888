/**
 * `POST /hooks/<platform>`: authenticate the raw bytes, decode, append, and answer 200 with an empty body only once
 * the events are durable. Everything else asks the platform to come again, or is not for us.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { ConfiguredPlatform } from '../config/schema';
import type { Metrics } from '../ops/metrics';
import { StoreError, type Store } from '../store/port';
import type { DecodedEvent } from '../../platforms/platform';
import { identify } from './identity';

/** Largest webhook body: a transcript of hours is well below it. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** When a platform should try again after a 503, seconds: long enough for a disk hiccup, far below its give-up. */
const RETRY_AFTER_S = 5;
/** A platform waits 10 s for its answer (VInfer): later than this it is told to come again. */
const ANSWER_WITHIN_MS = 8_000;

export interface WebhookDeps {
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
  store: Pick<Store, 'append'>;
  clock: Clock;
  lateAfterS: number;
  log: Logger;
  metrics: Metrics;
}

type Verdict = 'accepted' | 'repeated' | 'refused' | 'unavailable';

interface Params {
  platform: string;
  secret?: string;
}

function decode(configured: ConfiguredPlatform, rawBody: Uint8Array): DecodedEvent[] {
  const unknown = (reason: string): DecodedEvent[] => [{ type: 'platform.unknown', istest: false, data: { reason } }];
  try {
    const events = configured.platform.webhook.decode(rawBody);
    return events.length === 0 ? unknown('nothing was decoded') : events;
  } catch {
    return unknown('the decoder failed');
  }
}

function timeout(ms: number): { expired: Promise<never>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('busy', 'not durable in time')), ms);
  });
  return { expired, cancel: () => clearTimeout(timer) };
}

async function receive(deps: WebhookDeps, request: FastifyRequest, params: Params): Promise<Verdict | 'unconfigured'> {
  const configured = deps.platforms.get(params.platform);
  if (configured === undefined) return 'unconfigured';
  const received = deps.clock.now();
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { headers } = request;
  const authentication = configured.platform.webhook.authenticate(
    { headers, rawBody, ...(params.secret === undefined ? {} : { pathSecret: params.secret }) },
    configured.config,
  );
  if (!authentication.ok) return 'refused';
  const events = identify(decode(configured, rawBody), {
    platform: params.platform,
    rawBody,
    trust: authentication.trust,
    received,
    lateAfterS: deps.lateAfterS,
  });
  const { expired, cancel } = timeout(ANSWER_WITHIN_MS);
  try {
    const { offsets } = await Promise.race([deps.store.append(events), expired]);
    return offsets.every((offset) => offset === null) ? 'repeated' : 'accepted';
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    deps.log.error({ platform: params.platform, fault: error.fault }, 'webhook not durable');
    return 'unavailable';
  } finally {
    cancel();
  }
}

function answer(reply: FastifyReply, verdict: Verdict | 'unconfigured') {
  switch (verdict) {
    case 'accepted':
    case 'repeated':
      return reply.code(200).send();
    case 'refused':
      return reply.code(401).send();
    case 'unconfigured':
      return reply.code(404).send();
    case 'unavailable':
      return reply.code(503).header('retry-after', String(RETRY_AFTER_S)).send();
  }
}

/** Registers the webhook routes, in a scope of their own because they want raw bodies. */
export async function webhookRoutes(app: FastifyInstance, deps: WebhookDeps): Promise<void> {
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
    const handle = async (request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) => {
      const started = deps.clock.monotonic();
      const verdict = await receive(deps, request, request.params);
      const known = verdict === 'unconfigured' ? 'other' : request.params.platform;
      deps.metrics.webhooks.inc({ platform: known, verdict });
      deps.metrics.webhookSeconds.observe((deps.clock.monotonic() - started) / 1000);
      return answer(reply, verdict);
    };
    scope.post('/hooks/:platform', { bodyLimit: MAX_BODY_BYTES }, handle);
    scope.post('/hooks/:platform/:secret', { bodyLimit: MAX_BODY_BYTES }, handle);
    done();
  });
}
