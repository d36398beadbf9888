/** Rows of leads as works read and move them: every move keeps the counts of its lane. */
import { get, inserts, run, together, type SqlValue, type Work } from '../../store/sql';
import type { HoldRow, LeadRow, ListRow, RowState } from '../port';

export interface RawLead {
  id: number;
  list: number;
  place: number;
  phone: string;
  name: string | null;
  state: RowState;
  priority: number;
  not_before: number;
  attempts: number;
  callback: string | null;
  blocked: string | null;
  last_outcome: string | null;
  record: string;
  created: number;
}

export const LEAD_COLUMNS =
  'leads.id, leads.list, leads.place, leads.phone, leads.name, leads.state, leads.priority, leads.not_before, ' +
  'leads.attempts, leads.callback, leads.blocked, leads.last_outcome, leads.record, leads.created';

export function leadOf(raw: RawLead): LeadRow {
  const { id, list, place, phone, name, state, priority, attempts, callback, blocked, record, created } = raw;
  const times = { notBefore: raw.not_before, lastOutcome: raw.last_outcome };
  return { id, list, place, phone, name, state, priority, attempts, callback, blocked, record, created, ...times };
}

export function* leadById(id: number): Work<LeadRow | undefined> {
  const raw = yield* get<RawLead>(`SELECT ${LEAD_COLUMNS} FROM leads WHERE id = ?`, id);
  return raw === undefined ? undefined : leadOf(raw);
}

export interface RawHold {
  id: string;
  lead: number;
  list: number;
  agent: string;
  agent_name: string;
  since: number;
  renewed: number;
  renewals: number;
  phase: HoldRow['phase'];
  why: HoldRow['why'];
  attempt: string | null;
  call: string | null;
}

export function holdOf(raw: RawHold): HoldRow {
  const { id, lead, list, agent, agent_name, since, renewed, renewals, phase, why, attempt, call } = raw;
  const times = { since, renewed, renewals };
  return { id, lead, list, agent: { id: agent, name: agent_name }, ...times, phase, why, attempt, call };
}

export function* holdOfLead(lead: number): Work<HoldRow | undefined> {
  const raw = yield* get<RawHold>('SELECT * FROM lead_holds WHERE lead = ?', lead);
  return raw === undefined ? undefined : holdOf(raw);
}

/** All its attempts were made. What was promised is kept all the same. */
export const isExhausted = ({ attempts, callback }: LeadRow, { settings }: Pick<ListRow, 'settings'>): boolean =>
  callback === null && attempts >= settings.max_attempts;

/** What is added to the leads of one state of a lane; each lane and state once. */
export type Counted = [place: number, state: RowState, n: number];

/** Adds to the counts of lanes. */
export function* countAll(list: number, counted: readonly Counted[]): Work<void> {
  yield* together(
    inserts(
      'INSERT INTO lead_counts (list, place, state, n)',
      counted.map(([place, state, n]): SqlValue[] => [list, place, state, n]),
      'ON CONFLICT (list, place, state) DO UPDATE SET n = lead_counts.n + excluded.n',
    ),
  );
}

/** Adds to the leads of one state of a lane. */
export function* count(list: number, place: number, state: RowState, n: number): Work<void> {
  yield* countAll(list, [[place, state, n]]);
}

/** What else may change when a lead moves. */
export interface Move {
  notBefore?: number;
  callback?: string | null;
  blocked?: string | null;
  lastOutcome?: string;
  attempts?: number;
}

/** Puts a lead into a state and returns it as it then is. */
export function* move(lead: LeadRow, state: RowState, changes: Move = {}): Work<LeadRow> {
  const moved: LeadRow = { ...lead, blocked: null, ...changes, state };
  const values: SqlValue[] = [
    state,
    moved.notBefore,
    moved.callback,
    moved.blocked,
    moved.lastOutcome,
    moved.attempts,
    lead.id,
  ];
  yield* run(
    `UPDATE leads SET state = ?, not_before = ?, callback = ?, blocked = ?, last_outcome = ?, attempts = ?
     WHERE id = ?`,
    ...values,
  );
  if (state !== lead.state) {
    yield* count(lead.list, lead.place, lead.state, -1);
    yield* count(lead.list, lead.place, state, 1);
  }
  return moved;
}

/** The next free numbers of a kind: returns the first of `n`. */
export function* allot(name: 'lead' | 'list' | 'place' | 'segment' | 'import', n: number): Work<number> {
  const row = yield* get<{ last: number }>(
    `INSERT INTO lead_ids (name, last) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET last = lead_ids.last + excluded.last RETURNING last`,
    name,
    n,
  );
  return (row?.last ?? n) - n + 1;
}

/** One more line of what was done with a lead. */
export function* trail(
  lead: number,
  line: {
    at: number;
    verb: string;
    agent: { id: string; name: string };
    hold?: string | null;
    fingerprint?: string | null;
    reason?: string | null;
    note?: string | null;
  },
): Work<void> {
  const latest = yield* get<{ n: number | null }>('SELECT max(n) AS n FROM lead_trail WHERE lead = ?', lead);
  yield* run(
    `INSERT INTO lead_trail (lead, n, at, verb, agent, agent_name, hold, fingerprint, reason, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    lead,
    (latest?.n ?? 0) + 1,
    line.at,
    line.verb,
    line.agent.id,
    line.agent.name,
    line.hold ?? null,
    line.fingerprint ?? null,
    line.reason ?? null,
    line.note ?? null,
  );
}

/** Values for an `IN` list, padded to a power of two so that few different statements exist. */
export function padded<T extends SqlValue>(values: readonly T[]): { marks: string; values: T[] } {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, values.length)));
  const last = values.at(-1);
  const filled = last === undefined ? [] : [...values, ...Array<T>(size - values.length).fill(last)];
  return { marks: filled.map(() => '?').join(', '), values: filled };
}
