/**
 * Group commit: all writes that have come in since the last commit share one transaction and one sync, and no reply
 * leaves before that sync. Reads run after it, on committed data only.
 */
import { operationsOn, type JournalRequest } from './operations';
import type { Sqlite } from './sqlite';

/** `full`: no room on the disk; `disk`: it fails otherwise; `fault`: this one request; `closed`: the thread is gone. */
export type JournalFault = 'full' | 'disk' | 'fault' | 'closed';

export interface JournalFailure {
  fault: JournalFault;
  message: string;
}

export type JournalReply = { id: number; value: unknown } | { id: number; failure: JournalFailure };

type Call = (...args: unknown[]) => unknown;

/** What went wrong, by SQLite's code. */
export function failureOf(error: unknown): JournalFailure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_FULL')) return { fault: 'full', message };
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|BUSY|LOCKED)/.test(code)) return { fault: 'disk', message };
  return { fault: 'fault', message };
}

export class Executor {
  readonly #writes: ReadonlyMap<string, Call>;
  readonly #reads: ReadonlyMap<string, Call>;

  constructor(private readonly database: Sqlite) {
    const { writes, reads } = operationsOn(database);
    this.#writes = new Map(Object.entries(writes) as [string, Call][]);
    this.#reads = new Map(Object.entries(reads) as [string, Call][]);
  }

  run(requests: readonly JournalRequest[]): JournalReply[] {
    const replies = this.#commit(requests.filter(({ name }) => this.#writes.has(name)));
    for (const request of requests) if (this.#reads.has(request.name)) replies.push(this.#read(request));
    return replies;
  }

  close(): void {
    this.database.close();
  }

  #commit(requests: readonly JournalRequest[]): JournalReply[] {
    if (requests.length === 0) return [];
    try {
      return this.database.transaction(() =>
        requests.map(({ id, name, args }): JournalReply => ({ id, value: this.#writes.get(name)?.(...args) })),
      );
    } catch (error) {
      const failure = failureOf(error);
      // One bad request must not fail its neighbours; a bad disk fails them all.
      if (failure.fault === 'fault' && requests.length > 1)
        return requests.flatMap((request) => this.#commit([request]));
      return requests.map(({ id }) => ({ id, failure }));
    }
  }

  #read({ id, name, args }: JournalRequest): JournalReply {
    try {
      return { id, value: this.#reads.get(name)?.(...args) };
    } catch (error) {
      return { id, failure: failureOf(error) };
    }
  }
}
