/** Calls made from leads, as attempts with what became of them; what agents decide of them is in `outcomes.ts`. */
import { all, get, run, type Work } from '../../store/sql';
import type { AttemptBegin, AttemptEnd, AttemptRow } from '../port';
import { holdOfLead, leadById, move, trail } from './rows';

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
  yield* run(
    `UPDATE lead_holds SET phase = 'calling', attempt = ?, call = NULL, renewed = ?, renewals = renewals + 1
     WHERE id = ?`,
    ...[id, at, held.id],
  );
  yield* move(lead, 'held', { attempts: lead.attempts + 1 });
  yield* trail(lead.id, { at, verb: 'call', agent: held.agent, hold: held.id, reason });
  return true;
}

/** The hold of a lead while it is in this attempt's call: a later attempt of it, and another hold, are none of its business. */
const ITS_HOLD = "lead = ? AND phase = 'calling' AND coalesce(attempt, ?) = ?";

/** The lead is in the call of the hold's attempt before, which may be ringing; else it is looked at again. */
function* backFrom(attempt: string, lead: number): Work<void> {
  const before = yield* get<{ id: string; call: string | null }>(
    `SELECT lead_attempts.id, lead_attempts.call FROM lead_attempts
       JOIN lead_holds ON lead_holds.lead = lead_attempts.lead AND lead_holds.agent = lead_attempts.agent
     WHERE lead_attempts.lead = ? AND lead_attempts.at >= lead_holds.since AND lead_attempts.value IS NULL
     ORDER BY lead_attempts.at DESC, lead_attempts.id DESC LIMIT 1`,
    lead,
  );
  yield* run(
    `UPDATE lead_holds SET phase = ?, attempt = ?, call = ?, renewals = renewals + 1 WHERE ${ITS_HOLD}`,
    ...[before === undefined ? 'preview' : 'calling', before?.id ?? null, before?.call ?? null],
    ...[lead, attempt, attempt],
  );
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
    yield* run(`UPDATE lead_holds SET call = ? WHERE ${ITS_HOLD}`, end.call, row.lead, end.id, end.id);
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
  yield* backFrom(end.id, lead.id);
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
