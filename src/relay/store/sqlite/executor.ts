/**
 * Group commit: all writes that have come in since the last commit share one transaction and one sync, and no reply
 * leaves before that sync. Reads run after it, on committed data only.
 */
import type { LogEntry, Position, StoreFault } from '../port';
import { Log, type LogOptions } from '../log';
import { runSync, type Work } from '../sql';
import { batchesOf, byName, worksOn, type Request } from '../works';
import { SqliteDatabase } from './database';
import { sqliteDialect } from './dialect';
import { migrate } from './migrations';

export interface Failure {
  fault: StoreFault;
  message: string;
}

export type Reply = { id: number; value: unknown } | { id: number; failure: Failure };

export interface Outcome {
  replies: Reply[];
  /** What the batch appended, in offset order. */
  entries: LogEntry[];
  position: Position;
}

export interface StoreFile extends LogOptions {
  path: string;
  /** See SqliteDatabase. */
  exclusive: boolean;
}

/** What went wrong, by SQLite's code. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_FULL')) return { fault: 'full', message };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return { fault: 'busy', message };
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB)/.test(code)) return { fault: 'io', message };
  return { fault: 'fault', message };
}

export class Executor {
  private readonly database: SqliteDatabase;
  private readonly log: Log;
  private readonly appendBatch: ReturnType<typeof worksOn>['appendBatch'];
  private readonly writes: ReturnType<typeof byName>;
  /** Upkeep too: outside a transaction, and after it, is where reads run here. */
  private readonly reads: ReturnType<typeof byName>;

  /** Opens the file and brings its schema up to date. @throws SqliteError */
  constructor(file: StoreFile) {
    this.database = new SqliteDatabase(file.path, file);
    migrate(this.database);
    this.log = new Log(sqliteDialect, file);
    this.perform(this.log.recover());
    this.database.transaction(() => this.perform(this.log.start()));
    const { writes, asides, reads, upkeep, appendBatch } = worksOn(this.log);
    this.appendBatch = appendBatch;
    this.writes = new Map([...byName(writes), ...byName(asides)]);
    this.reads = new Map([...byName(reads), ...byName(upkeep)]);
  }

  position(): Position {
    return this.perform(this.log.position());
  }

  run(requests: readonly Request[]): Outcome {
    const writes = requests.filter(({ name }) => this.writes.has(name));
    const reads = requests.filter(({ name }) => this.reads.has(name));
    const { replies, entries } = this.commit(writes);
    for (const request of reads) replies.push(this.read(request));
    return { replies, entries, position: this.position() };
  }

  close(): void {
    this.database.close();
  }

  private commit(requests: readonly Request[]): { replies: Reply[]; entries: LogEntry[] } {
    if (requests.length === 0) return { replies: [], entries: [] };
    try {
      const replies = this.database.transaction(() => this.write(requests));
      return { replies, entries: this.perform(this.log.reader.entriesOf(this.log.takeAppended())) };
    } catch (error) {
      this.perform(this.log.recover());
      const failure = failureOf(error);
      // One bad request must not fail its neighbours; a bad disk fails them all.
      if (failure.fault === 'fault' && requests.length > 1) return this.commitEach(requests);
      return { replies: requests.map(({ id }) => ({ id, failure })), entries: [] };
    }
  }

  private write(requests: readonly Request[]): Reply[] {
    return batchesOf(requests).flatMap((batch): Reply[] => {
      if ('append' in batch) {
        const results = this.perform(this.appendBatch(batch.append));
        return batch.ids.map((id, n) => ({ id, value: results[n] }));
      }
      return [{ id: batch.other.id, value: this.work(this.writes, batch.other) }];
    });
  }

  private commitEach(requests: readonly Request[]): { replies: Reply[]; entries: LogEntry[] } {
    const parts = requests.map((request) => this.commit([request]));
    return { replies: parts.flatMap(({ replies }) => replies), entries: parts.flatMap(({ entries }) => entries) };
  }

  private read(request: Request): Reply {
    try {
      return { id: request.id, value: this.work(this.reads, request) };
    } catch (error) {
      return { id: request.id, failure: failureOf(error) };
    }
  }

  private work(works: ReturnType<typeof byName>, { name, args }: Request): unknown {
    const work = works.get(name);
    return work === undefined ? undefined : this.perform(work(...args));
  }

  private perform<T>(work: Work<T>): T {
    return runSync(work, this.database.execute);
  }
}
