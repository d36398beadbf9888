/**
 * The one place of the desk that touches libsql. A stray Date or Buffer bound to a statement aborts the whole process,
 * `undefined` silently binds NULL, and a prepared BEGIN that meets a lock poisons the connection: hence this narrow,
 * checked door. One connection per file (SQLite 3.45 must not have two writers), WAL, and a sync at every commit.
 */
import Libsql from 'libsql';

export type SqlValue = string | number | null;
export type SqlRow = Record<string, unknown>;

/** How long to wait for another process to let go of the file, ms: a desk that is just closing. */
const LOCK_WAIT_MS = 1_000;

function bindable(value: SqlValue): SqlValue {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`cannot bind a value of type ${typeof value}`);
}

export interface SqliteFile {
  /** A file, or `:memory:`. */
  path: string;
  /** Passphrase of the whole file, its log included (AES-256). Absent: not encrypted, for memory only. */
  key?: string;
}

export class Sqlite {
  readonly #connection: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement<SqlValue[][]>>();

  /** Opens or creates the database and reads its first page. @throws SqliteError with `code` */
  constructor({ path, key }: SqliteFile) {
    this.#connection = new Libsql(path, {
      timeout: LOCK_WAIT_MS,
      ...(key === undefined ? {} : { encryptionKey: key }),
    });
    // Held for as long as it is open: no second process ever writes to the file.
    this.exec('PRAGMA locking_mode = EXCLUSIVE');
    this.get('PRAGMA journal_mode = WAL');
    this.exec('PRAGMA synchronous = FULL');
    // What is deleted is overwritten: the journal holds what customers said.
    this.get('PRAGMA secure_delete = ON');
    this.get('SELECT count(*) AS tables FROM sqlite_schema');
  }

  /** Runs SQL without parameters, also several statements. */
  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#statement(sql).run(values.map(bindable)).changes;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the SQL decides the row's shape, and its caller writes both
  get<Row extends object = SqlRow>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#statement(sql).get(values.map(bindable)) as Row | undefined;
  }

  all<Row extends object = SqlRow>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#statement(sql).all(values.map(bindable)) as Row[];
  }

  /** Runs `work` in one transaction; a throw rolls everything back. */
  transaction<T>(work: () => T): T {
    // Never a prepared BEGIN: https://github.com/tursodatabase/libsql-client-ts/issues/352
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      // A failed COMMIT may have rolled back already; a second ROLLBACK then says so, and the first error matters.
      if (this.#connection.inTransaction) this.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #statement(sql: string): Libsql.Statement<SqlValue[][]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare<SqlValue[][]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
