/**
 * Group commit: all writes that have come in since the last commit share one transaction and one sync, and no reply
 * leaves before that sync. Reads run after it, on committed data only.
 */
import type { LogEntry, Position, StoreFault } from '../port';
import { SqliteDatabase } from './database';
import { Engine, type EngineOptions } from './engine';
import { migrate } from './migrations';
import { operationsOn, type Request } from './operations';

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

export interface StoreFile extends EngineOptions {
  path: string;
  /** See SqliteDatabase. */
  exclusive: boolean;
}

type Call = (...args: unknown[]) => unknown;

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
  private readonly engine: Engine;
  private readonly writes: ReadonlyMap<string, Call>;
  private readonly reads: ReadonlyMap<string, Call>;

  /** Opens the file and brings its schema up to date. @throws SqliteError */
  constructor(file: StoreFile) {
    this.database = new SqliteDatabase(file.path, file);
    migrate(this.database);
    this.engine = new Engine(this.database, file);
    const { writes, reads } = operationsOn(this.engine);
    this.writes = new Map(Object.entries(writes) as [string, Call][]);
    this.reads = new Map(Object.entries(reads) as [string, Call][]);
  }

  position(): Position {
    return this.engine.position();
  }

  run(requests: readonly Request[]): Outcome {
    const writes = requests.filter(({ name }) => this.writes.has(name));
    const reads = requests.filter(({ name }) => this.reads.has(name));
    const { replies, entries } = this.commit(writes);
    for (const request of reads) replies.push(this.read(request));
    return { replies, entries, position: this.engine.position() };
  }

  close(): void {
    this.database.close();
  }

  private commit(requests: readonly Request[]): { replies: Reply[]; entries: LogEntry[] } {
    if (requests.length === 0) return { replies: [], entries: [] };
    try {
      const replies = this.database.transaction(() =>
        requests.map(({ id, name, args }): Reply => ({ id, value: this.writes.get(name)?.(...args) })),
      );
      return { replies, entries: this.engine.takeAppended() };
    } catch (error) {
      this.engine.takeAppended();
      this.engine.agentTable.reset();
      const failure = failureOf(error);
      // One bad request must not fail its neighbours; a bad disk fails them all.
      if (failure.fault === 'fault' && requests.length > 1) return this.commitEach(requests);
      return { replies: requests.map(({ id }) => ({ id, failure })), entries: [] };
    }
  }

  private commitEach(requests: readonly Request[]): { replies: Reply[]; entries: LogEntry[] } {
    const parts = requests.map((request) => this.commit([request]));
    return { replies: parts.flatMap(({ replies }) => replies), entries: parts.flatMap(({ entries }) => entries) };
  }

  private read({ id, name, args }: Request): Reply {
    try {
      return { id, value: this.reads.get(name)?.(...args) };
    } catch (error) {
      return { id, failure: failureOf(error) };
    }
  }
}
