/**
 * Operations on the database, written once for every dialect. An operation is a *work*: a generator that yields SQL
 * statements and is sent their results. SQLite runs it in one go in its thread, PostgreSQL statement by statement across
 * the network; the work cannot tell. It runs inside a transaction that its runner owns and must yield nothing but
 * statements: no other wait, so that a work is never interrupted by anything but its database.
 *
 * SQL is what SQLite and PostgreSQL both accept: `?` for values, `ON CONFLICT`, `RETURNING`, `"offset"` quoted, columns
 * qualified where `excluded` is near. What has no common words comes from the `Dialect`.
 */
export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlRow = Record<string, unknown>;

export interface Statement {
  /** What is wanted: the number of rows changed, the first row, all rows. */
  kind: 'run' | 'get' | 'all';
  /** With `?` for each value; no other question marks. */
  sql: string;
  values: readonly SqlValue[];
}

/** Of `run`. */
export interface Changes {
  changes: number;
}

export type SqlResult = Changes | SqlRow | undefined | SqlRow[];

export type Work<T> = Generator<Statement, T, SqlResult>;

export function* run(sql: string, ...values: SqlValue[]): Work<Changes> {
  return (yield { kind: 'run', sql, values }) as Changes;
}

export function* get<Row extends object = SqlRow>(sql: string, ...values: SqlValue[]): Work<Row | undefined> {
  return (yield { kind: 'get', sql, values }) as Row | undefined;
}

export function* all<Row extends object = SqlRow>(sql: string, ...values: SqlValue[]): Work<Row[]> {
  return (yield { kind: 'all', sql, values }) as Row[];
}

/** Runs a work against a database that answers at once. A statement's error is thrown where the work yielded it. */
export function runSync<T>(work: Work<T>, execute: (statement: Statement) => SqlResult): T {
  let step = work.next();
  while (step.done !== true) {
    let result: SqlResult;
    try {
      result = execute(step.value);
    } catch (error) {
      step = work.throw(error);
      continue;
    }
    step = work.next(result);
  }
  return step.value;
}

/** What differs between the databases. */
export interface Dialect {
  /** One row `{ head }`: the greatest offset ever given out, 0 before the first. */
  readonly headSql: string;
  /** A condition with one value: the column's text contains it. */
  contains(column: string): string;
  /** Bytes in use by what is kept, not by what was freed. */
  usedBytes(): Work<number>;
  /** While `on`, what is deleted must not stay readable in the files. */
  eraseForGood(on: boolean): Work<void>;
  /** Outside a transaction, after what was deleted for good: leaves nothing readable of it. */
  scrub(): Work<void>;
}
