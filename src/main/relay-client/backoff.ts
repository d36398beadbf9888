/** Reconnect delays: full jitter under a doubling ceiling, so that a thousand desks do not come back in one wave. */
import { DESK_LIMITS } from '../../shared/contract/desk-protocol';

/** A connection that lasted this long was a good one: the ceiling starts from the bottom again. */
export const STABLE_AFTER_MS = 60_000;

/** Milliseconds to wait before attempt `attempt` (0 for the first after a loss). `random` gives 0 ≤ x < 1. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(DESK_LIMITS.reconnectCapMs, DESK_LIMITS.reconnectBaseMs * 2 ** Math.min(attempt, 30));
  return Math.floor(random() * ceiling);
}
