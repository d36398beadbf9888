/** Deliveries. */
import type { Trust } from '../../shared/contract/events';
import {
  all,
  get,
  inserts,
  lookUp,
  run,
  together,
  tupleLookups,
  type Dialect,
  type SqlValue,
  type Work,
} from '../store/sql';
import type { Arrival, Delivery, DeliveryFilter, Refusal, Verdict } from './port';

/** A request whose events are in the log. */
interface Arrived {
  arrival: Arrival;
  verdict: Verdict;
  /** That its events belong to. */
  calls: readonly string[];
}

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
  CASE WHEN sealed IS NULL THEN 0 ELSE 1 END AS kept`;

export class DeliveryTable {
  constructor(private readonly dialect: Pick<Dialect, 'type'>) {}

  /** Returns their ids in the same order. */
  *recordArrivals(arrivals: readonly Arrived[]): Work<number[]> {
    const rows = yield* lookUp<{ id: number }>(
      inserts(
        'INSERT INTO deliveries (platform, received, verdict, status, bytes, trust, late, calls, sealed)',
        arrivals.map(({ arrival, verdict, calls }) => [
          arrival.platform,
          arrival.received,
          verdict,
          200,
          arrival.bytes,
          arrival.trust,
          arrival.late ? 1 : 0,
          JSON.stringify(calls),
          // The first delivery of a repeated body keeps it already.
          verdict === 'repeated' ? null : arrival.sealed,
        ]),
        'RETURNING id',
        'all',
      ),
    );
    // Ids count up in the order of the rows.
    return rows.map(({ id }) => id).sort((a, b) => a - b);
  }

  *recordRefusals(refusals: readonly Refusal[]): Work<void> {
    for (const one of refusals) {
      yield* run(
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

  *noteDurations(durations: readonly { id: number; ms: number }[]): Work<void> {
    yield* together(
      inserts(
        'INSERT INTO delivery_times (id, ms)',
        durations.map(({ id, ms }) => [id, ms]),
        'ON CONFLICT (id) DO UPDATE SET ms = excluded.ms',
      ),
    );
  }

  *list(filter: DeliveryFilter): Work<{ total: number; deliveries: Delivery[] }> {
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
    const total = yield* get<{ n: number }>(`SELECT count(*) AS n FROM deliveries WHERE ${where}`, ...values);
    const rows = yield* all<DeliveryRow>(
      `SELECT ${COLUMNS} FROM deliveries WHERE ${where} ORDER BY id DESC LIMIT ? OFFSET ?`,
      ...values,
      filter.limit,
      filter.offset,
    );
    return { total: total?.n ?? 0, deliveries: rows.map(deliveryOf) };
  }

  *get(id: number): Work<{ delivery: Delivery; sealed: Uint8Array | null } | null> {
    const row = yield* get<DeliveryRow & { sealed: Uint8Array | null }>(
      `SELECT ${COLUMNS}, sealed FROM deliveries WHERE id = ?`,
      id,
    );
    return row === undefined ? null : { delivery: deliveryOf(row), sealed: row.sealed };
  }

  *bodies(after: number, limit: number): Work<{ id: number; sealed: Uint8Array }[]> {
    const rows = yield* all<{ id: number; sealed: Uint8Array }>(
      'SELECT id, sealed FROM deliveries WHERE id > ? AND sealed IS NOT NULL ORDER BY id LIMIT ?',
      after,
      limit,
    );
    return rows.map(({ id, sealed }) => ({ id, sealed }));
  }

  *remove(ids: readonly number[]): Work<number> {
    let removed = 0;
    for (const id of ids) removed += (yield* run('DELETE FROM deliveries WHERE id = ?', id)).changes;
    return removed;
  }

  *heldByUnknown(events: readonly { source: string; id: string }[]): Work<string[]> {
    const rows = yield* lookUp<{ id: string }>(
      tupleLookups(
        (list) => `SELECT id FROM events WHERE (source, id) IN ${list} AND ${this.dialect.type} = 'platform.unknown'`,
        events.map(({ source, id }) => [source, id]),
      ),
    );
    return rows.map(({ id }) => id);
  }

  *markUnderstood(id: number, calls: readonly string[]): Work<void> {
    yield* run(
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
