/** What went wrong, in words the gateway can act on. The one question behind it: may the platform have acted? */
import { PlatformError, type PlatformFault, type RateLimit } from '../api';
import { compact } from './decoding';
import { Fields } from './fields';
import { retryAfterOf } from './http-headers';

/** `acts`: repeating could do it twice. `repeatable`: reading, or writing the same state again. */
export type Effect = 'acts' | 'repeatable';

/** Failures before a single byte of the request left: nothing can have happened. */
const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_)/;

/** Longest text kept of what a platform wrote, characters. */
const MAX_SAID_CHARS = 300;
/** Codes look like identifiers; anything else could be a caller's data. */
const CODE = /^[A-Za-z][A-Za-z_.-]{0,63}$/;

function codeOf(error: unknown): string | undefined {
  // fetch wraps the socket's error as `cause`; it may be a list of attempts that carries the code itself.
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return undefined;
}

/** No answer, or not all of it. */
export function networkFault(platform: string, error: unknown, effect: Effect): PlatformError {
  const code = codeOf(error);
  const neverSent = code !== undefined && NEVER_SENT.test(code);
  const fault = effect === 'acts' && !neverSent ? 'unclear' : 'unavailable';
  const why = neverSent ? 'not reachable' : 'no complete answer';
  return new PlatformError(fault, `${platform}: ${why}`, compact({ code }) as { code?: string }, { cause: error });
}

function faultOf(status: number, effect: Effect, saysLater: boolean): PlatformFault {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not_found';
  if (status === 405 || status === 501) return 'unsupported';
  if (status === 429) return 'rate_limited';
  // With `Retry-After` a 503 is a refusal. Other failures may come from behind the point where the call was made.
  if (status === 503 && saysLater) return 'unavailable';
  if (status >= 500 || status === 408) return effect === 'acts' ? 'unclear' : 'unavailable';
  return status >= 400 ? 'rejected' : effect === 'acts' ? 'unclear' : 'bad_answer';
}

/** An answer that is not a success. `value` is its parsed body. */
export function answerFault(
  platform: string,
  response: Pick<Response, 'status' | 'headers'>,
  value: unknown,
  effect: Effect,
  rate: RateLimit | undefined,
): PlatformError {
  const { status, headers } = response;
  const outer = new Fields(value);
  const inner = outer.fields('error');
  const named = inner.text('code', 'type') ?? outer.text('code', 'error_code', 'error', 'type');
  const code = named !== undefined && CODE.test(named) ? named : undefined;
  const said = (inner.text('message') ?? outer.text('message', 'detail', 'error'))?.slice(0, MAX_SAID_CHARS);
  const retryAfterS = retryAfterOf(headers);
  const fault = faultOf(status, effect, retryAfterS !== undefined);
  const message = `${platform} answered ${status}${code === undefined ? '' : ` (${code})`}`;
  return new PlatformError(fault, message, { status, ...(compact({ retryAfterS, rate, code, said }) as object) });
}
