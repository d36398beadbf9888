/** What stands before a simulated platform's routes: its key, its rate limit, its bad days, and the journal. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import type { PlatformName } from '../config';
import type { Journal } from '../journal';

interface RateWindow {
  limit: number;
  remaining: number;
  /** Epoch seconds. */
  resetAt: number;
}

/** How one platform words what went wrong. */
export interface Refusals {
  unauthorized: (reply: FastifyReply) => FastifyReply;
  rateLimited: (reply: FastifyReply) => FastifyReply;
  unavailable: (reply: FastifyReply) => FastifyReply;
}

export interface Gate {
  /** Every request is answered 429 for this long (floor's milliseconds). */
  throttle(nominalMs: number): void;
  /** Every request is answered 503 for this long (floor's milliseconds). */
  shut(nominalMs: number): void;
}

const WINDOW_MS = 60_000;

/** Constant-time comparison of a presented credential with the right one, whatever their lengths. */
export function sameSecret(presented: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(presented), digest(right));
}

/** Puts the gate before every route of `app`. `key` is undefined where the configuration lets any key in. */
export function createGate(
  app: FastifyInstance,
  options: {
    platform: PlatformName;
    clock: Clock;
    journal: Journal;
    /** The credential as the request presents it, '' when it has none. */
    presented: (request: FastifyRequest) => string;
    key: string | undefined;
    perMinute: number;
    /** Whether the platform tells of its limit in headers. */
    rateHeaders: boolean;
    refusals: Refusals;
  },
): Gate {
  const { platform, clock, journal, key, perMinute, refusals } = options;
  let throttled = 0;
  let closed = 0;
  let used = 0;
  let windowSince = clock.now();

  const spend = (): RateWindow => {
    if (clock.since(windowSince) >= WINDOW_MS) {
      windowSince = clock.now();
      used = 0;
    }
    used += 1;
    const left = throttled > 0 ? 0 : Math.max(0, perMinute - used);
    const untilReset = Math.max(0, WINDOW_MS - clock.since(windowSince));
    return { limit: perMinute, remaining: left, resetAt: Math.ceil((clock.now() + untilReset * clock.scale) / 1000) };
  };

  app.addHook('preHandler', async (request, reply) => {
    if (closed > 0) return refusals.unavailable(reply);
    const presented = options.presented(request);
    if (presented === '' || (key !== undefined && !sameSecret(presented, key))) return refusals.unauthorized(reply);
    const window = spend();
    if (options.rateHeaders) {
      void reply.headers({
        'x-ratelimit-limit': window.limit,
        'x-ratelimit-remaining': window.remaining,
        'x-ratelimit-reset': window.resetAt,
      });
    }
    if (throttled > 0 || used > perMinute) {
      void reply.header('retry-after', Math.max(1, window.resetAt - Math.floor(clock.now() / 1000)));
      return refusals.rateLimited(reply);
    }
    return undefined;
  });
  app.addHook('onResponse', async (request, reply) => {
    const idempotencyKey = request.headers['idempotency-key'];
    journal.received({
      at: clock.now(),
      platform,
      method: request.method,
      path: request.url,
      ...(typeof idempotencyKey === 'string' ? { idempotency_key: idempotencyKey } : {}),
      ...(request.body === undefined || request.body === null ? {} : { body: request.body }),
      status: reply.statusCode,
    });
    return Promise.resolve();
  });

  return {
    throttle: (nominalMs) => {
      throttled += 1;
      clock.after(nominalMs, () => {
        throttled -= 1;
      });
    },
    shut: (nominalMs) => {
      closed += 1;
      clock.after(nominalMs, () => {
        closed -= 1;
      });
    },
  };
}
