/**
 * Lets claims lapse that nobody renews, by the relay's own monotonic timers. After a restart every live claim gets one
 * full lease, so a restart never takes a call away from a desk that is coming back.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Claim, Store } from '../store/port';

/** When to try again after the store could not record a lapse. */
const RETRY_MS = 1_000;

export interface LeaseKeeper {
  /** Arms the claims that were live when the relay started. */
  start(): Promise<void>;
  /** A claim was granted or renewed: its lease runs from now. */
  hold(claim: Claim): void;
  /** A claim was released. */
  drop(call: string): void;
  stop(): void;
}

export function createLeaseKeeper(deps: {
  store: Pick<Store, 'lapse' | 'activeClaims'>;
  clock: Clock;
  leaseMs: number;
  log: Logger;
}): LeaseKeeper {
  const timers = new Map<string, NodeJS.Timeout>();

  const drop = (call: string) => {
    clearTimeout(timers.get(call));
    timers.delete(call);
  };
  const arm = (claim: Claim, ms: number) => {
    drop(claim.call);
    timers.set(
      claim.call,
      // Left running on purpose: `lapse` handles its own failure.
      setTimeout(() => void lapse(claim), ms),
    );
  };
  const lapse = async (claim: Claim) => {
    timers.delete(claim.call);
    try {
      const { current } = await deps.store.lapse(claim, deps.clock.now());
      if (current !== undefined && !timers.has(claim.call)) arm(current, deps.leaseMs);
    } catch (error) {
      deps.log.warn({ err: error }, 'a lapsed lease could not be recorded yet');
      if (!timers.has(claim.call)) arm(claim, RETRY_MS);
    }
  };

  return {
    start: async () => {
      for (const claim of await deps.store.activeClaims()) arm(claim, deps.leaseMs);
    },
    hold: (claim) => arm(claim, deps.leaseMs),
    drop,
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
