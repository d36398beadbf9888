/** The outbox towards CRMs in the database. */
import { crmRecordSchema, type CrmDelivery, type CrmState } from '../../shared/contract/crm';
import { all, get, run, type SqlValue, type Work } from '../store/sql';
import type { CrmEnd, CrmFilter, CrmOutcome, CrmRefs, CrmRow } from './port';

interface Row {
  id: string;
  connector: string;
  call: string;
  event: string;
  agent: string;
  value: string;
  crm_value: string | null;
  decision: string;
  decided: number;
  created: number;
  revision: number;
  state: CrmState;
  attempts: number;
  due: number;
  delivered: number | null;
  reason: string | null;
  candidates: string;
  record: string | null;
  log: string | null;
  task: string | null;
  told: string | null;
}

const iso = (ms: number) => new Date(ms).toISOString();

const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: Exclude<T[K], null>;
  };

function rowOf(row: Row): CrmRow {
  const { id, connector, call, event, agent, value, decision, decided, created, revision, attempts } = row;
  const { record, log, task, told, crm_value: crmValue } = row;
  return {
    ...{ id, connector, call, event, agent, value, decision, decided, created, revision, attempts },
    ...given({ record, log, task, told, crmValue }),
  };
}

function deliveryOf(row: Row): CrmDelivery {
  const { id, connector, call, event, agent, value, state, attempts, due, created, delivered } = row;
  const { crm_value, reason, record, log } = row;
  return {
    ...{ id, connector, call, event, agent, value, state, attempts, created_at: iso(created) },
    ...(state === 'waiting' ? { next_try_at: iso(due) } : {}),
    ...(delivered === null ? {} : { delivered_at: iso(delivered) }),
    ...given({ crm_value, reason, record, log }),
    candidates: crmRecordSchema.array().parse(JSON.parse(row.candidates)),
  };
}

function conditionsOf({ state, call, agent }: CrmFilter): { where: string; values: SqlValue[] } {
  const wanted = Object.entries({ state, call, agent }).filter(([, value]) => value !== undefined);
  const where = wanted.map(([column]) => `${column} = ?`).join(' AND ');
  return { where: where === '' ? '' : `WHERE ${where}`, values: wanted.map(([, value]) => value ?? null) };
}

export class CrmTable {
  *queue(outcome: CrmOutcome, due: number): Work<void> {
    const { id, connector, call, event, agent, value, crmValue, decision, decided } = outcome;
    yield* run(
      `INSERT INTO crm_deliveries (id, connector, call, event, agent, value, crm_value, decision, decided, created,
         state, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)
       ON CONFLICT (id) DO UPDATE SET event = excluded.event, agent = excluded.agent, value = excluded.value,
         crm_value = excluded.crm_value, decision = excluded.decision, decided = excluded.decided,
         revision = crm_deliveries.revision + 1, state = 'waiting', attempts = 0, due = excluded.due, reason = NULL
       WHERE excluded.decided > crm_deliveries.decided`,
      ...[id, connector, call, event, agent, value, crmValue ?? null, decision, decided, due, due],
    );
  }

  /** The call has news: what was told, or waits to be, is told anew. What a person must settle first stays. */
  *news(call: string, due: number): Work<void> {
    yield* run(
      `UPDATE crm_deliveries SET revision = revision + 1, state = 'waiting', attempts = 0, due = ?
       WHERE call = ? AND state IN ('waiting', 'delivered')`,
      ...[due, call],
    );
  }

  *due(now: number, limit: number): Work<CrmRow[]> {
    const rows = yield* all<Row>(
      `SELECT * FROM crm_deliveries WHERE state = 'waiting' AND due <= ? ORDER BY due LIMIT ?`,
      ...[now, limit],
    );
    return rows.map(rowOf);
  }

  *nextDue(): Work<number | null> {
    const row = yield* get<{ due: number | null }>(
      `SELECT min(due) AS due FROM crm_deliveries WHERE state = 'waiting'`,
    );
    return row?.due ?? null;
  }

  *take(id: string, revision: number, now: number, until: number): Work<boolean> {
    const { changes } = yield* run(
      `UPDATE crm_deliveries SET attempts = attempts + 1, due = ?
       WHERE id = ? AND revision = ? AND state = 'waiting' AND due <= ?`,
      ...[until, id, revision, now],
    );
    return changes > 0;
  }

  *note(id: string, { record, log, task }: CrmRefs): Work<void> {
    yield* run(
      'UPDATE crm_deliveries SET record = coalesce(?, record), log = coalesce(?, log), task = coalesce(?, task) WHERE id = ?',
      ...[record ?? null, log ?? null, task ?? null, id],
    );
  }

  *end({ id, revision, state, due, now, reason, candidates = [], told }: CrmEnd): Work<void> {
    yield* run(
      `UPDATE crm_deliveries SET state = ?, due = ?, reason = ?, candidates = ?, told = coalesce(?, told),
         delivered = CASE WHEN ? = 'delivered' THEN ? ELSE delivered END
       WHERE id = ? AND revision = ?`,
      ...[state, due, reason ?? null, JSON.stringify(candidates), told ?? null, state, now, id, revision],
    );
  }

  *list(filter: CrmFilter): Work<{ total: number; data: CrmDelivery[] }> {
    const { where, values } = conditionsOf(filter);
    const counted = yield* get<{ n: number }>(`SELECT count(*) AS n FROM crm_deliveries ${where}`, ...values);
    const rows = yield* all<Row>(
      `SELECT * FROM crm_deliveries ${where} ORDER BY created DESC, id LIMIT ? OFFSET ?`,
      ...[...values, filter.limit, filter.offset],
    );
    return { total: counted?.n ?? 0, data: rows.map(deliveryOf) };
  }

  *get(id: string): Work<CrmDelivery | null> {
    const row = yield* get<Row>('SELECT * FROM crm_deliveries WHERE id = ?', id);
    return row === undefined ? null : deliveryOf(row);
  }

  /** Told again in full, whatever was told before. */
  *replay(id: string, now: number): Work<boolean> {
    const { changes } = yield* run(
      `UPDATE crm_deliveries SET revision = revision + 1, state = 'waiting', due = ?, told = NULL, reason = NULL
       WHERE id = ? AND state <> 'waiting'`,
      ...[now, id],
    );
    return changes > 0;
  }

  *choose(id: string, record: string, hash: string, by: string, now: number): Work<void> {
    yield* run(
      `INSERT INTO crm_choices (connector, phone_hash, record, chosen_by, chosen)
       SELECT connector, ?, ?, ?, ? FROM crm_deliveries WHERE id = ?
       ON CONFLICT (connector, phone_hash) DO UPDATE SET record = excluded.record, chosen_by = excluded.chosen_by,
         chosen = excluded.chosen`,
      ...[hash, record, by, now, id],
    );
    yield* this.replay(id, now);
  }

  *choice(connector: string, hash: string): Work<string | null> {
    const row = yield* get<{ record: string }>(
      'SELECT record FROM crm_choices WHERE connector = ? AND phone_hash = ?',
      ...[connector, hash],
    );
    return row?.record ?? null;
  }

  *dismiss(state: CrmState, ids: string[] | null): Work<number> {
    const which = ids === null ? '' : `AND id IN (${ids.map(() => '?').join(', ')})`;
    const { changes } = yield* run(
      `UPDATE crm_deliveries SET state = 'dismissed', revision = revision + 1 WHERE state = ? ${which}`,
      ...[state, ...(ids ?? [])],
    );
    return changes;
  }

  *forget(calls: Iterable<string>, hashes: readonly string[]): Work<void> {
    for (const call of calls) yield* run('DELETE FROM crm_deliveries WHERE call = ?', call);
    for (const hash of hashes) yield* run('DELETE FROM crm_choices WHERE phone_hash = ?', hash);
  }
}
