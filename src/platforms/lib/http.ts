/** One platform's REST API over an injected `fetch`: addresses, bodies, size caps, and faults instead of surprises. */
import { PlatformError, type Answer, type RateLimit } from '../api';
import { parseJson } from './body';
import { Fields } from './fields';
import { answerFault, networkFault, type Effect } from './http-faults';
import { rateOf } from './http-headers';

/** Largest answer read, bytes: 100 calls with long transcripts stay below it, an endless body does not. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the API's prefix, segments already encoded, or an absolute address on the same origin. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: FormData | URLSearchParams | Record<string, unknown>;
  headers?: Record<string, string>;
  /** `acts`: repeating it could do the thing twice, so a lost answer is `unclear`. */
  effect: Effect;
  signal: AbortSignal;
}

export interface HttpApi {
  /** Sends and parses; `value` is the answer's JSON, or its text where it is not JSON, undefined where it is empty. */
  send(request: HttpRequest): Promise<Answer<unknown>>;
}

export interface HttpSettings {
  platform: string;
  base: string;
  /** `/v1`, appended unless `base` already ends with it. */
  prefix: string;
  headers: Record<string, string>;
  fetch: typeof globalThis.fetch;
}

/** One path segment. Dots alone would climb out of the path, whatever the encoding. */
export function segment(text: string): string {
  if (text === '' || text === '.' || text === '..' || /\p{Surrogate}/u.test(text))
    throw new PlatformError('not_found', 'not an id that a platform could know');
  return encodeURIComponent(text);
}

function addressOf(settings: HttpSettings, { path, query }: HttpRequest): URL {
  const root = settings.base.replace(/\/+$/, '');
  const below = root.endsWith(settings.prefix) ? root : `${root}${settings.prefix}`;
  const url = path.startsWith('/') ? new URL(`${below}${path}`) : new URL(path);
  // The key goes only to the host it was issued for, whatever address an event named.
  if (url.origin !== new URL(root).origin)
    throw new PlatformError('rejected', `${settings.platform}: address is not on the platform's own host`);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

async function readCapped(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return new Uint8Array();
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream and lets the connection go.
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return undefined;
  const json = parseJson(bytes);
  return json.ok ? json.value : new TextDecoder().decode(bytes);
}

/** @throws PlatformError and nothing else, from every method. */
export function httpApi(settings: HttpSettings): HttpApi {
  const { platform, fetch } = settings;

  async function exchange(
    request: HttpRequest,
    url: URL,
  ): Promise<{ response: Response; bytes: Uint8Array | undefined }> {
    const { body } = request;
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    const response = await fetch(url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        // A form brings its own content type.
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...settings.headers,
        ...request.headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      // Custom key headers would follow a redirect to another host.
      redirect: 'manual',
      signal: request.signal,
    });
    return { response, bytes: await readCapped(response) };
  }

  return {
    async send(request) {
      const url = addressOf(settings, request);
      if (request.signal.aborted) throw new PlatformError('unavailable', `${platform}: given up before sending`);
      const { response, bytes } = await exchange(request, url).catch((error: unknown) => {
        throw networkFault(platform, error, request.effect);
      });
      const rate = rateOf(response.headers);
      const value = bytes === undefined ? undefined : parsed(bytes);
      if (!response.ok) throw answerFault(platform, response, value, request.effect, rate);
      if (bytes === undefined) throw badAnswer(platform, request.effect, 'answer too large');
      return answerOf(value, rate);
    },
  };
}

/** An answer with its rate limit, if it had one. */
export function answerOf<T>(value: T, rate: RateLimit | undefined): Answer<T> {
  return rate === undefined ? { value } : { value, rate };
}

/** A success that cannot be read: the thing may well have been done. */
export function badAnswer(platform: string, effect: Effect, why: string): PlatformError {
  return new PlatformError(effect === 'acts' ? 'unclear' : 'bad_answer', `${platform}: ${why}`);
}

/** The answer's object, looking through one `data` envelope. */
export function objectOf(value: unknown): Fields {
  const outer = new Fields(value);
  const inner = outer.record('data');
  return inner === undefined ? new Fields(value) : new Fields(inner);
}
