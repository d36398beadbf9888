/** Callbacks on the database. */
import { CALLBACK_LIMITS } from '../../shared/contract/callbacks';
import { NO_PREVIEW_TIMER } from '../../shared/contract/leads';
import type { LeadRow, ListSettings } from '../leads/port';
import { insertList, openLanes } from '../leads/store/lists';
import { allot, count, leadById, move, padded } from '../leads/store/rows';
import { placeId } from '../leads/store/segments';
import type { SeatTable } from '../store/seats';
import { all, get, run, type SqlValue, type Work } from '../store/sql';
import { purposeOfCall } from './purpose';
import type { BookRequest, CallbackChange, CallbackFilter, CallbackRow, DueCallbacks } from './port';
import { releaseAbsent, releaseLost, releaseToQueue } from './release';
import { callbackOf, SELECT, type RawCallback } from './rows';

const OVERDUE_MS = CALLBACK_LIMITS.overdueAfterMin * 60_000;
/** Its name where the relay makes the list itself; a list of that name may be there already. */
const OWN_LIST_NAMES = ['Callbacks', 'Callbacks (Handover Desk)'];

export function* callbackById(id: string): Work<CallbackRow | undefined> {
  const raw = yield* get<RawCallback>(`${SELECT} WHERE callbacks.id = ?`, id);
  return raw === undefined ? undefined : callbackOf(raw);
}

/** The relay's own list, for customers who are in no list of the business. */
const OWN_LIST: ListSettings = {
  ...{ purpose: 'service', kind: 'ai_voice', seller: null, platform: null, campaign: null, script: null },
  ...{ queues: [], country: null, max_attempts: 100, retry_minutes: 60, preview: NO_PREVIEW_TIMER, may_skip: true },
};

function* ownList(request: BookRequest): Work<number> {
  const known = yield* get<{ id: number }>('SELECT id FROM lead_lists WHERE builtin = ?', request.purpose);
  if (known !== undefined) return known.id;
  const names = OWN_LIST_NAMES.map((name) => (request.purpose === 'service' ? name : `${name}: ${request.purpose}`));
  for (const name of names) {
    const settings = { ...OWN_LIST, purpose: request.purpose };
    const own = { name, builtin: request.purpose, settings, priority: 0, paused: false };
    const made = yield* insertList({ ...own, created: request.now, createdBy: request.by });
    if (made !== null) return made.id;
  }
  throw new Error('the list of callbacks has no name left');
}

/** The lead of a number in the relay's own list, new or already there. */
function* ownLead(request: BookRequest, phone: string, where: string): Work<number> {
  const list = yield* ownList(request);
  const known = yield* get<{ id: number }>('SELECT id FROM leads WHERE list = ? AND phone = ?', list, phone);
  if (known !== undefined) return known.id;
  const [place, id] = [yield* placeId(where), yield* allot('lead', 1)];
  yield* openLanes(list, [place]);
  const record = {
    ...{ phones: [{ phone, label: null }], language: null, zone: request.zone, region: null, postcode: null },
    ...{ external_id: null, fields: {}, consent: null },
  };
  yield* run(
    `INSERT INTO leads (id, list, place, phone, name, state, priority, not_before, attempts, record, created)
     VALUES (?, ?, ?, ?, ?, 'later', 0, ?, 0, ?, ?)`,
    ...[id, list, place, phone, request.name, request.at, JSON.stringify(record), request.now],
  );
  yield* count(list, place, 'later', 1);
  return id;
}

function* insert(request: BookRequest, lead: LeadRow | undefined): Work<void> {
  const values: SqlValue[] = [
    request.id,
    request.source,
    request.at,
    request.zone,
    request.wallTime,
    request.at,
    request.owner?.id ?? null,
    request.owner?.name ?? null,
    request.name ?? lead?.name ?? null,
    lead?.phone ?? request.phone ?? '',
    lead?.id ?? null,
    lead?.list ?? null,
    request.call,
    request.purpose,
    request.note,
    request.by.id,
    request.by.name,
    request.now,
  ];
  yield* run(
    `INSERT INTO callbacks (id, source, state, at, zone, wall_time, remind_at, owner, owner_name, name, phone, lead,
       list, call, purpose, note, booked_by, booked_name, booked_at, deferred)
     VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    ...values,
  );
}

function* bySource(source: string | null): Work<CallbackRow | undefined> {
  const raw = source === null ? undefined : yield* get<RawCallback>(`${SELECT} WHERE callbacks.source = ?`, source);
  return raw === undefined ? undefined : callbackOf(raw);
}

/** Books one; the open one of the same lead is kept as done, because what it promised was agreed anew. */
export function* book(request: BookRequest): Work<CallbackRow> {
  const repeat = yield* bySource(request.source);
  if (repeat !== undefined) return repeat;
  const { phone: number, place, by, now } = request;
  const own =
    request.lead ?? (place === undefined || number === undefined ? null : yield* ownLead(request, number, place));
  const lead = own === null ? undefined : yield* leadById(own);
  if (typeof lead?.callback === 'string') yield* close(lead.callback, 'done', by, now);
  yield* insert(request, lead);
  if (lead !== undefined) {
    const state = lead.state === 'held' || lead.state === 'dnc' ? lead.state : 'later';
    yield* move(lead, state, { callback: request.id, notBefore: request.at });
  }
  const booked = yield* callbackById(request.id);
  if (booked === undefined) throw new Error('a callback vanished');
  return booked;
}

/** What was promised before something newer was agreed with the same customer: on record, and over. */
export function* bookOvertaken(request: BookRequest): Work<void> {
  if ((yield* bySource(request.source)) !== undefined) return;
  const lead = request.lead === null ? undefined : yield* leadById(request.lead);
  yield* insert(request, lead);
  yield* close(request.id, 'done', request.by, request.now);
}

/** Closes one in the table of callbacks; the lead is the caller's to move. */
export function* close(
  id: string,
  as: 'done' | 'cancelled',
  by: { id: string; name: string },
  now: number,
): Work<void> {
  yield* run(
    "UPDATE callbacks SET state = ?, done_at = ?, done_by = ?, done_name = ? WHERE id = ? AND state = 'open'",
    ...[as, now, by.id, by.name, id],
  );
}

/** When it will be due again; the promise stays as it is. */
export function* defer(id: string, until: number): Work<void> {
  yield* run("UPDATE callbacks SET remind_at = ?, deferred = deferred + 1 WHERE id = ? AND state = 'open'", until, id);
}

function* change(
  id: string,
  what: CallbackChange,
  by: { id: string; name: string },
  now: number,
): Work<CallbackRow | null> {
  const row = yield* callbackById(id);
  if (row === undefined) return null;
  if (row.state !== 'open') return row.state === what.kind ? row : null;
  const lead = row.lead === null ? undefined : yield* leadById(row.lead);
  switch (what.kind) {
    case 'done':
    case 'cancelled':
      yield* close(id, what.kind, by, now);
      if (what.note !== null) yield* run('UPDATE callbacks SET note = ? WHERE id = ?', what.note, id);
      // Its lead goes back into the line; one of the relay's own list was there for this only.
      if (lead?.callback === id) yield* afterCallback(lead.id, now);
      break;
    case 'defer':
      yield* defer(id, what.until);
      break;
    case 'release':
      yield* releaseToQueue(row, what.reason, now);
      break;
    case 'take':
      yield* run('UPDATE callbacks SET owner = ?, owner_name = ? WHERE id = ?', what.owner.id, what.owner.name, id);
      break;
    case 'move':
      yield* run(
        'UPDATE callbacks SET at = ?, zone = ?, wall_time = ?, remind_at = ?, note = coalesce(?, note) WHERE id = ?',
        ...[what.at, what.zone, what.wallTime, what.at, what.note, id],
      );
      if (lead?.callback === id && lead.state !== 'held') yield* move(lead, lead.state, { notBefore: what.at });
  }
  return (yield* callbackById(id)) ?? null;
}

/** What earlier decisions on a call promised is no longer meant. */
export function* withdrawCallbacks(
  call: string,
  but: string | null,
  by: { id: string; name: string },
  now: number,
): Work<void> {
  const rows = yield* all<{ id: string }>(
    `SELECT id FROM callbacks WHERE call = ? AND state = 'open' AND source LIKE 'disposition:%' AND source <> ?`,
    call,
    but ?? '',
  );
  for (const { id } of rows) yield* change(id, { kind: 'cancelled', note: null }, by, now);
}

/** A lead whose callback is over: to the line again, or done with where it was there for the callback alone. */
function* afterCallback(id: number, now: number): Work<void> {
  const lead = yield* leadById(id);
  if (lead === undefined) return;
  const list = yield* get<{ builtin: string | null }>('SELECT builtin FROM lead_lists WHERE id = ?', lead.list);
  const state = lead.state !== 'later' ? lead.state : list === undefined || list.builtin === null ? 'later' : 'done';
  yield* move(lead, state, { callback: null, notBefore: now });
}

const STATES: Record<CallbackFilter['state'], string> = {
  open: "callbacks.state = 'open'",
  waiting: "callbacks.state = 'open' AND callbacks.remind_at > ?",
  due: "callbacks.state = 'open' AND callbacks.remind_at <= ?",
  overdue: "callbacks.state = 'open' AND callbacks.remind_at <= ?",
  done: "callbacks.state = 'done'",
  cancelled: "callbacks.state = 'cancelled'",
};

function whose({ owner, queue }: CallbackFilter): { sql: string; values: SqlValue[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  if (owner !== null) {
    parts.push('callbacks.owner = ?');
    values.push(owner);
  }
  if (queue?.lists === null) parts.push('callbacks.owner IS NULL');
  else if (queue !== null) {
    const lists = padded([0, ...queue.lists]);
    parts.push(`(callbacks.owner IS NULL AND (callbacks.list IS NULL OR callbacks.list IN (${lists.marks})))`);
    values.push(...lists.values);
  }
  return { sql: parts.length === 0 ? '1 = 1' : `(${parts.join(' OR ')})`, values };
}

function* list(filter: CallbackFilter): Work<{ total: number; rows: CallbackRow[] }> {
  const { sql, values } = whose(filter);
  const { state, now } = filter;
  const clock = STATES[state].includes('?') ? [state === 'overdue' ? now - OVERDUE_MS : now] : [];
  const where = `WHERE ${sql} AND ${STATES[state]} AND callbacks.at >= ? AND callbacks.at <= ?`;
  const bound = [...values, ...clock, filter.from, filter.to];
  const total = yield* get<{ n: number }>(`SELECT count(*) AS n FROM callbacks ${where}`, ...bound);
  const raws = yield* all<RawCallback>(
    `${SELECT} ${where} ORDER BY callbacks.remind_at, callbacks.id LIMIT ? OFFSET ?`,
    ...bound,
    filter.limit,
    filter.offset,
  );
  return { total: total?.n ?? 0, rows: raws.map(callbackOf) };
}

function* due(now: number): Work<DueCallbacks[]> {
  return yield* all<DueCallbacks>(
    `SELECT owner, list, sum(CASE WHEN remind_at <= ? THEN 1 ELSE 0 END) AS due,
       sum(CASE WHEN remind_at <= ? THEN 1 ELSE 0 END) AS overdue,
       min(CASE WHEN remind_at > ? THEN remind_at END) AS next
     FROM callbacks WHERE state = 'open' GROUP BY owner, list`,
    now,
    now - OVERDUE_MS,
    now,
  );
}

function* read(id: string): Work<CallbackRow | null> {
  return (yield* callbackById(id)) ?? null;
}

export function callbackWorks(agents: Pick<SeatTable, 'presentSql'>) {
  return {
    writes: {
      bookCallback: book,
      changeCallback: change,
      releaseAbsentCallbacks: (now: number, graceMs: number) => releaseAbsent(agents, now, graceMs),
      releaseLostCallbacks: releaseLost,
    },
    reads: { callback: read, purposeOfCall, callbacks: list, dueCallbacks: due },
  };
}
