/** Retry and circuit breaker of one platform, as cockatiel policies over the faults of its adapter. */
import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  type CircuitBreakerPolicy,
  type IRetryBackoffContext,
} from 'cockatiel';
import { PlatformError, type PlatformFault } from '../../../platforms/api';

/** Failures in a row after which a platform is left alone. */
const BREAK_AFTER = 5;
/** Repeats after the first attempt. */
const MAX_REPEATS = 2;
const BACKOFF_BASE_MS = 250;
const BACKOFF_CAP_MS = 4_000;
/** A platform's `Retry-After` up to this is waited for; a longer one is passed on to whoever asked. */
const MAX_RETRY_AFTER_MS = 3_000;

/**
 * What may be repeated. `safe`: reads, and writes that set a state. `keyed`: what must not happen twice, where the platform
 * knows a repeat by its key. `once`: what must not happen twice, so only faults that say for certain that nothing happened.
 */
export type Repeat = 'safe' | 'keyed' | 'once';
const REPEATABLE: Record<Repeat, readonly PlatformFault[]> = {
  safe: ['unavailable', 'unclear', 'rate_limited'],
  keyed: ['unavailable', 'unclear', 'rate_limited'],
  once: ['unavailable', 'rate_limited'],
};
const SICK: readonly PlatformFault[] = ['unavailable', 'unclear'];

function retryAfterMs(error: unknown): number {
  return error instanceof PlatformError ? (error.details.retryAfterS ?? 0) * 1000 : 0;
}

/** Full jitter below a doubling ceiling, and never sooner than the platform asked. */
export function backoffMs(attempt: number, error: unknown, random: () => number): number {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempt);
  return retryAfterMs(error) + Math.round(random() * ceiling);
}

function reasonOf(context: IRetryBackoffContext<unknown>): unknown {
  return 'error' in context.result ? context.result.error : undefined;
}

export class Attempts {
  private readonly breaker: CircuitBreakerPolicy;

  /** @param breakMs how long a sick platform is left alone before one request may try it */
  constructor(
    private readonly platform: string,
    private readonly random: () => number,
    private readonly breakMs: number,
  ) {
    this.breaker = circuitBreaker(
      handleWhen((error) => error instanceof PlatformError && SICK.includes(error.fault)),
      { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(BREAK_AFTER) },
    );
  }

  /**
   * Runs `attempt` until it succeeds or may not be repeated. What is `keyed` stays unclear after an attempt that was: a later
   * one that was refused, or never left, says nothing of what the earlier one did.
   * @throws PlatformError
   */
  async run<T>(repeat: Repeat, attempt: () => Promise<T>): Promise<T> {
    if (repeat !== 'keyed') return this.repeated(repeat, attempt);
    const earlier = { unclear: false };
    const noting = async () => {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof PlatformError && error.fault === 'unclear') earlier.unclear = true;
        throw error;
      }
    };
    try {
      return await this.repeated(repeat, noting);
    } catch (error) {
      if (!earlier.unclear) throw error;
      const message = `${this.platform}: an attempt was not answered, and no later one succeeded`;
      throw new PlatformError('unclear', message, {}, { cause: error });
    }
  }

  private repeated<T>(repeat: Repeat, attempt: () => Promise<T>): Promise<T> {
    const policy = retry(
      handleWhen(
        (error) =>
          error instanceof PlatformError &&
          REPEATABLE[repeat].includes(error.fault) &&
          retryAfterMs(error) <= MAX_RETRY_AFTER_MS,
      ),
      {
        maxAttempts: MAX_REPEATS,
        backoff: new DelegateBackoff((context: IRetryBackoffContext<unknown>) =>
          backoffMs(context.attempt, reasonOf(context), this.random),
        ),
      },
    );
    return policy.execute(() => this.guarded(attempt));
  }

  private async guarded<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await this.breaker.execute(attempt);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const message = `${this.platform}: left alone after ${BREAK_AFTER} failures in a row`;
      throw new PlatformError('unavailable', message, { retryAfterS: this.breakMs / 1000 }, { cause: error });
    }
  }
}
