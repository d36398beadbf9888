/** The relay's own do-not-call list: entries, and where each stands with each platform. */
import type { DncEntry } from '../../shared/contract/dnc';
import { phoneHash } from '../dialling/phone-hash';
import { all, get, run, type SqlValue, type Work } from '../store/sql';
import type { EntryState, EntryWrite, EntryWriteEnd, NewEntry, UnplacedEntry } from './port';

interface Row {
  id: string;
  phone: string | null;
  scope: DncEntry['scope'];
  campaign: string | null;
  seller: string | null;
  verbatim: string | null;
  channel: DncEntry['channel'];
  origin: DncEntry['origin'];
  agent: string | null;
  call: string | null;
  requested: number;
  recorded: number;
  corrected: number | null;
  corrected_by: string | null;
  corrected_reason: string | null;
}

interface WriteRow {
  platform: string;
  state: EntryState;
  attempts: number;
  reason: string | null;
}

const iso = (ms: number) => new Date(ms).toISOString();

const given = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

function entryOf(row: Row, writes: WriteRow[]): DncEntry {
  const { id, phone, scope, campaign, seller, verbatim, channel, origin, agent, call, requested, recorded } = row;
  const corrected =
    row.corrected === null
      ? null
      : { at: iso(row.corrected), by: row.corrected_by ?? '', reason: row.corrected_reason ?? '' };
  return {
    id,
    scope,
    channel,
    origin,
    requested_at: iso(requested),
    recorded_at: iso(recorded),
    ...given({ phone, campaign, seller, verbatim, agent, call, corrected }),
    platforms: writes.map(({ platform, state, attempts, reason }) => ({
      platform,
      state,
      attempts,
      ...(reason === null ? {} : { reason }),
    })),
  };
}

export class EntryTable {
  *record(entries: readonly NewEntry[]): Work<void> {
    for (const entry of entries) yield* this.recordOne(entry);
  }

  *list(phone: string | undefined, limit: number, offset: number): Work<{ total: number; data: DncEntry[] }> {
    const where = phone === undefined ? '' : 'WHERE phone_hash = ?';
    const values: SqlValue[] = phone === undefined ? [] : [phone];
    const counted = yield* get<{ n: number }>(`SELECT count(*) AS n FROM dnc_entries ${where}`, ...values);
    const rows = yield* all<Row>(
      `SELECT * FROM dnc_entries ${where} ORDER BY recorded DESC, id LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    );
    const data: DncEntry[] = [];
    for (const row of rows) data.push(yield* this.withWrites(row));
    return { total: counted?.n ?? 0, data };
  }

  *stands(hash: string): Work<boolean> {
    return (yield* get('SELECT 1 FROM dnc_entries WHERE phone_hash = ? AND corrected IS NULL', hash)) !== undefined;
  }

  *correct(id: string, by: string, reason: string, now: number): Work<DncEntry | null> {
    const { changes } = yield* run(
      `UPDATE dnc_entries SET corrected = ?, corrected_by = ?, corrected_reason = ? WHERE id = ? AND corrected IS NULL`,
      now,
      by,
      reason,
      id,
    );
    if (changes === 0) return null;
    // What is not at the platform yet need not go there.
    yield* run("DELETE FROM dnc_writes WHERE entry = ? AND state = 'pending'", id);
    const row = yield* get<Row>('SELECT * FROM dnc_entries WHERE id = ?', id);
    return row === undefined ? null : yield* this.withWrites(row);
  }

  *unplaced(since: number, limit: number): Work<UnplacedEntry[]> {
    return yield* all<UnplacedEntry & Record<string, unknown>>(
      `SELECT id, call FROM dnc_entries WHERE phone_hash IS NULL AND recorded >= ? AND call IS NOT NULL
       ORDER BY recorded DESC LIMIT ?`,
      since,
      limit,
    );
  }

  *place(id: string, phone: string): Work<void> {
    yield* run(
      'UPDATE dnc_entries SET phone_hash = ?, phone = ? WHERE id = ? AND phone_hash IS NULL',
      phoneHash(phone),
      phone,
      id,
    );
  }

  *dueWrites(now: number, limit: number): Work<EntryWrite[]> {
    const rows = yield* all<Omit<EntryWrite, 'call'> & { call: string | null }>(
      `SELECT dnc_writes.entry, dnc_writes.platform, dnc_entries.phone, dnc_entries.scope, dnc_entries.call,
         dnc_writes.attempts
       FROM dnc_writes JOIN dnc_entries ON dnc_entries.id = dnc_writes.entry
       WHERE dnc_writes.state = 'pending' AND dnc_writes.due <= ? AND dnc_entries.phone IS NOT NULL
       ORDER BY dnc_writes.due LIMIT ?`,
      now,
      limit,
    );
    return rows.map(({ call, ...rest }) => ({ ...rest, ...(call === null ? {} : { call }) }));
  }

  *endWrite({ entry, platform, state, attempts, due, reason }: EntryWriteEnd): Work<void> {
    yield* run(
      'UPDATE dnc_writes SET state = ?, attempts = ?, due = ?, reason = ? WHERE entry = ? AND platform = ?',
      state,
      attempts,
      due,
      reason ?? null,
      entry,
      platform,
    );
  }

  *nextDue(): Work<number | null> {
    const row = yield* get<{ due: number | null }>(
      `SELECT min(dnc_writes.due) AS due FROM dnc_writes JOIN dnc_entries ON dnc_entries.id = dnc_writes.entry
       WHERE dnc_writes.state = 'pending' AND dnc_entries.phone IS NOT NULL`,
    );
    return row?.due ?? null;
  }

  /** The entries go on holding, by their hash; what names or quotes the person leaves. */
  *forget(hashes: readonly string[]): Work<void> {
    for (const hash of hashes) {
      yield* run('UPDATE dnc_entries SET phone = NULL, verbatim = NULL, call = NULL WHERE phone_hash = ?', hash);
    }
  }

  private *recordOne(entry: NewEntry): Work<void> {
    const { id, phone, scope, campaign, list, seller, verbatim, channel, origin, agent, call } = entry;
    const { changes } = yield* run(
      `INSERT INTO dnc_entries (id, phone_hash, phone, scope, campaign, list, seller, verbatim, channel, origin, agent,
         call, requested, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      id,
      phone === undefined ? null : phoneHash(phone),
      phone ?? null,
      scope,
      campaign ?? null,
      list ?? null,
      seller ?? null,
      verbatim ?? null,
      channel,
      origin,
      agent ?? null,
      call ?? null,
      entry.requested,
      entry.recorded,
    );
    if (changes === 0) return;
    for (const { platform, state } of entry.platforms) {
      yield* run(
        'INSERT INTO dnc_writes (entry, platform, state, due) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        id,
        platform,
        state,
        entry.recorded,
      );
    }
  }

  private *withWrites(row: Row): Work<DncEntry> {
    const writes = yield* all<WriteRow>(
      'SELECT platform, state, attempts, reason FROM dnc_writes WHERE entry = ? ORDER BY platform',
      row.id,
    );
    return entryOf(row, writes);
  }
}
