/**
 * The relay's REST API as main uses it: one bounded request, its answer checked by the contract, and what went wrong as a
 * code. Never rejects. It repeats reads that met a dead connection, and nothing else: whoever asks knows what is harmless.
 */
import type { z } from 'zod';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import { problemSchema, type ProblemBody } from '../../shared/contract/rest';
import { restUrl } from '../relay-client/address';
import { readBody } from './read-body';

/** A read that takes longer is of no use to who looks at the page. */
const ANSWER_WITHIN_MS = 15_000;
/** The relay gives platforms 10 s an attempt and tries some requests three times. */
export const WRITE_WITHIN_MS = 45_000;
/** A page of a hundred calls is some tens of kilobytes. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

export interface RestRequest<T> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query; every part encoded. */
  path: string;
  /** Sent as JSON, or, when it is a Blob, as it is. */
  body?: unknown;
  /** `Idempotency-Key`. */
  key?: string;
  withinMs?: number;
  answer: z.ZodType<T>;
}

export type RestAnswer<T> =
  | { ok: true; status: number; value: T }
  | {
      ok: false;
      reason: RelayReason;
      /** Whether the relay may have acted: `no` when it said so, or was never reached. */
      done: 'no' | 'perhaps';
      problem?: ProblemBody;
      retryAfterMs?: number;
    };

export interface RelayRest {
  ask<T>(request: RestRequest<T>): Promise<RestAnswer<T>>;
  /** An answer that is text and no JSON, of at most so many bytes. */
  read(path: string, maxBytes: number): Promise<RestAnswer<string>>;
}

export interface RelayRestOptions {
  fetch: typeof globalThis.fetch;
  /** Where to and as whom; undefined while there is no relay. */
  link: () => { relay: string; token: string } | undefined;
}

const UNSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNABORTED'];
/** Longest wait that a relay may ask for, ms. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;

/** Whether a failed request certainly never left: only errors of connecting say that. */
function neverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return UNSENT.includes(code) || code === 'UND_ERR_CONNECT_TIMEOUT';
}

function json(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // Not JSON: a proxy's page, a cut answer. The schema says so.
    return undefined;
  }
}

/** Refusals after which the platform may have acted all the same. */
const PERHAPS: readonly RelayReason[] = ['unclear', 'internal', 'idempotency_key_in_use'];

function refusalOf(body: unknown, retryAfter: string | null): RestAnswer<never> {
  const parsed = problemSchema.safeParse(body);
  // No problem details: this is not the relay's own word.
  if (!parsed.success) return { ok: false, reason: 'bad_answer', done: 'perhaps' };
  const { code } = parsed.data;
  const seconds = Number(retryAfter ?? Number.NaN);
  return {
    ok: false,
    reason: code,
    done: PERHAPS.includes(code) ? 'perhaps' : 'no',
    problem: parsed.data,
    ...(Number.isFinite(seconds) ? { retryAfterMs: Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) } : {}),
  };
}

/** What is wrong with an answer that never came whole. */
function faultOf(error: unknown): RestAnswer<never> {
  return neverSent(error)
    ? { ok: false, reason: 'offline', done: 'no' }
    : { ok: false, reason: 'no_answer', done: 'perhaps' };
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === 'TimeoutError';

type Sent = Omit<RestRequest<unknown>, 'answer'>;

export function createRelayRest({ fetch, link }: RelayRestOptions): RelayRest {
  function send(
    url: string,
    token: string,
    { method, body, key, withinMs = ANSWER_WITHIN_MS }: Sent,
  ): Promise<Response> {
    const raw = body instanceof Blob;
    const type = raw ? body.type : 'application/json';
    return fetch(url, {
      ...{ method, redirect: 'error', signal: AbortSignal.timeout(withinMs) },
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json, text/csv',
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
  }

  /** The answer's text, or why there is none. */
  async function exchange(request: Sent, maxBytes: number): Promise<RestAnswer<string>> {
    const to = link();
    if (to === undefined) return { ok: false, reason: 'offline', done: 'no' };
    const url = restUrl(to.relay, request.path);
    try {
      const response = await send(url, to.token, request).catch((error: unknown) => {
        // A connection that was kept and has died meanwhile is found out by using it; reading again harms nobody.
        if (request.method !== 'GET' || isTimeout(error)) throw error;
        return send(url, to.token, request);
      });
      const text = await readBody(response, maxBytes);
      if (!response.ok) return refusalOf(json(text), response.headers.get('retry-after'));
      return { ok: true, status: response.status, value: text };
    } catch (error) {
      return faultOf(error);
    }
  }

  return {
    async ask(request) {
      const answer = await exchange(request, MAX_ANSWER_BYTES);
      if (!answer.ok) return answer;
      const parsed = request.answer.safeParse(json(answer.value));
      if (!parsed.success) return { ok: false, reason: 'bad_answer', done: 'perhaps' };
      return { ok: true, status: answer.status, value: parsed.data };
    },
    read: (path, maxBytes) => exchange({ method: 'GET', path }, maxBytes),
  };
}
