/**
 * One desk's way through the log: catching up from memory or in pages from the store, then live. Both ways go through
 * `offer`, so what a resumed desk is sent is what it would have been sent had it stayed.
 */
import type { Viewer } from '../routing/audience';
import type { LogEntry, Store } from '../store/port';
import { callFrame, deliveryFor, eventFrame, goneFrame } from './frames';
import type { Frame, Outbox } from './outbox';
import type { Tail } from './tail';

/** Log entries per page of a replay from the store. */
const PAGE_ENTRIES = 300;

export interface StreamSource {
  /** Changes when the log's past does. */
  readonly tail: Tail;
  store: Pick<Store, 'page'>;
}

export class DeskStream {
  private live = false;
  private cursor = 0;
  private prev = 0;

  constructor(
    readonly viewer: Viewer,
    private readonly outbox: Outbox,
    private readonly source: StreamSource,
    private readonly onEvent: () => void,
  ) {}

  /** Sends everything after `from`, then stays live. Ends early, without error, when the desk goes away. */
  async follow(from: number): Promise<void> {
    this.cursor = from;
    this.prev = from;
    for (;;) {
      const recent = this.source.tail.after(this.cursor);
      if (recent?.length === 0) {
        this.live = true;
        return;
      }
      if (recent !== undefined) {
        if (!(await this.replay(recent.slice(0, PAGE_ENTRIES)))) return;
        continue;
      }
      const { entries, upTo } = await this.source.store.page(this.cursor, this.viewer, PAGE_ENTRIES);
      if (!(await this.replay(entries))) return;
      this.cursor = Math.max(this.cursor, upTo);
    }
  }

  /** Sends entries at the desk's pace; false when the desk is gone. */
  private async replay(entries: readonly LogEntry[]): Promise<boolean> {
    const left = entries.values();
    for (;;) {
      const isDone = this.outbox.together(() => {
        while (!this.outbox.isFull()) {
          const next = left.next();
          if (next.done === true) return true;
          this.offer(next.value);
        }
        return false;
      });
      if (!(await this.outbox.drained())) return false;
      if (isDone) return true;
    }
  }

  /** A new entry of the log; ignored while the desk is still catching up, which will come to it by itself. */
  publish(entry: LogEntry): void {
    if (this.live) this.offer(entry);
  }

  /** A frame beside the log. False: the desk is still catching up. */
  tell(frame: Frame): boolean {
    if (this.live) this.outbox.send(frame);
    return this.live;
  }

  private offer(entry: LogEntry): void {
    if (entry.offset <= this.cursor) return;
    this.cursor = entry.offset;
    const delivery = deliveryFor(this.viewer, entry);
    switch (delivery.kind) {
      case 'none':
        return;
      case 'gone': {
        this.outbox.send(goneFrame(delivery.call));
        return;
      }
      case 'event':
        if (delivery.snapshot !== undefined) this.send(callFrame(delivery.snapshot));
        this.send(eventFrame(entry, this.prev));
        this.prev = entry.offset;
        this.onEvent();
    }
  }

  private send(frame: Frame): void {
    if (this.live) this.outbox.send(frame);
    else this.outbox.sendUncounted(frame);
  }
}
