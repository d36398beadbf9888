/** Calls made from leads, and what came of them. */
import { all, get, run, type Dialect, type Work } from '../../store/sql';
import type { BookRequest } from '../../callbacks/port';
import { book, close, withdrawCallbacks } from '../../callbacks/table';
import type { AttemptBegin, AttemptEnd, AttemptRow, LeadRow, Person } from '../port';
import { listById } from './lists';
import { holdOfLead, leadById, move, trail } from './rows';
import { dropHold } from './take';

const MINUTE_MS = 60_000;

/** Before the platform is asked. From here on the lead stays in hand until its outcome. */
export function* beginAttempt(attempt: AttemptBegin): Work<boolean> {
  const { id, lead: leadId, agent, phone, kind, at, reason = null } = attempt;
  const lead = yield* leadById(leadId);
  const held = lead === undefined ? undefined : yield* holdOfLead(lead.id);
  if (lead === undefined || held?.agent.id !== agent) return false;
  const known = yield* get('SELECT 1 FROM lead_attempts WHERE id = ?', id);
  if (known !== undefined) return true;
  yield* run(
    `INSERT INTO lead_attempts (id, lead, list, phone, at, agent, agent_name, kind)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, lead.id, lead.list, phone, at, agent, held.agent.name, kind],
  );
  yield* run("UPDATE lead_holds SET phase = 'calling', renewed = ?, renewals = renewals + 1 WHERE id = ?", at, held.id);
  yield* move(lead, 'held', { attempts: lead.attempts + 1 });
  yield* trail(lead.id, { at, verb: 'call', agent: held.agent, hold: held.id, reason });
  return true;
}

/** After the platform was asked, or when it is known what became of it. */
export function* endAttempt(end: AttemptEnd): Work<void> {
  const row = yield* get<{ lead: number; outcome: string | null }>(
    'SELECT lead, outcome FROM lead_attempts WHERE id = ?',
    end.id,
  );
  if (row === undefined) return;
  if ('call' in end) {
    yield* run('UPDATE lead_attempts SET call = ?, outcome = NULL WHERE id = ? AND value IS NULL', end.call, end.id);
    yield* run('UPDATE lead_holds SET call = ? WHERE lead = ?', end.call, row.lead);
    return;
  }
  if (end.state === 'unclear') {
    yield* run("UPDATE lead_attempts SET outcome = 'unclear' WHERE id = ? AND value IS NULL", end.id);
    return;
  }
  yield* run('DELETE FROM lead_attempts WHERE id = ?', end.id);
  const lead = yield* leadById(row.lead);
  if (lead === undefined) return;
  yield* move(lead, lead.state, { attempts: Math.max(0, lead.attempts - 1) });
  yield* run("UPDATE lead_holds SET phase = 'preview', renewals = renewals + 1, call = NULL WHERE lead = ?", lead.id);
}

interface LeadOutcome {
  call: string;
  agent: Person;
  value: string;
  /** The customer is done with. */
  final: boolean;
  /** They asked not to be called again. */
  dnc: boolean;
  /** The lead waits so long for its next attempt; null: as long as its list says. */
  retryMinutes: number | null;
  /** Id of the callback that was agreed with it. */
  callback: string | null;
  now: number;
}

function* whereTo(lead: LeadRow, outcome: LeadOutcome): Work<LeadRow> {
  const list = yield* listById(lead.list);
  const settings = list?.settings;
  const lastOutcome = outcome.value;
  if (outcome.dnc) return yield* move(lead, 'dnc', { lastOutcome, callback: null });
  // The callback has put it to its time already.
  if (outcome.callback !== null) return yield* move(lead, 'later', { lastOutcome });
  if (outcome.final) return yield* move(lead, 'done', { lastOutcome, callback: null });
  const notBefore = outcome.now + (outcome.retryMinutes ?? settings?.retry_minutes ?? 0) * MINUTE_MS;
  const exhausted = settings !== undefined && lead.attempts >= settings.max_attempts;
  return yield* move(lead, exhausted ? 'exhausted' : 'later', { lastOutcome, callback: null, notBefore });
}

/** An agent's decision on a call that was made from a lead; nothing for other calls. The latest decision holds. */
function* leadOutcome(dialect: Pick<Dialect, 'type'>, outcome: LeadOutcome): Work<void> {
  const { call, agent, value, now } = outcome;
  const attempt = yield* get<{ id: string; lead: number }>('SELECT id, lead FROM lead_attempts WHERE call = ?', call);
  const lead = attempt === undefined ? undefined : yield* leadById(attempt.lead);
  if (attempt === undefined || lead === undefined) return;
  const spoken = yield* get(`SELECT 1 FROM events WHERE call = ? AND ${dialect.type} = 'call.answered' LIMIT 1`, call);
  yield* run(
    'UPDATE lead_attempts SET value = ?, outcome = ? WHERE id = ?',
    ...[value, spoken === undefined ? 'attempt' : 'conversation', attempt.id],
  );
  const held = yield* holdOfLead(lead.id);
  // A later correction of an old outcome must not take the lead out of the hands it is in by now.
  const current = held === undefined || held.call === call;
  if (current) {
    if (held !== undefined) yield* dropHold(held.id);
    if (lead.callback !== null && lead.callback !== outcome.callback) yield* close(lead.callback, 'done', agent, now);
    yield* whereTo(lead, outcome);
  }
  yield* trail(lead.id, { at: now, verb: 'outcome', agent, hold: held?.id ?? null, reason: value });
}

/** What a decision on a call means beside the log. */
export interface CallDecided extends Omit<LeadOutcome, 'callback'> {
  /** The callback that was agreed with it; its lead is the one the call was made from. */
  book: BookRequest | null;
}

/** In the commit of the decision: its callback, and what it means for the lead the call was made from. */
export function* callDecided(dialect: Pick<Dialect, 'type'>, { book: booking, ...decision }: CallDecided): Work<void> {
  const { call, agent, now } = decision;
  yield* withdrawCallbacks(call, booking?.source ?? null, agent, now);
  const attempt = yield* get<{ lead: number }>('SELECT lead FROM lead_attempts WHERE call = ?', call);
  const booked = booking === null ? null : yield* book({ ...booking, lead: attempt?.lead ?? null });
  yield* leadOutcome(dialect, { ...decision, callback: booked?.id ?? null });
}

interface RawAttempt {
  id: string;
  lead: number;
  phone: string;
  call: string | null;
  at: number;
  agent: string;
  agent_name: string;
  kind: AttemptRow['kind'];
  outcome: AttemptRow['outcome'];
  value: string | null;
}

/** Newest first. */
export function* attemptsOf(lead: number, limit: number): Work<AttemptRow[]> {
  const raws = yield* all<RawAttempt>(
    'SELECT * FROM lead_attempts WHERE lead = ? ORDER BY at DESC LIMIT ?',
    lead,
    limit,
  );
  return raws.map(({ agent, agent_name, id, phone, call, at, kind, outcome, value }) => ({
    ...{ id, lead, phone, call, at, kind, outcome, value },
    agent: { id: agent, name: agent_name },
  }));
}
