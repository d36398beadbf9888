/**
 * Reads a system call trace and answers how much of the write-ahead log was certainly on the disk when its process died.
 * What was written after the last sync is in the page cache only: a power cut may leave any part of it.
 */
export interface SyncedLength {
  /** Bytes from the start of the file that a sync covers. */
  synced: number;
  /** Bytes of the file as the process saw it since the log last began anew. */
  written: number;
}

const WRITE = /^\d+ +pwrite64\(\d+<[^>]*-wal>, .*, (\d+), (\d+)(?:\) += \d+| <unfinished)/;
const SYNC_DONE = /^\d+ +f(?:data)?sync\(\d+<[^>]*-wal>\) += 0/;
const SYNC_BEGUN = /^(\d+) +f(?:data)?sync\(\d+<[^>]*-wal> <unfinished/;
const SYNC_RESUMED = /^(\d+) +<\.\.\. f(?:data)?sync resumed>\) += 0/;

/** @param trace lines as `strace -f -y` writes them, of one process from its start */
export function syncedLength(trace: Iterable<string>): SyncedLength {
  const length: SyncedLength = { synced: 0, written: 0 };
  /** By thread: what its sync that has not returned yet will cover. */
  const covering = new Map<string, number>();
  for (const line of trace) {
    const [, count, offset] = WRITE.exec(line) ?? [];
    if (count !== undefined) {
      // The log begins anew only after everything in it was moved to the database and synced there.
      if (Number(offset) === 0) {
        length.synced = 0;
        length.written = 0;
        covering.clear();
      }
      length.written = Math.max(length.written, Number(offset) + Number(count));
      continue;
    }
    if (SYNC_DONE.test(line)) length.synced = length.written;
    const begun = SYNC_BEGUN.exec(line)?.[1];
    if (begun !== undefined) covering.set(begun, length.written);
    const resumed = SYNC_RESUMED.exec(line)?.[1];
    const covered = resumed === undefined ? undefined : covering.get(resumed);
    if (covered !== undefined) length.synced = Math.max(length.synced, covered);
  }
  return length;
}
