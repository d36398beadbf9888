/** Long rows of dial checks in pieces: webhooks, heartbeats and agents have their turn in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A few milliseconds of work: a check takes some thirty microseconds. */
const CHECKS_PER_TURN = 200;

/** To be awaited before each check. */
export function createTurns(): () => Promise<void> | undefined {
  let checks = 0;
  return () => {
    checks += 1;
    return checks % CHECKS_PER_TURN === 0 ? nextTurn() : undefined;
  };
}
