/**
 * What is left of a platform's rate limit, as its own headers tell (`X-RateLimit-*`, `Retry-After`). Unknown until the
 * first answer: then nothing is held back, and the first 429 teaches.
 */
import type { RateLimit } from '../../../platforms/api';
import type { Clock } from '../../clock';

/** Part of the limit that background work leaves to people at their desks. */
const BACKGROUND_RESERVE = 0.25;
/** When nothing says how long an exhausted limit lasts: a platform's window is a minute (VInfer). */
const UNKNOWN_RESET_MS = 60_000;
/** A platform's clock or header may be wrong: no wait is longer than this. */
const MAX_WAIT_MS = 10 * 60_000;

export class RateWindow {
  private rate: RateLimit = {};
  /** Epoch ms. */
  private resetAt = 0;
  private blockedUntil = 0;

  constructor(private readonly clock: Clock) {}

  /** As the platform last told it, counted down by what was sent since. */
  get latest(): RateLimit {
    return { ...this.rate };
  }

  observe(rate: RateLimit | undefined): void {
    if (rate === undefined) return;
    this.rate = { ...this.rate, ...rate };
    const now = this.clock.now();
    const told = rate.resetAt === undefined ? now + UNKNOWN_RESET_MS : rate.resetAt * 1000;
    this.resetAt = Math.min(told, now + MAX_WAIT_MS);
  }

  /** The platform asked for patience. */
  refused(retryAfterS: number | undefined): void {
    const known = Math.max(this.resetAt - this.clock.now(), 1_000);
    const ms = retryAfterS === undefined ? known : retryAfterS * 1000;
    this.blockedUntil = this.clock.now() + Math.min(ms, MAX_WAIT_MS);
  }

  spend(): void {
    if (this.rate.remaining !== undefined) this.rate.remaining = Math.max(0, this.rate.remaining - 1);
  }

  /** Milliseconds until a request may leave; 0 for now. */
  waitMs(background: boolean): number {
    const now = this.clock.now();
    if (now < this.blockedUntil) return this.blockedUntil - now;
    if (now >= this.resetAt && this.rate.remaining !== undefined) delete this.rate.remaining;
    const { limit, remaining } = this.rate;
    if (remaining === undefined) return 0;
    const reserve = background && limit !== undefined ? limit * BACKGROUND_RESERVE : 0;
    return remaining > reserve ? 0 : this.resetAt - now;
  }
}
