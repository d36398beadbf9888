/** Retention on SQLite. Everything in small portions: a sweep must not hold up an acknowledgement. */
import type { Engine } from '../store/sqlite/engine';
import { keptId } from './kept-id';
import type { Forgotten, SweepLimits, Swept } from './port';

/** One migration of the store's list. Never change it once released; add another. */
export const RETENTION_SCHEMA = `
  CREATE TABLE kept_ids (
    source   TEXT NOT NULL,
    id       TEXT NOT NULL,
    received INTEGER NOT NULL,
    PRIMARY KEY (source, id)
  ) WITHOUT ROWID;
  CREATE INDEX kept_ids_by_receipt ON kept_ids (received);
`;

/** Rows that leave in one transaction. */
const PORTION = 300;
/** Largest database that is rewritten whole to scrub it: well under a second, in which webhooks wait. */
const REWRITE_UP_TO_BYTES = 64 * 1024 * 1024;

interface OldEvent {
  offset: number;
  source: string;
  id: string;
  call: string | null;
  received: number;
  audience: string;
  moved_from: string | null;
}

const COLUMNS = '"offset", source, id, call, received, audience, moved_from';

export class Retention {
  constructor(private readonly engine: Engine) {}

  sweep(limits: SweepLimits): Swept {
    const { database } = this.engine;
    const events = this.sweepEvents(limits);
    const expired = this.sweepDeliveries("verdict <> 'unknown'", limits.deliveriesBefore);
    const stale = this.sweepDeliveries("verdict = 'unknown'", limits.eventsBefore);
    const bulky = this.sweepBodies(limits.maxBodyBytes);
    const ids = database.run(
      'DELETE FROM kept_ids WHERE (source, id) IN (SELECT source, id FROM kept_ids WHERE received < ? LIMIT ?)',
      limits.idsBefore,
      PORTION,
    ).changes;
    const most = Math.max(events, expired, stale, bulky, ids);
    return { events, deliveries: expired + stale, more: most >= PORTION };
  }

  private sweepEvents(limits: SweepLimits): number {
    const tooBig = this.usedBytes() > limits.maxBytes;
    const oldest = this.engine.database.all<OldEvent>(
      `SELECT ${COLUMNS} FROM events ORDER BY "offset" LIMIT ?`,
      PORTION,
    );
    // Only a prefix may leave: a position is resumable when nothing after it is missing.
    const kept = oldest.findIndex(({ received }) => !tooBig && received >= limits.eventsBefore);
    const leaving = kept < 0 ? oldest : oldest.slice(0, kept);
    for (const event of leaving) this.removeEvent(event, event.received >= limits.idsBefore);
    const last = leaving.at(-1);
    if (last === undefined) return 0;
    this.engine.setMeta('floor', String(last.offset));
    this.engine.reader.reset();
    for (const call of callsOf(leaving)) this.dropFinishedCall(call, last.offset);
    return leaving.length;
  }

  private sweepDeliveries(which: string, before: number): number {
    return this.engine.database.run(
      `DELETE FROM deliveries WHERE id IN
         (SELECT id FROM deliveries WHERE received < ? AND ${which} ORDER BY received LIMIT ?)`,
      before,
      PORTION,
    ).changes;
  }

  private sweepBodies(maxBytes: number): number {
    const { database } = this.engine;
    const used = database.get<{ bytes: number }>('SELECT bytes FROM body_total');
    if ((used?.bytes ?? 0) <= maxBytes) return 0;
    const drop = (which: string) =>
      database.run(
        `UPDATE deliveries SET sealed = NULL WHERE id IN
           (SELECT id FROM deliveries WHERE sealed IS NOT NULL AND ${which} ORDER BY id LIMIT ?)`,
        PORTION,
      ).changes;
    const dropped = drop("verdict = 'accepted'");
    return dropped > 0 ? dropped : drop("verdict <> 'accepted'");
  }

  /** The size of what is in use; freed pages are used again and do not count. */
  private usedBytes(): number {
    const pragma = (name: string) => Number(Object.values(this.engine.database.get(`PRAGMA ${name}`) ?? {})[0] ?? 0);
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  forget(numbers: readonly string[], now: number): Forgotten {
    const { database } = this.engine;
    // Overwrites what is deleted, instead of leaving it in free pages.
    database.exec('PRAGMA secure_delete = ON');
    const calls = new Set(numbers.flatMap((digits) => this.callsWith(digits)));
    let [events, deliveries] = [0, 0];
    for (const call of calls) {
      events += this.removeEvents('call = ?', call, now);
      database.run('DELETE FROM calls WHERE call = ?', call);
      this.dropTraces(call);
      deliveries += this.dropRecords(call);
    }
    for (const digits of numbers) {
      events += this.removeEvents('instr(body, ?) > 0', digits, now);
      // Answers kept for repeated requests may quote the person.
      database.run('DELETE FROM idempotency_keys WHERE instr(body, ?) > 0', digits);
    }
    database.exec('PRAGMA secure_delete = OFF');
    this.engine.reader.reset();
    if (events > 0) this.engine.newEpoch();
    return { calls: calls.size, events, deliveries };
  }

  /**
   * Leaves nothing readable of what was forgotten: empties the write-ahead log, and rewrites a database that is small
   * enough (copies that page splits left behind are otherwise overwritten only as their pages are used again). Not for
   * a transaction.
   */
  scrub(): void {
    const { database } = this.engine;
    if (this.usedBytes() <= REWRITE_UP_TO_BYTES) database.exec('VACUUM');
    database.get('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  private callsWith(digits: string): string[] {
    return this.engine.database
      .all<{ call: string }>(
        `SELECT call FROM call_phones WHERE phone = ?
         UNION SELECT call FROM events WHERE call IS NOT NULL AND instr(body, ?) > 0`,
        digits,
        digits,
      )
      .map(({ call }) => call);
  }

  private removeEvents(condition: string, value: string, now: number): number {
    const rows = this.engine.database.all<OldEvent>(`SELECT ${COLUMNS} FROM events WHERE ${condition}`, value);
    for (const row of rows) this.removeEvent({ ...row, received: now }, true);
    return rows.length;
  }

  private removeEvent(event: OldEvent, keepId: boolean): void {
    const { database } = this.engine;
    database.run('DELETE FROM events WHERE "offset" = ?', event.offset);
    const keys = new Set([
      ...(JSON.parse(event.audience) as string[]),
      ...(event.moved_from === null ? [] : (JSON.parse(event.moved_from) as string[])),
    ]);
    for (const key of keys) database.run('DELETE FROM reach WHERE key = ? AND "offset" = ?', key, event.offset);
    if (!keepId) return;
    database.run(
      'INSERT INTO kept_ids (source, id, received) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      event.source,
      keptId(event.id),
      event.received,
    );
  }

  private dropFinishedCall(call: string, floor: number): void {
    const { changes } = this.engine.database.run(
      'DELETE FROM calls WHERE call = ? AND last_offset <= ? AND claim_agent IS NULL',
      call,
      floor,
    );
    if (changes > 0) this.dropTraces(call);
  }

  private dropTraces(call: string): void {
    const { database } = this.engine;
    database.run('DELETE FROM call_phones WHERE call = ?', call);
    database.run('DELETE FROM sightings WHERE call = ?', call);
  }

  /** What outlives a call that merely grew old, but not one whose person is forgotten. */
  private dropRecords(call: string): number {
    const { database } = this.engine;
    database.run('DELETE FROM disposition_writes WHERE call = ?', call);
    database.run('DELETE FROM transcript_jobs WHERE call = ?', call);
    return database.run(
      'DELETE FROM deliveries WHERE id IN (SELECT deliveries.id FROM deliveries, json_each(calls) WHERE value = ?)',
      call,
    ).changes;
  }
}

function callsOf(events: readonly OldEvent[]): Set<string> {
  return new Set(events.flatMap(({ call }) => (call === null ? [] : [call])));
}
