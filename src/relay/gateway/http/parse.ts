/** Reads of requests, each with a problem that says what is wrong. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { callIdSchema } from '../../../shared/contract/events';
import { REST_LIMITS } from '../../../shared/contract/rest';
import { Problem, problemOfZod } from './problem';

/** @throws Problem `bad_request` */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw problemOfZod(parsed.error);
  return parsed.data;
}

/** A path parameter of the shape `<platform>:<id>`; the router has percent-decoded it. */
export function platformId(request: FastifyRequest, name: string): { whole: string; platform: string; id: string } {
  const whole = parameter(request, name);
  if (!callIdSchema.safeParse(whole).success) {
    throw new Problem('bad_request', 'The id must be <platform>:<id>, percent-encoded');
  }
  const colon = whole.indexOf(':');
  return { whole, platform: whole.slice(0, colon), id: whole.slice(colon + 1) };
}

export function parameter(request: FastifyRequest, name: string): string {
  const params = request.params;
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  if (typeof value !== 'string' || value === '') throw new Problem('not_found', 'No such address');
  return value;
}

/** Visible ASCII, so that it can be compared, stored and passed on as it is. */
const KEY = /^[\x21-\x7e]+$/;

/** The `Idempotency-Key` of a request, if it has one. @throws Problem `bad_request` for one that cannot be used */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length > REST_LIMITS.maxKeyChars || !KEY.test(key)) {
    throw new Problem('bad_request', `Idempotency-Key: visible ASCII, at most ${REST_LIMITS.maxKeyChars} characters`);
  }
  return key;
}
