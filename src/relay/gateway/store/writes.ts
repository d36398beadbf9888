/** Agents' outcomes on their way to the platforms. */
import { maySee, type Audience } from '../../routing/audience';
import { callDecided } from '../../leads/store/outcomes';
import type { Log } from '../../store/log';
import type { NewEvent } from '../../store/port';
import { all, get, run, type Work } from '../../store/sql';
import type { DispositionOutcome, DispositionRequest, DispositionWriteRow, WriteEnd, WriteState } from '../store-port';

interface Row {
  seq: number;
  call: string;
  event: string;
  agent: string;
  fingerprint: string;
  value: string;
  notes: string | null;
  callback_time: string | null;
  state: WriteState;
  attempts: number;
  due: number;
  reason: string | null;
  decided: number;
}

/** Settled writes stay this long for repeats of the request and for `GET /v1/calls/{call}`; the event stays in the log. */
const KEEP_SETTLED_MS = 30 * 24 * 3600 * 1000;

export class WriteTable {
  constructor(private readonly log: Log) {}

  *record(request: DispositionRequest): Work<DispositionOutcome> {
    const { call, agent, fingerprint, now, event, write } = request;
    if (!(yield* this.mayDecide(request))) return { ok: false, reason: 'not_found' };
    const latest = yield* this.latestRow(call);
    const earlier = request.keyed ? yield* this.byEvent(event.id) : latest;
    if (earlier?.agent === agent && earlier.fingerprint === fingerprint) {
      return { ok: true, repeated: true, row: rowOf(earlier) };
    }
    if (request.keyed && earlier !== undefined) return { ok: false, reason: 'reused' };
    if (latest !== undefined && latest.agent !== agent && latest.event !== request.replaces) {
      return { ok: false, reason: 'already_decided', by: latest.agent, value: latest.value, event: latest.event };
    }
    const decided = Math.max(request.decided, (latest?.decided ?? 0) + 1);
    yield* this.log.append(decided === request.decided ? event : at(event, decided));
    yield* run("DELETE FROM disposition_writes WHERE decided < ? AND state <> 'pending'", now - KEEP_SETTLED_MS);
    const row = yield* get<Row>(
      `INSERT INTO disposition_writes (call, event, agent, fingerprint, value, notes, callback_time, state, due, decided)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
      call,
      event.id,
      agent,
      fingerprint,
      write.value,
      write.notes ?? null,
      write.callbackTime ?? null,
      write.state,
      now,
      decided,
    );
    if (row === undefined) throw new Error('a disposition write vanished');
    if (request.follows !== undefined) yield* callDecided(request.follows);
    return { ok: true, repeated: false, row: rowOf(row) };
  }

  /** Takes them: another relay takes none of them while this one lives and has not said how they ended. */
  *takeDue(now: number, limit: number): Work<DispositionWriteRow[]> {
    const { relay } = this.log;
    const rows = yield* all<Row>(
      `SELECT * FROM disposition_writes WHERE due <= ? AND ${this.free()} AND seq IN
         (SELECT min(seq) FROM disposition_writes WHERE state = 'pending' GROUP BY call)
       ORDER BY due LIMIT ?`,
      now,
      relay,
      limit,
    );
    for (const { seq } of rows) yield* run('UPDATE disposition_writes SET owner = ? WHERE seq = ?', relay, seq);
    return rows.map(rowOf);
  }

  *nextDue(): Work<number | null> {
    const row = yield* get<{ due: number | null }>(
      `SELECT min(due) AS due FROM disposition_writes WHERE ${this.free()} AND seq IN
         (SELECT min(seq) FROM disposition_writes WHERE state = 'pending' GROUP BY call)`,
      this.log.relay,
    );
    return row?.due ?? null;
  }

  *end({ seq, state, attempts, due, reason }: WriteEnd): Work<void> {
    yield* run(
      'UPDATE disposition_writes SET state = ?, attempts = ?, due = ?, reason = ?, owner = NULL WHERE seq = ?',
      state,
      attempts,
      due,
      reason ?? null,
      seq,
    );
  }

  /** Nobody's, or this relay's (one value), or of a relay that is gone. */
  private free(): string {
    const { now } = this.log.dialect;
    return `(owner IS NULL OR owner = ? OR owner NOT IN (SELECT id FROM relays WHERE until > ${now}))`;
  }

  *latest(call: string): Work<DispositionWriteRow | null> {
    const row = yield* this.latestRow(call);
    return row === undefined ? null : rowOf(row);
  }

  /** Whoever may see the call, and whoever had it once: it may have been routed on before they sent their outcome. */
  private *mayDecide({ call, viewer, agent }: DispositionRequest): Work<boolean> {
    const known = yield* this.log.callRow(call);
    if (known === undefined) return false;
    if (maySee(viewer, JSON.parse(known.audience) as Audience)) return true;
    const { actor, type } = this.log.dialect;
    const had = yield* get(
      `SELECT 1 FROM events WHERE call = ? AND source = '/relay' AND ${type} = 'call.claimed' AND ${actor} = ? LIMIT 1`,
      call,
      agent,
    );
    return had !== undefined;
  }

  private *latestRow(call: string): Work<Row | undefined> {
    return yield* get<Row>('SELECT * FROM disposition_writes WHERE call = ? ORDER BY seq DESC LIMIT 1', call);
  }

  private *byEvent(event: string): Work<Row | undefined> {
    return yield* get<Row>('SELECT * FROM disposition_writes WHERE event = ?', event);
  }
}

/** The event at another time. */
function at(event: NewEvent, ms: number): NewEvent {
  const time = new Date(ms).toISOString();
  const body = JSON.stringify({ ...(JSON.parse(event.body) as object), time });
  return { ...event, facts: { ...event.facts, time }, body };
}

function rowOf(row: Row): DispositionWriteRow {
  const { seq, call, event, agent, value, state, attempts, due } = row;
  return {
    seq,
    call,
    event,
    agent,
    value,
    state,
    attempts,
    due,
    ...(row.notes === null ? {} : { notes: row.notes }),
    ...(row.callback_time === null ? {} : { callbackTime: row.callback_time }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}
