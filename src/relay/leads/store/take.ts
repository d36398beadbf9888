/** Who is next: the works that put a lead into an agent's hands. */
import { LEAD_LIMITS, type NextWhy } from '../../../shared/contract/leads';
import { all, get, run, type SqlValue, type Work } from '../../store/sql';
import type { Aside, HoldRow, LeadRow, Person, Taken, TakeRequest } from '../port';
import { listById } from './lists';
import {
  holdOf,
  holdOfLead,
  isExhausted,
  LEAD_COLUMNS,
  leadById,
  leadOf,
  move,
  padded,
  trail,
  type RawHold,
  type RawLead,
} from './rows';
import { closePlace, isPaused } from './segments';

/** Leads whose further numbers turned out to be held that are passed over in one request. */
const MAX_TRIES = 10;
/** How long such a lead waits. */
const NUMBER_HELD_MS = 60_000;
/** Leads without an attempt left that are put aside in one request; the rest in the next ones. */
const MAX_EXHAUSTED = 100;

const NOT_HELD = 'NOT EXISTS (SELECT 1 FROM held_numbers WHERE held_numbers.phone = leads.phone)';

/** Ends a hold; the lead's state is the caller's to decide. */
export function* dropHold(hold: string): Work<void> {
  yield* run('DELETE FROM held_numbers WHERE hold = ?', hold);
  yield* run('DELETE FROM lead_holds WHERE id = ?', hold);
}

function* numbersOf(lead: LeadRow): Work<string[]> {
  const more = yield* all<{ phone: string }>('SELECT phone FROM lead_numbers WHERE lead = ?', lead.id);
  return [lead.phone, ...more.map(({ phone }) => phone)];
}

/** The agent who has one of the numbers, if any. */
function* heldBy(numbers: readonly string[]): Work<Person | undefined> {
  const { marks, values } = padded(numbers);
  const raw = yield* get<RawHold>(
    `SELECT lead_holds.* FROM held_numbers JOIN lead_holds ON lead_holds.id = held_numbers.hold
     WHERE held_numbers.phone IN (${marks})`,
    ...values,
  );
  return raw === undefined ? undefined : holdOf(raw).agent;
}

/** Puts the lead and all its numbers into the agent's hands; who has one of them already otherwise. */
function* hold(request: TakeRequest, lead: LeadRow, why: NextWhy): Work<{ held: HoldRow } | { by: Person }> {
  const numbers = yield* numbersOf(lead);
  const by = yield* heldBy(numbers);
  if (by !== undefined) return { by };
  for (const phone of numbers) {
    yield* run('INSERT INTO held_numbers (phone, hold) VALUES (?, ?)', phone, request.hold);
  }
  const { agent, now, hold: id } = request;
  yield* run(
    `INSERT INTO lead_holds (id, lead, list, agent, agent_name, since, renewed, renewals, phase, why)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, 'preview', ?)`,
    ...[id, lead.id, lead.list, agent.id, agent.name, now, now, why],
  );
  yield* move(lead, 'held');
  yield* trail(lead.id, { at: now, verb: 'open', agent, hold: id });
  const times = { since: now, renewed: now, renewals: 0 };
  return {
    held: { id, lead: lead.id, list: lead.list, agent, ...times, phase: 'preview', why, attempt: null, call: null },
  };
}

/** Due callbacks, the longest due first: the agent's own, else those of the queue. */
function* dueCallback(request: TakeRequest, own: boolean): Work<LeadRow | undefined> {
  const { marks, values } = padded(request.lists);
  const raw = yield* get<RawLead>(
    `SELECT ${LEAD_COLUMNS} FROM callbacks JOIN leads ON leads.id = callbacks.lead
       JOIN lead_lists ON lead_lists.id = leads.list
     WHERE callbacks.state = 'open' AND callbacks.owner ${own ? '= ?' : 'IS NULL'} AND callbacks.remind_at <= ?
       AND leads.state IN ('ready', 'later', 'blocked') AND leads.not_before <= ? AND lead_lists.paused = 0
       AND ${isPaused('leads.place')} = 0
       ${own ? '' : `AND leads.list IN (${marks})`} AND ${NOT_HELD}
       AND NOT EXISTS (SELECT 1 FROM lead_passes WHERE lead_passes.lead = leads.id AND lead_passes.agent = ?)
     ORDER BY callbacks.at LIMIT 1`,
    ...(own ? [request.agent.id] : []),
    request.now,
    request.now,
    ...(own ? [] : values),
    request.agent.id,
  );
  return raw === undefined ? undefined : leadOf(raw);
}

/** Of the first leads of lanes that are open and not paused the one with the highest priority, then the oldest. */
function* firstInLine(request: TakeRequest): Work<{ lead: LeadRow; why: NextWhy } | undefined> {
  const { marks, values } = padded(request.lists);
  const raw = yield* get<RawLead & { rank: number }>(
    `SELECT ${LEAD_COLUMNS}, lead_lists.priority AS rank FROM lead_lanes
       JOIN lead_lists ON lead_lists.id = lead_lanes.list
       JOIN leads ON leads.id =
         (SELECT leads.id FROM leads
          WHERE leads.list = lead_lanes.list AND leads.place = lead_lanes.place AND leads.state = 'ready' AND ${NOT_HELD}
            AND NOT EXISTS (SELECT 1 FROM lead_passes WHERE lead_passes.lead = leads.id AND lead_passes.agent = ?)
          ORDER BY leads.priority DESC, leads.id LIMIT 1)
     WHERE lead_lanes.list IN (${marks}) AND lead_lanes.closed_until <= ? AND lead_lists.paused = 0
       AND ${isPaused('lead_lanes.place')} = 0
     ORDER BY lead_lists.priority DESC, leads.priority DESC, leads.id LIMIT 1`,
    request.agent.id,
    ...values,
    request.now,
  );
  if (raw === undefined) return undefined;
  return { lead: leadOf(raw), why: raw.rank > 0 || raw.priority > 0 ? 'priority' : 'age' };
}

function* candidate(request: TakeRequest): Work<{ lead: LeadRow; why: NextWhy } | undefined> {
  const mine = yield* dueCallback(request, true);
  if (mine !== undefined) return { lead: mine, why: 'my_callback' };
  if (request.lists.length === 0) return undefined;
  const queued = yield* dueCallback(request, false);
  if (queued !== undefined) return { lead: queued, why: 'queue_callback' };
  return yield* firstInLine(request);
}

function* minimum(sql: string, ...values: SqlValue[]): Work<number | null> {
  return (yield* get<{ least: number | null }>(sql, ...values))?.least ?? null;
}

/** Why there is nothing, from what is counted: no lead is looked at. */
function* nothing({ lists, agent }: TakeRequest): Work<Taken> {
  const { marks, values } = padded(lists);
  const rows =
    lists.length === 0
      ? []
      : yield* all<{ state: string; rests: number; n: number }>(
          `SELECT state, CASE WHEN lead_lists.paused = 1 THEN 1 ELSE ${isPaused('lead_counts.place')} END AS rests,
             CAST(sum(n) AS BIGINT) AS n
           FROM lead_counts JOIN lead_lists ON lead_lists.id = lead_counts.list
           WHERE list IN (${marks}) AND state IN ('ready', 'later', 'blocked', 'held') GROUP BY state, rests`,
          ...values,
        );
  const left = (state: string, rests: number) => rows.find((row) => row.state === state && row.rests === rests)?.n ?? 0;
  const waiting = left('ready', 0) + left('later', 0) + left('blocked', 0);
  const times: (number | null)[] = [
    yield* minimum("SELECT min(remind_at) AS least FROM callbacks WHERE state = 'open' AND owner = ?", agent.id),
  ];
  for (const list of new Set(lists)) {
    times.push(
      yield* minimum(
        `SELECT min(closed_until) AS least FROM lead_lanes WHERE list = ? AND closed_until > 0
           AND ${isPaused('lead_lanes.place')} = 0`,
        list,
      ),
      yield* minimum(
        `SELECT min(not_before) AS least FROM leads
         WHERE list = ? AND state IN ('later', 'blocked') AND callback IS NULL`,
        list,
      ),
    );
  }
  const known = times.filter((time) => time !== null);
  const nextAt = known.length === 0 ? null : Math.min(...known);
  if (waiting > 0) return { kind: 'nothing', reason: 'later', nextAt };
  const paused = ['ready', 'later', 'blocked'].some((state) => left(state, 1) > 0);
  const reason = paused ? 'paused' : left('held', 0) > 0 ? 'held' : nextAt === null ? 'empty' : 'later';
  return { kind: 'nothing', reason, nextAt: paused ? null : nextAt };
}

/** Puts aside what the rules do not allow now, and ends its hold. */
function* putAside(aside: Aside, agent: Person): Work<void> {
  const lead = yield* leadById(aside.lead);
  const held = yield* holdOfLead(aside.lead);
  if (lead === undefined || held?.id !== aside.hold || held.agent.id !== agent.id) return;
  yield* dropHold(held.id);
  if (aside.kind === 'closed') {
    yield* closePlace(lead.list, lead.place, aside.until);
    // A callback does not stand in its lane: it waits by itself.
    yield* move(lead, lead.callback === null ? 'ready' : 'later', { notBefore: aside.until });
  } else {
    yield* move(lead, aside.kind, {
      notBefore: aside.until,
      blocked: aside.kind === 'blocked' ? aside.by : null,
    });
  }
}

function* inHand(agent: string): Work<{ preview: HoldRow | undefined; held: number }> {
  const raws = yield* all<RawHold>('SELECT * FROM lead_holds WHERE agent = ? ORDER BY since', agent);
  const holds = raws.map(holdOf);
  return { preview: holds.find(({ phase }) => phase === 'preview'), held: holds.length };
}

/** Puts a lead aside for good that has no attempt left: its list may have allowed more before. */
function* exhaust(lead: LeadRow): Work<boolean> {
  const list = yield* listById(lead.list);
  if (list === undefined || !isExhausted(lead, list)) return false;
  yield* move(lead, 'exhausted');
  return true;
}

function* takeChosen(request: TakeRequest, id: number): Work<Taken> {
  const lead = yield* leadById(id);
  const own = lead === undefined ? undefined : yield* holdOfLead(lead.id);
  if (lead === undefined || lead.state === 'staged') return { kind: 'refused', reason: 'not_found' };
  if (own !== undefined) {
    if (own.agent.id === request.agent.id) return { kind: 'lead', hold: own, lead };
    return { kind: 'refused', reason: 'held', by: own.agent };
  }
  if (!['ready', 'later', 'blocked'].includes(lead.state) || (yield* exhaust(lead))) {
    return { kind: 'refused', reason: 'not_found' };
  }
  const taken = yield* hold(request, lead, 'chosen');
  if ('by' in taken) return { kind: 'refused', reason: 'held', by: taken.by };
  return { kind: 'lead', hold: taken.held, lead: { ...lead, state: 'held' } };
}

export function* take(request: TakeRequest): Work<Taken> {
  if (request.aside !== undefined) yield* putAside(request.aside, request.agent);
  if (request.stop === true) return { kind: 'nothing', reason: 'empty', nextAt: null };
  const { preview, held } = yield* inHand(request.agent.id);
  if (preview !== undefined && request.chosen === undefined) {
    const lead = yield* leadById(preview.lead);
    if (lead !== undefined) return { kind: 'lead', hold: { ...preview, why: 'in_hand' }, lead };
  }
  if (held >= LEAD_LIMITS.maxHeld) return { kind: 'nothing', reason: 'hands_full', nextAt: null };
  if (request.chosen !== undefined) return yield* takeChosen(request, request.chosen);
  let exhausted = 0;
  for (let tries = 0; tries < MAX_TRIES && exhausted < MAX_EXHAUSTED;) {
    const found = yield* candidate(request);
    if (found === undefined) return yield* nothing(request);
    if (yield* exhaust(found.lead)) {
      exhausted += 1;
      continue;
    }
    const taken = yield* hold(request, found.lead, found.why);
    if ('held' in taken) return { kind: 'lead', hold: taken.held, lead: { ...found.lead, state: 'held' } };
    // A colleague has one of its further numbers open.
    yield* move(found.lead, 'later', { notBefore: request.now + NUMBER_HELD_MS });
    tries += 1;
  }
  return { kind: 'nothing', reason: 'held', nextAt: request.now + NUMBER_HELD_MS };
}
