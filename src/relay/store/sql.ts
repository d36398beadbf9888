/**
 * Operations on the database, written once for every dialect. An operation is a *work*: a generator that yields SQL
 * statements and is sent their results. SQLite runs it in one go in its thread, PostgreSQL statement by statement across
 * the network; the work cannot tell. It runs inside a transaction that its runner owns and must yield nothing but
 * statements: no other wait, so that a work is never interrupted by anything but its database.
 *
 * SQL is what SQLite and PostgreSQL both accept: `?` for values, `ON CONFLICT`, `RETURNING`, `"offset"` quoted, columns
 * qualified where `excluded` is near. What has no common words comes from the `Dialect`.
 */
import type { EventFacts } from '../routing/facts';

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

/** One statement, or several that do not depend on each other's results: those travel together. */
export type Step = Statement | readonly Statement[];

export type Work<T> = Generator<Step, T, SqlResult | SqlResult[]>;

export function* run(sql: string, ...values: SqlValue[]): Work<Changes> {
  return (yield { kind: 'run', sql, values }) as Changes;
}

export function* get<Row extends object = SqlRow>(sql: string, ...values: SqlValue[]): Work<Row | undefined> {
  return (yield { kind: 'get', sql, values }) as Row | undefined;
}

export function* all<Row extends object = SqlRow>(sql: string, ...values: SqlValue[]): Work<Row[]> {
  return (yield { kind: 'all', sql, values }) as Row[];
}

/** Runs statements in this order, in one go. Returns what `run` would for each. */
export function* together(statements: readonly Statement[]): Work<SqlResult[]> {
  return statements.length === 0 ? [] : ((yield statements) as SqlResult[]);
}

/** A work that has nothing to do. */
export function* nothing(): Work<void> {
  yield* [];
}

/** Rows per statement. Few different lengths, so that every statement is prepared once and used again. */
const CHUNKS = [64, 16, 4, 1];

function chunked<T>(rows: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < rows.length;) {
    const size = CHUNKS.find((length) => length <= rows.length - at) ?? 1;
    chunks.push(rows.slice(at, at + size));
    at += size;
  }
  return chunks;
}

const tuple = (values: readonly SqlValue[]): string => `(${values.map(() => '?').join(', ')})`;

/**
 * Statements that insert rows.
 * @param head up to, not including, VALUES
 * @param tail what follows the rows: ON CONFLICT, RETURNING
 */
export function inserts(
  head: string,
  rows: readonly SqlValue[][],
  tail = '',
  kind: Statement['kind'] = 'run',
): Statement[] {
  return chunked(rows).map((chunk) => ({
    kind,
    sql: `${head} VALUES ${chunk.map(tuple).join(', ')} ${tail}`,
    values: chunk.flat(),
  }));
}

/** Statements that look rows up by a column. @param sql makes the query from `(?, …)` */
export function lookups(sql: (list: string) => string, keys: readonly SqlValue[]): Statement[] {
  return chunked(keys).map((chunk) => ({ kind: 'all', sql: sql(tuple(chunk)), values: chunk }));
}

/** The same by several columns of text. @param sql makes the query from `(VALUES (?, ?), …)` */
export function tupleLookups(sql: (list: string) => string, keys: readonly SqlValue[][]): Statement[] {
  return chunked(keys).map((chunk) => ({
    kind: 'all',
    sql: sql(`(VALUES ${chunk.map(tuple).join(', ')})`),
    values: chunk.flat(),
  }));
}

/** The rows of several lookups. */
export function* lookUp<Row extends object>(statements: readonly Statement[]): Work<Row[]> {
  return (yield* together(statements)).flat() as Row[];
}

function settle(step: Step, execute: (statement: Statement) => SqlResult): SqlResult | SqlResult[] {
  return 'sql' in step ? execute(step) : step.map(execute);
}

/** Runs a work against a database that answers at once. A statement's error is thrown where the work yielded it. */
export function runSync<T>(work: Work<T>, execute: (statement: Statement) => SqlResult): T {
  let step = work.next();
  while (step.done !== true) {
    let result: SqlResult | SqlResult[];
    try {
      result = settle(step.value, execute);
    } catch (error) {
      step = work.throw(error);
      continue;
    }
    step = work.next(result);
  }
  return step.value;
}

/** Runs a work across a network. `execute` may be called again before it has answered. */
export async function runAsync<T>(work: Work<T>, execute: (statement: Statement) => Promise<SqlResult>): Promise<T> {
  let step = work.next();
  while (step.done !== true) {
    let result: SqlResult | SqlResult[];
    try {
      result = 'sql' in step.value ? await execute(step.value) : await Promise.all(step.value.map(execute));
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
  /** Time by the database's clock, epoch ms: the same for every relay. */
  readonly now: string;
  /** Expressions over `events` that are indexed: whose doing an event was, and the campaign it names. */
  readonly actor: string;
  readonly campaign: string;
  /** An expression over `events`: the type. */
  readonly type: string;
  /** Columns of `events` beyond those that every dialect has, each after a comma, and an event's values for them. */
  readonly eventColumns: string;
  readonly eventValues: (facts: EventFacts) => SqlValue[];
  /** One row `{ head }`: the greatest offset ever given out, 0 before the first. */
  readonly headSql: string;
  /** A condition with one value: the column's text contains it. */
  contains(column: string): string;
  /** Bytes in use by what is kept, not by what was freed. */
  usedBytes(): Work<number>;
  /** A relay begins its work: makes it known, and forgets what no relay can hold any more. */
  enter(relay: string): Work<void>;
  /** Somebody was added, changed or removed: tells the other relays. */
  agentsChanged(): Work<void>;
  /** Makes the other relays look for what is new at once, on commit. */
  tellRelays(relay: string): Work<void>;
  /** At the end of a SELECT outside the log's lock: nobody else changes the rows until the commit. */
  readonly forUpdate: string;
  /** While `on`, what is deleted must not stay readable in the files. */
  eraseForGood(on: boolean): Work<void>;
  /** Outside a transaction, after what was deleted for good: leaves nothing readable of it. */
  scrub(): Work<void>;
}
