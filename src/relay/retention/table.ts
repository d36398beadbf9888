/** Retention. Everything in small portions: a sweep must not hold up an acknowledgement. */
import { polledIds } from '../gateway/catch-up/record-events';
import { ConsentTable } from '../consents/table';
import { CrmTable } from '../crm/table';
import { AttemptTable } from '../dialling/attempts-table';
import { phoneHash } from '../dialling/phone-hash';
import { EntryTable } from '../dnc/entries-table';
import { forgetLeads } from '../leads/store/forget';
import type { Log } from '../store/log';
import { all, get, lookUp, lookups, run, type Work } from '../store/sql';
import { keptId } from './kept-id';
import { mentions, withoutSeparators } from './mentions';
import type { Forgotten, SweepLimits, Swept } from './port';

/** Rows that leave in one transaction. */
const PORTION = 300;

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
  constructor(private readonly log: Log) {}

  *sweep(limits: SweepLimits): Work<Swept> {
    const { events, overfull } = yield* this.sweepEvents(limits);
    const expired = yield* this.sweepDeliveries("verdict <> 'unknown'", limits.deliveriesBefore);
    const stale = yield* this.sweepDeliveries("verdict = 'unknown'", limits.eventsBefore);
    const bulky = yield* this.sweepBodies(limits.maxBodyBytes);
    const ids = yield* run(
      'DELETE FROM kept_ids WHERE (source, id) IN (SELECT source, id FROM kept_ids WHERE received < ? LIMIT ?)',
      limits.idsBefore,
      PORTION,
    );
    const most = Math.max(events, expired, stale, bulky, ids.changes);
    return { events, deliveries: expired + stale, more: most >= PORTION, overfull };
  }

  private *sweepEvents(limits: SweepLimits): Work<Pick<Swept, 'events' | 'overfull'>> {
    const tooBig = (yield* this.log.dialect.usedBytes()) > limits.maxBytes;
    const oldest = yield* all<OldEvent>(`SELECT ${COLUMNS} FROM events ORDER BY "offset" LIMIT ?`, PORTION);
    // Only a prefix may leave: a position is resumable when nothing after it is missing.
    const before = tooBig ? Math.max(limits.eventsBefore, limits.bySizeBefore) : limits.eventsBefore;
    const kept = oldest.findIndex(({ received }) => received >= before);
    const leaving = kept < 0 ? oldest : oldest.slice(0, kept);
    for (const event of leaving) yield* this.removeEvent(event, event.received >= limits.idsBefore);
    const last = leaving.at(-1);
    if (last === undefined) return { events: 0, overfull: tooBig };
    yield* this.log.setMeta('floor', String(last.offset));
    this.log.reader.reset();
    for (const call of callsOf(leaving)) yield* this.dropFinishedCall(call, last.offset);
    return { events: leaving.length, overfull: false };
  }

  private *sweepDeliveries(which: string, before: number): Work<number> {
    const { changes } = yield* run(
      `DELETE FROM deliveries WHERE id IN
         (SELECT id FROM deliveries WHERE received < ? AND ${which} ORDER BY received LIMIT ?)`,
      before,
      PORTION,
    );
    return changes;
  }

  private *sweepBodies(maxBytes: number): Work<number> {
    const used = yield* get<{ bytes: number }>('SELECT bytes FROM body_total');
    if ((used?.bytes ?? 0) <= maxBytes) return 0;
    const dropped = yield* dropBodies("verdict = 'accepted'");
    return dropped > 0 ? dropped : yield* dropBodies("verdict <> 'accepted'");
  }

  *forget(numbers: readonly string[], now: number): Work<Forgotten> {
    const { dialect } = this.log;
    yield* dialect.eraseForGood(true);
    const mentioned = yield* this.mentionsOf(numbers);
    const calls = new Set([...callsOf(mentioned), ...(yield* callsWith(numbers))]);
    let [events, deliveries] = [0, 0];
    for (const call of calls) {
      const rows = yield* all<OldEvent>(`SELECT ${COLUMNS} FROM events WHERE call = ?`, call);
      events += yield* this.erase(rows, now);
      yield* run('DELETE FROM calls WHERE call = ?', call);
      yield* dropTraces(call);
      yield* keepOutPolled(call, now);
      deliveries += yield* this.dropRecords(call);
    }
    const ofNoCall = mentioned.filter(({ call }) => call === null);
    events += yield* this.erase(ofNoCall, now);
    yield* this.dropAnswers(numbers);
    const hashes = numbers.map(phoneHash);
    // That somebody is not to be called must outlive them: entries go on holding by the number's hash.
    for (const table of [new EntryTable(), new AttemptTable(), new ConsentTable()]) yield* table.forget(hashes);
    yield* new CrmTable().forget(calls, hashes);
    const dialer = yield* forgetLeads(dialect, numbers);
    yield* dialect.eraseForGood(false);
    this.log.reader.reset();
    if (events > 0) yield* this.log.newEpoch();
    return { calls: calls.size, events, deliveries, ...dialer };
  }

  /** A condition with one value, the shortest of the notations: every text that mentions the number, and some more. */
  private mayMention(column: string): string {
    return this.log.dialect.contains(withoutSeparators(column));
  }

  /** Events in whose bodies the number stands, whatever they are about. */
  private *mentionsOf(numbers: readonly string[]): Work<OldEvent[]> {
    const named = mentions(numbers);
    const found: OldEvent[] = [];
    for (let after = 0; ;) {
      const rows = yield* all<OldEvent & { body: string }>(
        `SELECT ${COLUMNS}, body FROM events WHERE "offset" > ? AND ${this.mayMention('body')} ORDER BY "offset" LIMIT ?`,
        after,
        shortestOf(numbers),
        PORTION,
      );
      for (const { body, ...event } of rows) if (named(body)) found.push(event);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PORTION) return found;
      after = last.offset;
    }
  }

  /** Answers kept for repeated requests may quote the person. */
  private *dropAnswers(numbers: readonly string[]): Work<void> {
    const rows = yield* all<{ agent: string; key: string; body: string }>(
      `SELECT agent, key, body FROM idempotency_keys WHERE ${this.mayMention('body')}`,
      shortestOf(numbers),
    );
    const named = mentions(numbers);
    for (const { agent, key, body } of rows) {
      if (named(body)) yield* run('DELETE FROM idempotency_keys WHERE agent = ? AND key = ?', agent, key);
    }
  }

  private *erase(rows: readonly OldEvent[], now: number): Work<number> {
    for (const row of rows) yield* this.removeEvent({ ...row, received: now }, true);
    return rows.length;
  }

  private *removeEvent(event: OldEvent, keepId: boolean): Work<void> {
    yield* run('DELETE FROM events WHERE "offset" = ?', event.offset);
    const keys = new Set([
      ...(JSON.parse(event.audience) as string[]),
      ...(event.moved_from === null ? [] : (JSON.parse(event.moved_from) as string[])),
    ]);
    for (const key of keys) yield* run('DELETE FROM reach WHERE key = ? AND "offset" = ?', key, event.offset);
    if (keepId) yield* rememberId(event.source, event.id, event.received);
  }

  private *dropFinishedCall(call: string, floor: number): Work<void> {
    const { changes } = yield* run(
      'DELETE FROM calls WHERE call = ? AND last_offset <= ? AND claim_agent IS NULL',
      call,
      floor,
    );
    if (changes > 0) yield* dropTraces(call);
  }

  /** What outlives a call that merely grew old, but not one whose person is forgotten. */
  private *dropRecords(call: string): Work<number> {
    yield* run('DELETE FROM disposition_writes WHERE call = ?', call);
    yield* run('DELETE FROM transcript_jobs WHERE call = ?', call);
    // The list is JSON, so a call is in it exactly when its own JSON is.
    const { changes } = yield* run(
      `DELETE FROM deliveries WHERE ${this.log.dialect.contains('calls')}`,
      JSON.stringify(call),
    );
    return changes;
  }
}

function* callsWith(numbers: readonly string[]): Work<string[]> {
  const rows = yield* lookUp<{ call: string }>(
    lookups((list) => `SELECT call FROM call_phones WHERE phone IN ${list}`, numbers),
  );
  return rows.map(({ call }) => call);
}

/** Every longer notation holds it. */
function shortestOf(numbers: readonly string[]): string {
  return [...numbers].sort((a, b) => a.length - b.length)[0] ?? '';
}

function* rememberId(source: string, id: string, at: number): Work<void> {
  yield* run(
    'INSERT INTO kept_ids (source, id, received) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    source,
    keptId(id),
    at,
  );
}

/** Catch-up must not fetch a forgotten call from its platform's list again: to the log, its record is a repeat. */
function* keepOutPolled(call: string, now: number): Work<void> {
  const [platform = '', ...id] = call.split(':');
  const { end, transcript } = polledIds(id.join(':'));
  for (const one of [end, transcript]) yield* rememberId(`/platforms/${platform}`, one, now);
}

function* dropTraces(call: string): Work<void> {
  yield* run('DELETE FROM call_phones WHERE call = ?', call);
  yield* run('DELETE FROM sightings WHERE call = ?', call);
}

function* dropBodies(which: string): Work<number> {
  const { changes } = yield* run(
    `UPDATE deliveries SET sealed = NULL WHERE id IN
       (SELECT id FROM deliveries WHERE sealed IS NOT NULL AND ${which} ORDER BY id LIMIT ?)`,
    PORTION,
  );
  return changes;
}

function callsOf(events: readonly OldEvent[]): Set<string> {
  return new Set(events.flatMap(({ call }) => (call === null ? [] : [call])));
}
