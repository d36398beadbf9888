/**
 * Reads the log for a room that keeps something of its own about it: from a mark that survives restarts, page by page, in
 * order. What a page brings and the mark behind it are written in one commit, so each event has its effect exactly once.
 */
import { handoverEventSchema, type HandoverEvent } from '../../shared/contract/events';
import type { LogEntry, Store } from '../store/port';

const LOG_PAGE = 500;
const WHOLE_LOG = { keys: [], all: true };

export interface Following {
  store: Pick<Store, 'page' | 'position' | 'gateway'>;
  /** Name of the mark. */
  mark: string;
  /** Cheap, before anything is parsed: most events are turns. */
  concerns: (body: string) => boolean;
  /** Where to begin without a mark: with what is still there, or with what comes. */
  from: 'floor' | 'head';
  /** Writes what the events bring about, and the mark, in one commit. */
  take: (events: HandoverEvent[], readUpTo: number) => Promise<void>;
}

export class LogFollower {
  private readUpTo: number | undefined;
  /** The last entry that was published. */
  private published: number;
  /** The log of which the positions are. */
  private epoch: string;

  constructor(private readonly following: Following) {
    const { head, epoch } = following.store.position();
    this.published = head;
    this.epoch = epoch;
  }

  /**
   * Takes note of entries as they are published: what concerns nobody need not be read. True: something must be read.
   * The mark stays behind then, which costs a restart some pages and nothing else.
   */
  see(entries: readonly LogEntry[]): boolean {
    const anew = this.noticeEpoch();
    const before = this.published;
    this.published = entries.at(-1)?.offset ?? before;
    if (anew || entries.some(({ body }) => this.following.concerns(body))) return true;
    if (this.readUpTo === before) this.readUpTo = this.published;
    return false;
  }

  /** Everything in the log when this is called has had its effect when it resolves. Not for two callers at a time. */
  async catchUp(): Promise<void> {
    const { store, mark, concerns, take } = this.following;
    this.noticeEpoch();
    const { head, floor } = store.position();
    this.readUpTo ??= (await store.gateway.mark(mark)) ?? (await this.begin());
    // A mark beyond the head is another log's.
    if (this.readUpTo > head) this.readUpTo = floor;
    while (this.readUpTo < head) {
      const { entries, upTo } = await store.page(this.readUpTo, WHOLE_LOG, LOG_PAGE);
      const events = entries
        .filter(({ body }) => concerns(body))
        .map(({ body }) => handoverEventSchema.parse(JSON.parse(body)));
      await take(events, upTo);
      if (upTo <= this.readUpTo) return;
      this.readUpTo = upTo;
    }
  }

  /**
   * True: the log went back to an earlier state and is another one since, as after a failover to a standby that lagged behind.
   * What was read of it went back too, and stands in its mark: an offset of before may be another event's by now.
   */
  private noticeEpoch(): boolean {
    const { epoch, head } = this.following.store.position();
    if (epoch === this.epoch) return false;
    this.epoch = epoch;
    this.published = head;
    this.readUpTo = undefined;
    return true;
  }

  /** Noted at once: what happens from here on is not to be skipped by a restart. */
  private async begin(): Promise<number> {
    const { store, mark, from } = this.following;
    const { head, floor } = store.position();
    const start = from === 'head' ? head : floor;
    await store.gateway.putMark(mark, start);
    return start;
  }

  get position(): number {
    return this.readUpTo ?? -1;
  }
}
