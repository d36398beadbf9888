/** What an agent's decision on a call means for the lead the call was made from, and for what was promised with it. */
import type { BookRequest, CallbackRow } from '../../callbacks/port';
import { purposeOfCall } from '../../callbacks/purpose';
import { book, bookOvertaken, callbackById, close, withdrawCallbacks } from '../../callbacks/table';
import { outcomeOfCall } from '../../dialling/call-outcome';
import { foldRows } from '../../store/fold-rows';
import { all, get, run, type Work } from '../../store/sql';
import type { HoldRow, LeadRow, Person } from '../port';
import { listById } from './lists';
import { holdOfLead, isExhausted, leadById, move, trail } from './rows';
import { dropHold } from './take';

const MINUTE_MS = 60_000;

/** What a decision on a call means beside the log. */
export interface CallDecided {
  call: string;
  agent: Person;
  value: string;
  /** The customer is done with. */
  final: boolean;
  /** They asked not to be called again. */
  dnc: boolean;
  /** The lead waits so long for its next attempt; null: as long as its list says. */
  retryMinutes: number | null;
  /** The callback that was agreed with it; lead and purpose are those of the call, where they are known. */
  book: BookRequest | null;
  now: number;
}

/** The attempt that made the call. */
interface Attempt {
  id: string;
  lead: number;
  at: number;
  value: string | null;
}

/** A decided attempt, its lead and what else is going on with it. */
interface Followed {
  attempt: Attempt;
  lead: LeadRow;
  held: HoldRow | undefined;
  /** False: the lead was called again since. */
  newest: boolean;
  /** An open callback that was agreed after the call was made, and not with it. */
  since: CallbackRow | undefined;
}

function* followed(call: string): Work<Followed | undefined> {
  const attempt = yield* get<Attempt>('SELECT id, lead, at, value FROM lead_attempts WHERE call = ?', call);
  const lead = attempt === undefined ? undefined : yield* leadById(attempt.lead);
  if (attempt === undefined || lead === undefined) return undefined;
  const newer = yield* get(
    'SELECT 1 FROM lead_attempts WHERE lead = ? AND (at > ? OR (at = ? AND id > ?)) LIMIT 1',
    ...[lead.id, attempt.at, attempt.at, attempt.id],
  );
  const since = yield* agreedSince(lead, attempt, call);
  return { attempt, lead, held: yield* holdOfLead(lead.id), newest: newer === undefined, since };
}

/** The lead's callback, if it was booked after the attempt: neither with its call nor with one before, told late. */
function* agreedSince(lead: LeadRow, { at }: Attempt, call: string): Work<CallbackRow | undefined> {
  const open = lead.callback === null ? undefined : yield* callbackById(lead.callback);
  if (open === undefined || open.bookedAt <= at || open.call === call) return undefined;
  const late = yield* get(
    'SELECT 1 FROM lead_attempts WHERE lead = ? AND call = ? AND at < ?',
    ...[lead.id, open.call, at],
  );
  return late === undefined ? open : undefined;
}

/** A hold in which a relay of an earlier version began the call names no attempt. */
const isIts = ({ id }: Attempt, held: HoldRow) => held.phase === 'calling' && (held.attempt ?? id) === id;

/** Whether the decision moves the lead: an old or late one must not undo what happened since. */
function movesLead({ attempt, lead, held, newest, since }: Followed, dnc: boolean): boolean {
  // Taken out by somebody's own word, not by an outcome that is now corrected.
  if (lead.state === 'removed' || (lead.state === 'dnc' && attempt.value === null)) return false;
  if (held !== undefined) return isIts(attempt, held);
  return newest || (dnc && since === undefined);
}

function* whereTo(lead: LeadRow, decided: CallDecided, kept: string | null): Work<LeadRow> {
  const { value: lastOutcome, final, dnc, now, retryMinutes } = decided;
  const settings = (yield* listById(lead.list))?.settings;
  if (dnc) return yield* move(lead, 'dnc', { lastOutcome, callback: null });
  // The callback has put it to its time already.
  if (kept !== null) return yield* move(lead, 'later', { lastOutcome });
  if (final) return yield* move(lead, 'done', { lastOutcome, callback: null });
  const notBefore = now + (retryMinutes ?? settings?.retry_minutes ?? 0) * MINUTE_MS;
  const change = { lastOutcome, callback: null, notBefore };
  const exhausted = settings !== undefined && isExhausted({ ...lead, callback: null }, { settings });
  return yield* move(lead, exhausted ? 'exhausted' : 'later', change);
}

/** The callback that the lead keeps, with the decision or from after the call; every other one of it is over. */
function* keptCallback({ lead, since }: Followed, decided: CallDecided, booked: string | null): Work<string | null> {
  const kept = booked ?? (decided.dnc ? null : (since?.id ?? null));
  if (lead.callback !== null && lead.callback !== kept) {
    // What is in its own future was not carried out by this call.
    const as = lead.callback === since?.id ? 'cancelled' : 'done';
    yield* close(lead.callback, as, decided.agent, decided.now);
  }
  return kept;
}

function* follow(found: Followed, decided: CallDecided, booked: string | null): Work<void> {
  const { attempt, lead, held } = found;
  const { call, agent, value, now } = decided;
  const events = yield* all<{ body: string }>('SELECT body FROM events WHERE call = ? ORDER BY "offset"', call);
  yield* run(
    'UPDATE lead_attempts SET value = ?, outcome = ? WHERE id = ?',
    ...[value, outcomeOfCall(foldRows(call, events)), attempt.id],
  );
  if (movesLead(found, decided.dnc)) {
    if (held !== undefined) yield* dropHold(held.id);
    yield* whereTo(lead, decided, yield* keptCallback(found, decided, booked));
  }
  yield* trail(lead.id, { at: now, verb: 'outcome', agent, hold: held?.id ?? null, reason: value });
}

/** Whether what was promised late has been overtaken: by what somebody agreed since, or by an end. */
function isOvertaken({ lead, newest, since }: Followed, agent: Person): boolean {
  if (newest) return since !== undefined && since.bookedBy.id !== agent.id;
  return since !== undefined || ['done', 'dnc', 'removed'].includes(lead.state);
}

function* asTheCall(booking: BookRequest, call: string): Work<BookRequest> {
  return { ...booking, lead: null, purpose: (yield* purposeOfCall(call)) ?? booking.purpose };
}

/** In the commit of the decision: its callback, and what it means for the lead the call was made from. */
export function* callDecided(decided: CallDecided): Work<void> {
  const { call, agent, now } = decided;
  yield* withdrawCallbacks(call, decided.book?.source ?? null, agent, now);
  const booking = decided.book === null ? null : yield* asTheCall(decided.book, call);
  const before = yield* followed(call);
  if (before === undefined) {
    if (booking !== null) yield* book(booking);
    return;
  }
  if (booking === null) return yield* follow(before, decided, null);
  const request = { ...booking, lead: before.lead.id };
  if (isOvertaken(before, agent)) {
    yield* bookOvertaken(request);
    return yield* follow(before, decided, null);
  }
  const { id } = yield* book(request);
  yield* follow((yield* followed(call)) ?? before, decided, id);
}
