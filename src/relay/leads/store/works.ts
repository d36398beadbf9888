/** What the preview dialer can ask of the database; merged into the store's own table of works. */
import { LEAD_LIMITS } from '../../../shared/contract/leads';
import { callbackWorks, callbackById } from '../../callbacks/table';
import type { Log } from '../../store/log';
import { all, get, run, type SqlValue, type Work } from '../../store/sql';
import type { Aside, HeldLead, HoldRow, LeadFilter, LeadRow, LeadView, Person, TrailRow } from '../port';
import { attemptsOf, beginAttempt, endAttempt } from './attempts';
import { importWorks } from './imports';
import { listById, listWorks } from './lists';
import {
  holdOf,
  holdOfLead,
  isExhausted,
  LEAD_COLUMNS,
  leadById,
  leadOf,
  move,
  padded,
  type RawHold,
  type RawLead,
} from './rows';
import { segmentName, segmentWorks } from './segments';
import { expireHold, settle } from './settle';
import { take } from './take';

function* renewHold(agent: string, lead: number, hold: string | null, now: number): Work<HoldRow | null> {
  const raw = yield* get<RawHold>(
    `UPDATE lead_holds SET renewed = ?, renewals = renewals + 1
     WHERE lead = ? AND agent = ? AND id = coalesce(?, id) RETURNING *`,
    ...[now, lead, agent, hold],
  );
  return raw === undefined ? null : holdOf(raw);
}

function* holds(): Work<HoldRow[]> {
  return (yield* all<RawHold>('SELECT * FROM lead_holds ORDER BY since')).map(holdOf);
}

function* held(agent: string | null): Work<HeldLead[]> {
  const raws = yield* all<RawHold & { list_name: string; name: string | null; phone: string }>(
    `SELECT lead_holds.*, lead_lists.name AS list_name, leads.name, leads.phone FROM lead_holds
       JOIN leads ON leads.id = lead_holds.lead JOIN lead_lists ON lead_lists.id = lead_holds.list
     ${agent === null ? '' : 'WHERE lead_holds.agent = ?'} ORDER BY lead_holds.since`,
    ...(agent === null ? [] : [agent]),
  );
  return raws.map((raw) => ({
    hold: holdOf(raw),
    list: { id: raw.list, name: raw.list_name },
    ...{ name: raw.name, phone: raw.phone },
  }));
}

/** A call that never tells of its end is taken for over, as it is where calls of an agent are counted. */
const UNDER_WAY_MS = 30 * 60_000;
/** From a call's end to its outcome; the lease of the hold comes after it. */
const WRAP_UP_MS = 10 * 60_000;

/** Holds that nobody needs to renew: their call goes on, or its agent is still writing down what came of it. */
function* holdsInCall(now: number): Work<string[]> {
  const rows = yield* all<{ id: string }>(
    `SELECT lead_holds.id FROM lead_holds JOIN lead_attempts ON lead_attempts.id = lead_holds.attempt
       LEFT JOIN calls ON calls.call = lead_attempts.call
     WHERE lead_holds.phase = 'calling' AND (
       (calls.call IS NULL AND lead_attempts.at > ?)
       OR (calls.ended = 0 AND (calls.claim_agent IS NOT NULL OR calls.last_received > ?))
       OR (calls.ended = 1 AND calls.last_received > ?))`,
    ...[now - UNDER_WAY_MS, now - UNDER_WAY_MS, now - WRAP_UP_MS],
  );
  return rows.map(({ id }) => id);
}

/** Every list has its turn, so that a large one that wakes does not hold up the others. */
function* wake(now: number, limit: number): Work<number> {
  const lists = yield* all<{ list: number }>(
    "SELECT DISTINCT list FROM lead_counts WHERE state IN ('later', 'blocked') AND n > 0",
  );
  let woken = 0;
  for (const { list } of lists) {
    const raws = yield* all<RawLead>(
      `SELECT ${LEAD_COLUMNS} FROM leads WHERE list = ? AND state IN ('later', 'blocked') AND callback IS NULL
         AND not_before <= ? ORDER BY not_before LIMIT ?`,
      ...[list, now, Math.ceil(limit / lists.length)],
    );
    const row = yield* listById(list);
    for (const raw of raws) {
      const lead = leadOf(raw);
      yield* move(lead, row !== undefined && isExhausted(lead, row) ? 'exhausted' : 'ready');
    }
    woken += raws.length;
  }
  return woken;
}

interface RawTrail {
  at: number;
  verb: TrailRow['verb'];
  agent: string;
  agent_name: string;
  reason: string | null;
  note: string | null;
}

function* view(id: number): Work<LeadView | null> {
  const lead = yield* leadById(id);
  const list = lead === undefined ? undefined : yield* listById(lead.list);
  if (lead === undefined || list === undefined || lead.state === 'staged') return null;
  const more = yield* all<{ phone: string }>('SELECT phone FROM lead_numbers WHERE lead = ?', id);
  const { marks, values } = padded([lead.phone, ...more.map(({ phone }) => phone)]);
  const numbers = yield* all<{ phone: string; attempts: number; last: number }>(
    `SELECT phone, count(*) AS attempts, max(at) AS last FROM lead_attempts WHERE phone IN (${marks}) GROUP BY phone`,
    ...values,
  );
  const lines = yield* all<RawTrail>(
    'SELECT * FROM lead_trail WHERE lead = ? ORDER BY n DESC LIMIT ?',
    id,
    LEAD_LIMITS.shownHistory,
  );
  return {
    ...{ lead, list, numbers },
    segment: yield* segmentName(lead.place),
    hold: (yield* holdOfLead(id)) ?? null,
    callback: lead.callback === null ? null : ((yield* callbackById(lead.callback)) ?? null),
    attempts: yield* attemptsOf(id, LEAD_LIMITS.shownHistory),
    trail: lines.map(({ at, verb, agent, agent_name, reason, note }) => ({
      ...{ at, verb, reason, note },
      agent: { id: agent, name: agent_name },
    })),
  };
}

const OF_SEGMENT = `AND leads.place IN (SELECT lead_segment_places.id FROM lead_segment_places
         JOIN lead_segments ON lead_segments.id = lead_segment_places.segment
         WHERE lead_segments.list = ? AND lead_segments.name = ?)`;

function* leads(filter: LeadFilter): Work<{ lead: LeadRow; heldBy: Person | null }[]> {
  const { list, state, phone, segment, limit, offset } = filter;
  const values: SqlValue[] = [list, ...(state === undefined ? [] : [state]), ...(phone === undefined ? [] : [phone])];
  if (segment !== undefined) values.push(list, segment);
  const raws = yield* all<RawLead & { agent: string | null; agent_name: string | null }>(
    `SELECT ${LEAD_COLUMNS}, lead_holds.agent, lead_holds.agent_name FROM leads
       LEFT JOIN lead_holds ON lead_holds.lead = leads.id
     WHERE leads.list = ? AND ${state === undefined ? "leads.state <> 'staged'" : 'leads.state = ?'}
       ${phone === undefined ? '' : 'AND leads.phone = ?'} ${segment === undefined ? '' : OF_SEGMENT}
     ORDER BY leads.id LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  );
  return raws.map((raw) => ({
    lead: leadOf(raw),
    heldBy: raw.agent === null ? null : { id: raw.agent, name: raw.agent_name ?? raw.agent },
  }));
}

function* toScreen(list: number, after: number, limit: number): Work<LeadRow[]> {
  const raws = yield* all<RawLead>(
    `SELECT ${LEAD_COLUMNS} FROM leads WHERE list = ? AND state = 'ready' AND id > ? ORDER BY id LIMIT ?`,
    ...[list, after, limit],
  );
  return raws.map(leadOf);
}

function* screened(list: number, upTo: number, asides: Omit<Aside, 'hold'>[]): Work<void> {
  for (const aside of asides) {
    const lead = yield* leadById(aside.lead);
    // Taken meanwhile: then it was checked there.
    if (lead?.state !== 'ready' || aside.kind === 'closed') continue;
    const blocked = 'by' in aside && typeof aside.by === 'string' ? aside.by : null;
    yield* move(lead, aside.kind, { notBefore: aside.until, blocked });
  }
  yield* run('UPDATE lead_lists SET screened = ? WHERE id = ?', upTo, list);
}

function* readView(id: number): Work<LeadView | null> {
  return yield* view(id);
}

export function leadWorks(log: Pick<Log, 'seats' | 'relay' | 'dialect'>) {
  const imports = importWorks(log);
  const callbacks = callbackWorks(log.seats);
  return {
    writes: {
      ...listWorks.writes,
      ...segmentWorks.writes,
      ...imports.writes,
      ...callbacks.writes,
      takeLead: take,
      settleLead: settle,
      renewLeadHold: renewHold,
      expireLeadHold: expireHold,
      wakeLeads: wake,
      leadsScreened: screened,
      beginLeadAttempt: beginAttempt,
      endLeadAttempt: endAttempt,
    },
    reads: {
      ...listWorks.reads,
      ...segmentWorks.reads,
      ...imports.reads,
      ...callbacks.reads,
      leadHolds: holds,
      heldLeads: held,
      leadHoldsInCall: holdsInCall,
      leadView: readView,
      leadsOfList: leads,
      leadsToScreen: toScreen,
    },
  };
}
