/**
 * The one place that touches libsql. A stray Date or Buffer bound to a statement aborts the whole process, `undefined`
 * silently binds NULL, and a prepared BEGIN that meets a lock poisons the connection: hence this narrow, checked door.
 * One connection per file (SQLite 3.45 must not have two writers), WAL, and a sync at every commit.
 */
import Libsql from 'libsql';
import type { SqlResult, SqlRow, SqlValue, Statement } from '../sql';

function bindable(value: SqlValue): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  // Only a Buffer inside an array is safe to bind.
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(`cannot bind a value of type ${typeof value}`);
}

/** Pages kept in memory, KiB: the indexes that every append touches. */
const CACHE_KIB = 32_768;
/** Pages (4 KiB) of write-ahead log before it is moved into the database: fewer, larger moves cost fewer syncs. */
const CHECKPOINT_PAGES = 4_000;

export class SqliteDatabase {
  private readonly connection: Libsql.Database;
  private readonly statements = new Map<string, Libsql.Statement<SqlValue[][]>>();

  /**
   * Opens or creates a database file.
   * @param exclusive holds the file's lock for as long as it is open, so that no second process can write to it
   * @throws SqliteError with `code`
   */
  constructor(path: string, options: { exclusive: boolean }) {
    this.connection = new Libsql(path);
    if (options.exclusive) this.exec('PRAGMA locking_mode = EXCLUSIVE');
    this.pragma('journal_mode = WAL');
    this.exec('PRAGMA synchronous = FULL');
    this.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    this.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  }

  /** Runs SQL without parameters, also several statements. */
  exec(sql: string): void {
    this.connection.exec(sql);
  }

  /** Runs one statement of a work. */
  readonly execute = ({ kind, sql, values }: Statement): SqlResult => {
    const statement = this.statement(sql);
    const bound = values.map(bindable);
    switch (kind) {
      case 'run':
        return { changes: statement.run(bound).changes };
      case 'get':
        return statement.get(bound) as SqlRow | undefined;
      case 'all':
        return statement.all(bound) as SqlRow[];
    }
  };

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
      if (this.connection.inTransaction) this.exec('ROLLBACK');
      throw error;
    }
  }

  /** For pragmas that answer, which `exec` refuses. */
  private pragma(text: string): void {
    this.execute({ kind: 'get', sql: `PRAGMA ${text}`, values: [] });
  }

  close(): void {
    this.statements.clear();
    this.connection.close();
  }

  private statement(sql: string): Libsql.Statement<SqlValue[][]> {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.connection.prepare<SqlValue[][]>(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
