import type { FastifyReply } from 'fastify';
import type { RateLimit } from '../../../platforms/api';

/** Passes the platform's rate limit on to the client, in the platform's own terms. */
export function sendRate(reply: FastifyReply, rate: RateLimit | undefined): void {
  if (rate?.limit !== undefined) void reply.header('x-ratelimit-limit', rate.limit);
  if (rate?.remaining !== undefined) void reply.header('x-ratelimit-remaining', rate.remaining);
  if (rate?.resetAt !== undefined) void reply.header('x-ratelimit-reset', rate.resetAt);
}
