/** How a preview ends: the verbs, each once per hold, and what they do to the lead and its callback. */
import { LEAD_LIMITS } from '../../../shared/contract/leads';
import type { CallbackRow } from '../../callbacks/port';
import { releaseToQueue } from '../../callbacks/release';
import { book, callbackById, close, defer } from '../../callbacks/table';
import { EntryTable } from '../../dnc/entries-table';
import { all, get, run, type Work } from '../../store/sql';
import type { HoldRow, LeadRow, ListRow, Settled, Settlement } from '../port';
import { listById } from './lists';
import { holdOfLead, isExhausted, LEAD_COLUMNS, leadById, leadOf, move, trail, type RawLead } from './rows';
import { dropHold } from './take';

const MINUTE_MS = 60_000;

/** Where a lead belongs that was only looked at. */
export function* putBack(lead: LeadRow, now: number): Work<LeadRow> {
  return yield* move(lead, lead.callback !== null || lead.notBefore > now ? 'later' : 'ready');
}

/** A call was made, and nobody says what came of it: the lead waits for its next attempt, if it has one left. */
function* moveAfterCall(lead: LeadRow, list: ListRow, now: number): Work<LeadRow> {
  const notBefore = now + list.settings.retry_minutes * MINUTE_MS;
  return yield* move(lead, isExhausted(lead, list) ? 'exhausted' : 'later', { notBefore });
}

function* isRepeat({ lead, agent, hold, verb, fingerprint }: Settlement): Work<boolean> {
  const row = yield* get<{ verb: string; fingerprint: string | null }>(
    hold === undefined
      ? 'SELECT verb, fingerprint FROM lead_trail WHERE lead = ? AND agent = ? ORDER BY n DESC LIMIT 1'
      : `SELECT verb, fingerprint FROM lead_trail WHERE lead = ? AND agent = ? AND hold = ? AND verb <> 'open'
         ORDER BY n DESC LIMIT 1`,
    ...(hold === undefined ? [lead, agent.id] : [lead, agent.id, hold]),
  );
  return row?.verb === verb && row.fingerprint === fingerprint;
}

/** Numbers of a lead that nobody may call any more, with every lead in every list that has no other number. */
function* block(settlement: Settlement, lead: LeadRow, list: ListRow): Work<{ own: boolean; others: number }> {
  const { dnc } = settlement;
  const more = yield* all<{ phone: string }>('SELECT phone FROM lead_numbers WHERE lead = ?', lead.id);
  const numbers = [lead.phone, ...more.map(({ phone }) => phone)];
  const blocked = numbers.filter((phone) => dnc?.phone === undefined || dnc.phone === phone);
  let others = 0;
  for (const phone of dnc?.scope === 'campaign' ? [] : blocked) {
    const rows = yield* all<RawLead & { settings: string }>(
      `SELECT ${LEAD_COLUMNS}, lead_lists.settings FROM leads JOIN lead_lists ON lead_lists.id = leads.list
       WHERE leads.phone = ? AND leads.id <> ? AND leads.state IN ('ready', 'later', 'blocked', 'staged')
         AND NOT EXISTS (SELECT 1 FROM lead_numbers WHERE lead_numbers.lead = leads.id)`,
      phone,
      lead.id,
    );
    for (const raw of rows) {
      const seller = (JSON.parse(raw.settings) as ListRow['settings']).seller;
      if (dnc?.scope === 'seller' && seller !== list.settings.seller) continue;
      yield* move(leadOf(raw), 'dnc', { callback: null });
      if (raw.callback !== null) yield* close(raw.callback, 'cancelled', settlement.agent, settlement.now);
      others += 1;
    }
  }
  return { own: blocked.length === numbers.length, others };
}

/** What the verb means for the callback from which the lead was opened. */
function* tendCallback({ verb, agent, now, until, reason }: Settlement, lead: LeadRow): Work<string | null> {
  if (lead.callback === null) return null;
  const row = yield* callbackById(lead.callback);
  if (row === undefined) return null;
  switch (verb) {
    case 'skip':
      yield* defer(row.id, until ?? now + LEAD_LIMITS.skipMin * MINUTE_MS);
      return row.id;
    case 'reject':
      yield* releaseToQueue(row, reason ?? 'passed_on', now);
      return row.id;
    case 'remove':
    case 'dnc':
      yield* close(row.id, 'cancelled', agent, now);
      return null;
    default:
      return row.id;
  }
}

interface Ended {
  lead: LeadRow;
  callback: CallbackRow | null;
  blocked: number;
}

function* apply(settlement: Settlement, lead: LeadRow, list: ListRow): Work<Ended> {
  const { now, to, until, dnc } = settlement;
  if (settlement.book !== undefined) {
    const callback = yield* book({ ...settlement.book, lead: lead.id });
    const booked = (yield* leadById(lead.id)) ?? lead;
    return { lead: yield* move(booked, 'later', { notBefore: callback.at }), callback, blocked: 0 };
  }
  const open = yield* tendCallback(settlement, lead);
  const kept = { ...lead, callback: open };
  if (dnc !== undefined) {
    const { own, others } = yield* block(settlement, lead, list);
    if (!own) return { lead: yield* putBack(kept, now), callback: null, blocked: others };
    return { lead: yield* move(kept, 'dnc', { callback: null }), callback: null, blocked: others + 1 };
  }
  if (settlement.pass === true) {
    yield* run(
      'INSERT INTO lead_passes (lead, agent) VALUES (?, ?) ON CONFLICT DO NOTHING',
      lead.id,
      settlement.agent.id,
    );
  }
  if (to === 'back' || to === 'ready') return { lead: yield* putBack(kept, now), callback: null, blocked: 0 };
  const notBefore = until ?? lead.notBefore;
  return { lead: yield* move(kept, to, { notBefore }), callback: null, blocked: 0 };
}

type Refusal = Extract<Settled, { ok: false }>;

/** What stands in the way of the verb, if anything. */
function refusalOf(
  settlement: Settlement,
  lead: LeadRow,
  list: ListRow,
  held: HoldRow | undefined,
): Refusal | undefined {
  const { agent, supervisor, hold, verb } = settlement;
  const mine = held?.agent.id === agent.id && (hold === undefined || hold === held.id);
  if (lead.state === 'staged') return { ok: false, reason: 'not_found' };
  if (held !== undefined && !mine && !supervisor) {
    return held.agent.id === agent.id
      ? { ok: false, reason: 'not_held' }
      : { ok: false, reason: 'held', by: held.agent };
  }
  // Never call is said whenever it is said; the other verbs end a preview.
  if (held === undefined && !supervisor && verb !== 'dnc') return { ok: false, reason: 'not_held' };
  if (held?.phase === 'calling' && !['release', 'dnc'].includes(verb)) return { ok: false, reason: 'calling' };
  if (verb === 'skip' && !list.settings.may_skip && !supervisor) return { ok: false, reason: 'may_not_skip' };
  return undefined;
}

export function* settle(settlement: Settlement): Work<Settled> {
  const { agent, lists, verb, now, reason, note, fingerprint } = settlement;
  const lead = yield* leadById(settlement.lead);
  const list = lead === undefined ? undefined : yield* listById(lead.list);
  if (lead === undefined || list === undefined) return { ok: false, reason: 'not_found' };
  if (lists?.includes(lead.list) === false) return { ok: false, reason: 'not_found' };
  const held = yield* holdOfLead(lead.id);
  const current = held?.agent.id === agent.id && (settlement.hold === undefined || settlement.hold === held.id);
  if (!current && (yield* isRepeat(settlement))) {
    const callback = lead.callback === null ? undefined : yield* callbackById(lead.callback);
    return { ok: true, repeated: true, lead, callback: callback ?? null, blocked: 0 };
  }
  const refusal = refusalOf(settlement, lead, list, held);
  if (refusal !== undefined) return refusal;
  if (held !== undefined) yield* dropHold(held.id);
  const afterCall = held?.phase === 'calling' && settlement.dnc === undefined;
  if (settlement.stops !== undefined) yield* new EntryTable().record(settlement.stops);
  const ended = afterCall
    ? { lead: yield* moveAfterCall(lead, list, now), callback: null, blocked: 0 }
    : yield* apply(settlement, lead, list);
  yield* trail(lead.id, { at: now, verb, agent, hold: held?.id ?? null, fingerprint, reason, note });
  return { ok: true, repeated: false, ...ended };
}

/** Ends a hold nobody renewed. A call that was started from it counts as made: the lead waits its time. */
export function* expireHold({ id, renewals }: Pick<HoldRow, 'id' | 'renewals'>, now: number): Work<boolean> {
  const raw = yield* get<{ lead: number; renewals: number }>('SELECT lead, renewals FROM lead_holds WHERE id = ?', id);
  if (raw?.renewals !== renewals) return false;
  const [lead, held] = [yield* leadById(raw.lead), yield* holdOfLead(raw.lead)];
  yield* dropHold(id);
  if (lead === undefined || held === undefined) return true;
  const list = yield* listById(lead.list);
  if (held.phase === 'calling' && list !== undefined) yield* moveAfterCall(lead, list, now);
  else yield* putBack(lead, now);
  yield* trail(lead.id, { at: now, verb: 'expired', agent: held.agent, hold: id });
  return true;
}
