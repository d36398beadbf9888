/** Deliveries on SQLite. */
import type { Trust } from '../../shared/contract/events';
import type { SqliteDatabase, SqlValue } from '../store/sqlite/database';
import type { Arrival, Delivery, DeliveryFilter, Refusal, Verdict } from './port';

/** One migration of the store's list. Never change it once released; add another. */
export const DELIVERIES_SCHEMA = `
  CREATE TABLE deliveries (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    platform    TEXT NOT NULL,
    received    INTEGER NOT NULL,
    verdict     TEXT NOT NULL,
    status      INTEGER NOT NULL,
    duration_ms REAL,
    bytes       INTEGER NOT NULL,
    trust       TEXT,
    late        INTEGER NOT NULL DEFAULT 0,
    reason      TEXT,
    calls       TEXT NOT NULL DEFAULT '[]',
    sealed      BLOB
  );
  CREATE INDEX deliveries_by_verdict ON deliveries (verdict, id);
  CREATE INDEX deliveries_by_receipt ON deliveries (received);
`;

/** Another migration: how much room the bodies take, kept up to date so that no sweep has to add it up. */
export const BODY_TOTAL_SCHEMA = `
  CREATE TABLE body_total (one INTEGER PRIMARY KEY CHECK (one = 1), bytes INTEGER NOT NULL);
  CREATE INDEX deliveries_kept ON deliveries (verdict, id) WHERE sealed IS NOT NULL;
  INSERT INTO body_total SELECT 1, coalesce(sum(length(sealed)), 0) FROM deliveries;
  CREATE TRIGGER body_kept AFTER INSERT ON deliveries WHEN NEW.sealed IS NOT NULL
    BEGIN UPDATE body_total SET bytes = bytes + length(NEW.sealed); END;
  CREATE TRIGGER body_removed AFTER DELETE ON deliveries WHEN OLD.sealed IS NOT NULL
    BEGIN UPDATE body_total SET bytes = bytes - length(OLD.sealed); END;
  CREATE TRIGGER body_dropped AFTER UPDATE OF sealed ON deliveries WHEN OLD.sealed IS NOT NULL
    BEGIN UPDATE body_total SET bytes = bytes - length(OLD.sealed) + coalesce(length(NEW.sealed), 0); END;
`;

/**
 * Another migration: how long answers took, known only after the commit, in a table of its own. Writing it into the
 * delivery would write the page with its body a second time.
 */
export const DELIVERY_TIMES_SCHEMA = `
  CREATE TABLE delivery_times (id INTEGER PRIMARY KEY, ms REAL NOT NULL);
  CREATE TRIGGER time_removed AFTER DELETE ON deliveries
    BEGIN DELETE FROM delivery_times WHERE id = OLD.id; END;
`;

interface DeliveryRow {
  id: number;
  platform: string;
  received: number;
  verdict: Verdict;
  status: number;
  duration_ms: number | null;
  bytes: number;
  trust: Trust | null;
  late: number;
  reason: string | null;
  calls: string;
  kept: number;
}

const COLUMNS = `id, platform, received, verdict, status, bytes, trust, late, reason, calls,
  coalesce(duration_ms, (SELECT ms FROM delivery_times WHERE delivery_times.id = deliveries.id)) AS duration_ms,
  sealed IS NOT NULL AS kept`;

export class DeliveryTable {
  constructor(private readonly database: SqliteDatabase) {}

  /** @param calls the calls its events belong to */
  recordArrival(arrival: Arrival, verdict: Verdict, calls: readonly string[]): number {
    return this.database.run(
      `INSERT INTO deliveries (platform, received, verdict, status, bytes, trust, late, calls, sealed)
       VALUES (?, ?, ?, 200, ?, ?, ?, ?, ?)`,
      arrival.platform,
      arrival.received,
      verdict,
      arrival.bytes,
      arrival.trust,
      arrival.late ? 1 : 0,
      JSON.stringify(calls),
      // The first delivery of a repeated body keeps it already.
      verdict === 'repeated' ? null : arrival.sealed,
    ).rowid;
  }

  recordRefusals(refusals: readonly Refusal[]): void {
    for (const one of refusals) {
      this.database.run(
        `INSERT INTO deliveries (platform, received, verdict, status, duration_ms, bytes, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        one.platform,
        one.received,
        one.verdict,
        one.status,
        one.duration_ms,
        one.bytes,
        one.uncounted === 0 ? one.reason : `${one.reason} (and ${one.uncounted} more that were only counted)`,
      );
    }
  }

  noteDurations(durations: readonly { id: number; ms: number }[]): void {
    for (const { id, ms } of durations) {
      this.database.run('INSERT OR REPLACE INTO delivery_times (id, ms) VALUES (?, ?)', id, ms);
    }
  }

  list(filter: DeliveryFilter): { total: number; deliveries: Delivery[] } {
    const conditions = ['1 = 1'];
    const values: SqlValue[] = [];
    if (filter.platform !== undefined) {
      conditions.push('platform = ?');
      values.push(filter.platform);
    }
    if (filter.verdict !== undefined) {
      conditions.push('verdict = ?');
      values.push(filter.verdict);
    }
    const where = conditions.join(' AND ');
    const total = this.database.get<{ n: number }>(`SELECT count(*) AS n FROM deliveries WHERE ${where}`, ...values);
    const rows = this.database.all<DeliveryRow>(
      `SELECT ${COLUMNS} FROM deliveries WHERE ${where} ORDER BY id DESC LIMIT ? OFFSET ?`,
      ...values,
      filter.limit,
      filter.offset,
    );
    return { total: total?.n ?? 0, deliveries: rows.map(deliveryOf) };
  }

  get(id: number): { delivery: Delivery; sealed: Uint8Array | null } | null {
    const row = this.database.get<DeliveryRow & { sealed: Uint8Array | null }>(
      `SELECT ${COLUMNS}, sealed FROM deliveries WHERE id = ?`,
      id,
    );
    return row === undefined ? null : { delivery: deliveryOf(row), sealed: row.sealed };
  }

  bodies(after: number, limit: number): { id: number; sealed: Uint8Array }[] {
    return this.database
      .all<{ id: number; sealed: Uint8Array }>(
        'SELECT id, sealed FROM deliveries WHERE id > ? AND sealed IS NOT NULL ORDER BY id LIMIT ?',
        after,
        limit,
      )
      .map(({ id, sealed }) => ({ id, sealed }));
  }

  remove(ids: readonly number[]): number {
    let removed = 0;
    for (const id of ids) removed += this.database.run('DELETE FROM deliveries WHERE id = ?', id).changes;
    return removed;
  }

  markUnderstood(id: number, calls: readonly string[]): void {
    this.database.run(
      "UPDATE deliveries SET verdict = 'accepted', calls = ? WHERE id = ? AND verdict = 'unknown'",
      JSON.stringify(calls),
      id,
    );
  }
}

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    platform: row.platform,
    received: row.received,
    verdict: row.verdict,
    status: row.status,
    duration_ms: row.duration_ms,
    bytes: row.bytes,
    trust: row.trust,
    late: row.late === 1,
    reason: row.reason,
    calls: JSON.parse(row.calls) as string[],
    kept: row.kept === 1,
  };
}
