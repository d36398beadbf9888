/**
 * The link to the database thread: requests out, outcomes in. When the disk fails or the thread dies, the file is
 * closed and opened anew, because a sync that failed once may report success next time without having written
 * anything; until then every request is refused.
 */
import { StoreError, type LogEntry, type Position } from '../port';
import type { Ask, OperationName, Operations, Request } from '../works';
import type { Failure, Outcome, StoreFile } from './executor';
import type { DatabaseThread, StartThread } from './thread';

/** Requests that may wait for the database before new ones are refused: seconds of work even on a slow disk. */
const MAX_WAITING = 20_000;
const REOPEN_FIRST_MS = 250;
const REOPEN_CAP_MS = 10_000;
/** Entries read at a time when the log went on while the link was down. */
const CATCH_UP_ENTRIES = 300;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: StoreError) => void;
}

export class DatabaseLink {
  position: Position = { epoch: '', head: 0, floor: 0 };
  private readonly waiting = new Map<number, Waiting>();
  private thread: DatabaseThread | undefined;
  private broken: StoreError | undefined;
  private reopening: NodeJS.Timeout | undefined;
  private lastId = 0;
  private published = 0;
  private opened = false;
  private closed = false;

  constructor(
    private readonly file: StoreFile,
    private readonly start: StartThread,
    private readonly publish: (entries: LogEntry[]) => void,
  ) {}

  /** @throws StoreError, `busy` when another process has the file open */
  async open(): Promise<void> {
    this.thread = await this.start(this.file, {
      outcome: (outcome) => this.settle(outcome),
      failed: (failure) => this.fail(failure),
    });
    this.opened = true;
  }

  /** Entries up to here need not be published: what the log held when the relay started. */
  startFrom(offset: number): void {
    this.published = offset;
  }

  readonly ask: Ask = (name, ...args) => {
    if (this.broken !== undefined) return Promise.reject(this.broken);
    if (this.waiting.size >= MAX_WAITING) {
      return Promise.reject(new StoreError('busy', 'too many requests wait for the database'));
    }
    return this.send(name, args);
  };

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reopening);
    await this.thread?.close();
    this.rejectAll(new StoreError('closed', 'the store is closed'));
  }

  private send<N extends OperationName>(name: N, args: Parameters<Operations[N]>): Promise<ReturnType<Operations[N]>> {
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, { resolve: (value) => resolve(value as ReturnType<Operations[N]>), reject });
      this.thread?.post({ id: this.lastId, name, args } as Request);
    });
  }

  private settle({ replies, entries, position }: Outcome): void {
    this.position = position;
    this.hand(entries);
    let disk: Failure | undefined;
    for (const reply of replies) {
      const who = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if (!('failure' in reply)) who?.resolve(reply.value);
      else {
        if (reply.failure.fault === 'io') disk = reply.failure;
        who?.reject(new StoreError(reply.failure.fault, reply.failure.message));
      }
    }
    if (disk !== undefined) this.fail(disk);
  }

  private hand(entries: LogEntry[]): void {
    const fresh = entries.filter(({ offset }) => offset > this.published);
    const last = fresh.at(-1);
    if (last === undefined) return;
    this.published = last.offset;
    this.publish(fresh);
  }

  private fail({ fault, message }: Failure): void {
    this.rejectAll(new StoreError(fault, message));
    if (!this.opened || this.closed || this.reopening !== undefined) return;
    const old = this.thread;
    this.thread = undefined;
    this.reopenAfter(REOPEN_FIRST_MS, old);
  }

  private rejectAll(error: StoreError): void {
    this.broken = error;
    for (const who of this.waiting.values()) who.reject(error);
    this.waiting.clear();
  }

  private reopenAfter(ms: number, old?: DatabaseThread): void {
    this.reopening = setTimeout(() => {
      // `reopen` ends in success or in another attempt.
      void this.reopen(ms, old);
    }, ms);
  }

  private async reopen(waitedMs: number, old: DatabaseThread | undefined): Promise<void> {
    try {
      await old?.close();
      if (this.closed) return;
      await this.open();
      await this.catchUp();
      this.reopening = undefined;
      this.broken = undefined;
    } catch (error) {
      this.rejectAll(error instanceof StoreError ? error : new StoreError('io', 'cannot be opened', { cause: error }));
      if (!this.closed) this.reopenAfter(Math.min(REOPEN_CAP_MS, waitedMs * 2));
    }
  }

  /** A commit whose outcome was lost is in the log all the same, and desks have not seen it. */
  private async catchUp(): Promise<void> {
    while (this.published < this.position.head) {
      const { entries, upTo } = await this.send('page', [this.published, { keys: [], all: true }, CATCH_UP_ENTRIES]);
      this.hand(entries);
      this.published = Math.max(this.published, upTo);
    }
  }
}
