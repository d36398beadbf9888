/** For complaints that a flood would repeat thousands of times. */
import type { Clock } from '../clock';

const MINUTE_MS = 60_000;

/** Runs what it is given at most once in a while, with how often it was not run since. */
export function sparingly(
  clock: Pick<Clock, 'monotonic'>,
  onceInMs = MINUTE_MS,
): (say: (unsaid: number) => void) => void {
  let said = -Infinity;
  let unsaid = 0;
  return (say) => {
    const now = clock.monotonic();
    if (now - said < onceInMs) {
      unsaid += 1;
      return;
    }
    say(unsaid);
    said = now;
    unsaid = 0;
  };
}
