/**
 * Snapshots for desks that begin anew. After a failover those are all of them at once: a few are read at a time, so that
 * others may read too, and none for a desk that gave up meanwhile.
 */
import { bulkhead } from 'cockatiel';
import type { Clock } from '../clock';
import type { Viewer } from '../routing/audience';
import type { Snapshots, Store } from '../store/port';

/** Fewer than a relay's sessions for reading. */
const AT_A_TIME = 4;
/** How far back a snapshot reaches: a call quiet for a day is over for every desk. */
const REACH_MS = 24 * 3_600_000;
/** Most calls of a snapshot; those that go on or are claimed stay, then the newest. Far above what one agent can have waiting. */
const MOST_CALLS = 500;

export interface SnapshotDesk {
  /** Undefined: the desk has gone. @throws StoreError */
  of(viewer: Viewer, isGone: () => boolean): Promise<Snapshots | undefined>;
}

export function createSnapshotDesk(store: Pick<Store, 'snapshots'>, clock: Pick<Clock, 'now'>): SnapshotDesk {
  const line = bulkhead(AT_A_TIME, Infinity);
  return {
    of: (viewer, isGone) =>
      line.execute(() =>
        isGone() ? Promise.resolve(undefined) : store.snapshots(viewer, clock.now() - REACH_MS, MOST_CALLS),
      ),
  };
}
