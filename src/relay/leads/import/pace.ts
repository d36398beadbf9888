/**
 * How many rows go into one transaction: as many as take a moment. On a quiet machine that is thousands, which share the
 * pages they change and one sync; when webhooks want the database too, or the disk is slow, it takes longer, and there are fewer.
 */
import type { Clock } from '../../clock';

/** What one transaction may take, ms: webhooks wait for it. */
const MOMENT_MS = 30;
const FIRST_ROWS = 1_000;
const FEWEST_ROWS = 500;
const MOST_ROWS = 4_000;
/** At most so many times as many rows as before, however quick that was. */
const GROWTH = 2;

interface Pace {
  readonly rows: number;
  /** Carries a portion out, and learns from how long that took. */
  portion<T>(work: (rows: number) => Promise<T>): Promise<T>;
}

export function createPace(clock: Pick<Clock, 'monotonic'>): Pace {
  let rows = FIRST_ROWS;
  return {
    get rows() {
      return rows;
    },
    async portion(work) {
      const began = clock.monotonic();
      const result = await work(rows);
      const took = Math.max(clock.monotonic() - began, MOMENT_MS / GROWTH);
      rows = Math.round(Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, (rows * MOMENT_MS) / took)));
      return result;
    },
  };
}
