/** Headers by which platforms ask for patience. */
import type { RateLimit } from '../api';
import { compact } from './decoding';

/** Unix seconds of 2001 and of 5138: outside is not a time in seconds. */
const MIN_UNIX_S = 1e9;
const MAX_UNIX_S = 1e11;

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

function unixSeconds(value: number | undefined): number | undefined {
  if (value === undefined || value < MIN_UNIX_S) return undefined;
  return value < MAX_UNIX_S ? value : Math.floor(value / 1000);
}

/** `X-RateLimit-Limit|Remaining|Reset` (Unix seconds), where the answer has any of them. */
export function rateOf(headers: Headers): RateLimit | undefined {
  const rate = compact({
    limit: wholeNumber(headers.get('x-ratelimit-limit')),
    remaining: wholeNumber(headers.get('x-ratelimit-remaining')),
    resetAt: unixSeconds(wholeNumber(headers.get('x-ratelimit-reset'))),
  }) as RateLimit;
  return Object.keys(rate).length === 0 ? undefined : rate;
}

/** Seconds to wait: `Retry-After` as seconds, or as a date measured against the answer's own `Date`. */
export function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  const seconds = wholeNumber(text);
  if (seconds !== undefined || text === null) return seconds;
  // Date.parse alone takes "-5" for a year.
  const then = /^[A-Za-z]{3,9},? .* GMT$/.test(text) ? Date.parse(text) : NaN;
  const now = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(then) || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil((then - now) / 1000));
}
