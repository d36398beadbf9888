/**
 * The newest stretch of the log in memory: what live desks are sent from, and what a storm of reconnecting desks
 * catches up from without asking the database.
 */
import type { LogEntry } from '../store/port';

/** Bounds of the tail: whichever is reached first. A transcript may be 1 MiB, most events are 1 KiB. */
const MAX_ENTRIES = 10_000;
const MAX_CHARACTERS = 32 * 1024 * 1024;

const sizeOf = (entry: LogEntry): number => entry.body.length + (entry.moved?.snapshot.length ?? 0);

export class Tail {
  private entries: LogEntry[] = [];
  private characters = 0;
  /** Everything after this offset, up to the head, is in memory. */
  private base: number;

  /** @param head offset of the log when the relay started */
  constructor(private head: number) {
    this.base = head;
  }

  push(entry: LogEntry): void {
    this.entries.push(entry);
    this.characters += sizeOf(entry);
    this.head = entry.offset;
    if (this.entries.length > MAX_ENTRIES || this.characters > MAX_CHARACTERS) this.trim();
  }

  /** Entries after an offset, or undefined when they are no longer all in memory. */
  after(offset: number): readonly LogEntry[] | undefined {
    if (offset >= this.head) return [];
    if (offset < this.base) return undefined;
    return this.entries.slice(this.firstAfter(offset));
  }

  /** Drops a quarter at a time, so that a full tail does not shift its array at every event. */
  private trim(): void {
    const dropped = this.entries.splice(0, Math.ceil(this.entries.length / 4));
    for (const entry of dropped) this.characters -= sizeOf(entry);
    this.base = dropped.at(-1)?.offset ?? this.base;
  }

  private firstAfter(offset: number): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.offset ?? Infinity) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
