/** What leaves the store again: by age, by size, and on a person's request. */

export interface SweepLimits {
  /** Events received before this leave, epoch ms. */
  eventsBefore: number;
  /** Deliveries received before this leave, but for those not understood, which stay as long as events. */
  deliveriesBefore: number;
  /** Bytes the database may use; above it the oldest events leave. */
  maxBytes: number;
  /** Only events received before this leave because of the size: it may be something else that takes the room. */
  bySizeBefore: number;
  /** Bytes that kept bodies may use; above it the oldest leave first. */
  maxBodyBytes: number;
  /** Ids of deleted events are remembered until they are older than this, so that a replayed webhook stays a repeat. */
  idsBefore: number;
}

export interface Swept {
  events: number;
  deliveries: number;
  /** There is more to do: sweep again, after others had their turn. */
  more: boolean;
  /** The database is above its size, and no event may leave because of it. */
  overfull: boolean;
}

export interface Forgotten {
  calls: number;
  events: number;
  /** Of those calls. */
  deliveries: number;
  leads: number;
  callbacks: number;
  /** Files of imports in which the number stood; they are deleted whole. */
  files: number;
}

export interface RetentionStore {
  /** Removes a bounded portion of what is due. */
  sweep(limits: SweepLimits): Promise<Swept>;
  /**
   * Erases every call that involves a phone number, and what the REST gateway keeps of it. The epoch changes, so that
   * every desk starts again from snapshots without them.
   * @param numbers the same number in its notations, digits only: as it was given first, then without its country
   */
  forget(numbers: string[], now: number): Promise<Forgotten>;
  /** Leaves nothing readable of it in the files. */
  scrub(): Promise<void>;
}
