/**
 * One connection to PostgreSQL: to a server that takes writes, with bounds on every wait, statements prepared once, and
 * several of them on the wire at a time. The one place that touches `pg`.
 */
import pg from 'pg';
import { StoreError } from '../port';
import { runAsync, type SqlResult, type SqlRow, type SqlValue, type Statement, type Work } from '../sql';
import type { DatabaseAddress } from './address';

/** A server that has not let us in by then is passed over. */
const CONNECT_WITHIN_MS = 2_000;
/** Longest a statement of ours may take, its wait for a lock included. */
const STATEMENT_WITHIN_MS = 6_000;
/** Longest wait for another relay's transaction. Longer than one may stand still: then the server ends it. */
const LOCK_WITHIN_MS = 5_000;
/** A relay that stands still inside a transaction holds up all others for this long at most. */
const IDLE_IN_TRANSACTION_MS = 2_000;
/** The server has not answered a statement at all: the connection is dead. */
const SILENT_FOR_MS = 7_000;
const GOODBYE_WITHIN_MS = 500;

/** int8 as a number: offsets and epoch ms stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
};

interface Prepared {
  name: string;
  text: string;
}
const prepared = new Map<string, Prepared>();

/** `?` as `$1`, `$2`, …, under a name that is the same in every session. */
function preparedOf(sql: string): Prepared {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  let n = 0;
  const made = {
    name: `w${prepared.size}`,
    text: sql.replace(/\?/g, () => {
      n += 1;
      return `$${n}`;
    }),
  };
  prepared.set(sql, made);
  return made;
}

/** PostgreSQL's text takes every character but NUL. */
function bindable(value: SqlValue): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value;
}

const settings = (patienceMs: number | undefined): string =>
  [
    `SET statement_timeout = ${patienceMs ?? STATEMENT_WITHIN_MS}`,
    `SET lock_timeout = ${patienceMs ?? LOCK_WITHIN_MS}`,
    `SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
    `SET application_name = 'handover-relay'`,
    // What is acknowledged must be on disk; stricter settings of the server's own are left alone.
    `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')`,
    `SELECT current_setting('transaction_read_only') AS read_only`,
  ].join('; ');

export interface SessionOptions {
  /** How long one statement may take, where it is known to take long, ms. */
  patienceMs?: number;
}

async function connectTo(url: string, { patienceMs }: SessionOptions): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: patienceMs ?? SILENT_FOR_MS,
    keepAlive: true,
    pipeline: true,
    types,
  });
  // Until somebody asks: an idle connection that breaks says so here, and would end the process unheard.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // Several statements in one text have a result each, which the types of `pg` do not know.
    const results = (await client.query(settings(patienceMs))) as unknown as pg.QueryResult<{ read_only?: string }>[];
    if (results.at(-1)?.rows[0]?.read_only !== 'off') throw new StoreError('io', 'the database server is read-only');
    return client;
  } catch (error) {
    // It failed already; how its connection ends says nothing more.
    client.end().catch(() => undefined);
    throw error;
  }
}

export class Session {
  private lost = false;

  private constructor(private readonly client: pg.Client) {
    client.on('error', () => (this.lost = true));
    client.on('end', () => (this.lost = true));
  }

  /** Connects to the first of the hosts that takes writes. @throws what the last of them said */
  static async open(address: DatabaseAddress, options: SessionOptions = {}): Promise<Session> {
    let last: unknown;
    for (const url of address.inOrder()) {
      try {
        const session = new Session(await connectTo(url, options));
        address.prefer(url);
        return session;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  get isLost(): boolean {
    return this.lost;
  }

  /** Runs one statement of a work. */
  readonly execute = async ({ kind, sql, values }: Statement): Promise<SqlResult> => {
    const { rows, rowCount } = await this.client.query<SqlRow>({ ...preparedOf(sql), values: values.map(bindable) });
    switch (kind) {
      case 'run':
        return { changes: rowCount ?? 0 };
      case 'get':
        return rows[0];
      case 'all':
        return rows;
    }
  };

  /** Runs a work statement by statement, each on its own unless a transaction is open. */
  perform<T>(work: Work<T>): Promise<T> {
    return runAsync(work, this.execute);
  }

  /** Runs SQL without values. Returns the rows of its last statement. */
  async command<Row extends object = SqlRow>(sql: string): Promise<Row[]> {
    const result = (await this.client.query(sql)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
    return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? [];
  }

  /**
   * @param onNotice told of each with its payload
   * @param onLost told once, when the connection is gone
   */
  async listen(channel: string, onNotice: (payload: string) => void, onLost: () => void): Promise<void> {
    this.client.on('notification', ({ payload }) => onNotice(payload ?? ''));
    this.client.once('end', onLost);
    await this.command(`LISTEN ${channel}`);
  }

  /** Ends the connection; one that does not say goodbye in time is cut. Never rejects. */
  async close(): Promise<void> {
    this.lost = true;
    const cut = setTimeout(() => this.client.connection.stream.destroy(), GOODBYE_WITHIN_MS);
    // Its connection may be gone already.
    await this.client.end().catch(() => undefined);
    clearTimeout(cut);
  }
}
