/**
 * Lets claims lapse that nobody renews, by the monotonic timers of the relay that granted or renewed them last. After a
 * restart every live claim gets one full lease, so a restart never takes a call away from a desk that is coming back. Where
 * relays share the store, those that live free the claims of one that died, by the store's clock.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Claim, Store } from '../store/port';

/** How often claims are looked for that no relay keeps any more. */
const ORPHANS_EVERY_MS = 2_000;
/** The relay that keeps a claim frees it by its own timer, so others leave it this long. */
const LEAVE_TO_KEEPER_MS = 3_000;

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
  store: Pick<Store, 'lapse' | 'activeClaims' | 'overdueClaims' | 'shared'>;
  clock: Clock;
  leaseMs: number;
  log: Logger;
}): LeaseKeeper {
  const timers = new Map<string, NodeJS.Timeout>();
  let orphans: NodeJS.Timeout | undefined;
  let quietUntil = 0;
  let adopting = false;

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
      // Nobody could renew it meanwhile either: another whole lease.
      if (!timers.has(claim.call)) arm(claim, deps.leaseMs);
    }
  };

  /** Frees claims whose relay is gone, and with it the timer that kept them. */
  const adopt = async () => {
    if (adopting) return;
    adopting = true;
    try {
      const overdue = await deps.store.overdueClaims(LEAVE_TO_KEEPER_MS);
      if (deps.clock.monotonic() < quietUntil) return;
      for (const claim of overdue) if (!timers.has(claim.call)) await lapse(claim);
    } catch {
      // The store is gone, and nobody can renew: everybody gets a whole lease from when it is back.
      quietUntil = deps.clock.monotonic() + deps.leaseMs;
    } finally {
      adopting = false;
    }
  };

  return {
    start: async () => {
      if (deps.store.shared) {
        quietUntil = deps.clock.monotonic() + deps.leaseMs;
        // Left running on purpose: `adopt` handles its own failure.
        orphans = setInterval(() => void adopt(), ORPHANS_EVERY_MS);
        orphans.unref();
      } else for (const claim of await deps.store.activeClaims()) arm(claim, deps.leaseMs);
    },
    hold: (claim) => arm(claim, deps.leaseMs),
    drop,
    stop: () => {
      clearInterval(orphans);
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
