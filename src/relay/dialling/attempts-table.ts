/** Attempts to call, in the database. Each is written before its request leaves, so none is without a receipt. */
import { dialReceiptSchema } from '../../shared/contract/dialling';
import {
  confirmationSchema,
  type AttemptState,
  type CallReceipt,
  type Confirmation,
} from '../../shared/contract/receipts';
import { endAttempt as endLeadAttempt } from '../leads/store/attempts';
import { all, get, run, type Work } from '../store/sql';
import { DIAL_WITHIN_MS, POLL_WITHIN_MS } from './waits';
import type { AttemptEnd, Begun, NewAttempt, PastAttempt, WatchedAttempt, WatchEnd } from './port';

interface Row {
  id: string;
  agent: string;
  phone_hash: string;
  at: number;
  kind: PastAttempt['kind'];
  purpose: PastAttempt['purpose'];
  platform: string;
  campaign: string | null;
  list: string | null;
  lead: string | null;
  state: AttemptState;
  call: string | null;
  dialling: string | null;
  confirmed: number;
  /** JSON. */
  confirmed_by: string | null;
  receipt: string | null;
  person: string | null;
  looks: number;
}

/** A request that got no answer within this has got none: its attempt counts as unclear. */
const SENDING_MS = 60_000;
/** An unclear attempt may still be ringing or talking. */
const MAY_RING_MS = 30 * 60_000;
/** A call that never reported its end is taken for over: for the number when nobody asks its platform any more. */
const NUMBER_BUSY_MS = POLL_WITHIN_MS;
/** For what its agent has under way; a campaign of one contact that has not dialled yet counts for as long as it may. */
const UNDER_WAY_MS = 30 * 60_000;
const DIALLING_MS = DIAL_WITHIN_MS;
/** Attempts of a number that a check looks at: more than any cap allows. */
const MAX_ATTEMPTS = 500;

const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: Exclude<T[K], null>;
  };

/** True while nothing says that its call is over: neither its platform nor the outcome an agent decided. */
const STILL_ON = `NOT EXISTS (SELECT 1 FROM calls WHERE calls.call = dial_attempts.call AND calls.ended = 1)
  AND NOT EXISTS (SELECT 1 FROM disposition_writes WHERE disposition_writes.call = dial_attempts.call)`;

/** What counts towards a limit, with the times after which each kind of it does. */
const UNDER_WAY = `at > ? AND ${STILL_ON} AND (
  state = 'made' OR (state IN ('sending', 'unclear') AND at > ?) OR (state = 'dialling' AND at > ?))`;
const underWaySince = (now: number) => [now - UNDER_WAY_MS, now - SENDING_MS, now - DIALLING_MS];

export function receiptOfRow(row: Omit<Row, 'looks' | 'person' | 'dialling'>): CallReceipt {
  const { id, state, at, agent, platform, phone_hash, receipt } = row;
  const { call, campaign, list, lead } = row;
  return {
    ...{ id, state, at: new Date(at).toISOString(), agent, platform, phone_hash },
    ...given({ call, campaign, list, lead }),
    ...(receipt === null ? {} : { check: dialReceiptSchema.parse(JSON.parse(receipt)) }),
    confirmed_unclear: row.confirmed === 1,
    ...confirmationOf(row),
  };
}

function confirmationOf({ confirmed_by: text }: Pick<Row, 'confirmed_by'>): { confirmed_by?: Confirmation } {
  return text === null ? {} : { confirmed_by: confirmationSchema.parse(JSON.parse(text)) };
}

export class AttemptTable {
  *of(hash: string, since: number): Work<PastAttempt[]> {
    const rows = yield* all<Row>(
      `SELECT * FROM dial_attempts WHERE phone_hash = ? AND at >= ? AND state <> 'not_made' ORDER BY at DESC LIMIT ?`,
      ...[hash, since, MAX_ATTEMPTS],
    );
    return rows.map(({ id, at, kind, purpose, state, call }) => ({
      ...{ id, at, kind, purpose, state },
      ...given({ call }),
    }));
  }

  /** Whether this very attempt has left: its platform may be asked again, and only with the same key. */
  *isSending(id: string): Work<boolean> {
    return (yield* get("SELECT 1 FROM dial_attempts WHERE id = ? AND state = 'sending'", id)) !== undefined;
  }

  *begin(attempt: NewAttempt, revision: string): Work<Begun> {
    if (attempt.revision !== revision) return { ok: false, reason: 'changed' };
    const { obstacle, passed } = yield* this.obstacle(attempt);
    if (obstacle !== undefined) return obstacle;
    if ((yield* this.underWay(attempt.agent, attempt.at)) >= attempt.limit) return { ok: false, reason: 'limit' };
    yield* run('DELETE FROM dial_attempts WHERE id = ?', attempt.id);
    yield* this.insert(attempt, passed);
    return { ok: true };
  }

  /** @param watch first look after this, epoch ms; null: nobody needs to look */
  *end(id: string, end: AttemptEnd | { state: 'unclear' | 'not_made' }, watch: number | null): Work<void> {
    yield* run(
      'UPDATE dial_attempts SET state = ?, call = ?, dialling = ?, due = ?, looks = 0 WHERE id = ?',
      end.state,
      'call' in end ? end.call : null,
      'campaign' in end ? end.campaign : null,
      watch,
      id,
    );
    if ('call' in end) yield* endLeadAttempt({ id, call: end.call });
    else if (end.state !== 'dialling') yield* endLeadAttempt({ id, state: end.state });
  }

  /** Who wanted the attempt although another may have been ringing. */
  *confirmation(id: string): Work<{ confirmed_by?: Confirmation }> {
    const row = yield* get<Pick<Row, 'confirmed_by'>>('SELECT confirmed_by FROM dial_attempts WHERE id = ?', id);
    return row === undefined ? {} : confirmationOf(row);
  }

  *receipt(call: string): Work<CallReceipt | null> {
    const row = yield* get<Row>('SELECT * FROM dial_attempts WHERE call = ?', call);
    return row === undefined ? null : receiptOfRow(row);
  }

  *isAttempted(call: string): Work<boolean> {
    return (yield* get('SELECT 1 FROM dial_attempts WHERE call = ?', call)) !== undefined;
  }

  *dueWatches(now: number, limit: number): Work<WatchedAttempt[]> {
    const rows = yield* all<Row>(
      'SELECT * FROM dial_attempts WHERE due IS NOT NULL AND due <= ? AND person IS NOT NULL ORDER BY due LIMIT ?',
      ...[now, limit],
    );
    return rows.map(({ id, agent, platform, state, at, looks, person, call, dialling, campaign, lead }) => ({
      ...{ id, agent, platform, state, at, looks, person: person ?? '' },
      ...given({ call, dialling, campaign, lead }),
    }));
  }

  *endWatch({ id, state, call, looks, due }: WatchEnd): Work<void> {
    yield* run(
      'UPDATE dial_attempts SET state = ?, call = coalesce(?, call), looks = ?, due = ? WHERE id = ?',
      ...[state, call ?? null, looks, due ?? null, id],
    );
    if (call !== undefined) yield* endLeadAttempt({ id, call });
    else if (state === 'unclear' || state === 'not_made') yield* endLeadAttempt({ id, state });
  }

  *nextWatchDue(): Work<number | null> {
    const row = yield* get<{ due: number | null }>(
      'SELECT min(due) AS due FROM dial_attempts WHERE due IS NOT NULL AND person IS NOT NULL',
    );
    return row?.due ?? null;
  }

  /** Calls of an agent that count towards their limit. */
  *underWay(agent: string, now: number): Work<number> {
    const row = yield* get<{ n: number }>(
      `SELECT count(*) AS n FROM dial_attempts WHERE agent = ? AND ${UNDER_WAY}`,
      ...[agent, ...underWaySince(now)],
    );
    return row?.n ?? 0;
  }

  /** The same of every agent who has some. */
  *allUnderWay(now: number): Work<{ agent: string; calls: number }[]> {
    return yield* all<{ agent: string; calls: number }>(
      `SELECT agent, count(*) AS calls FROM dial_attempts
       WHERE agent IN (SELECT id FROM agents) AND ${UNDER_WAY} GROUP BY agent`,
      ...underWaySince(now),
    );
  }

  /** That there was an attempt stays, by the number's hash; who it was and what was said of them leaves. */
  *forget(hashes: readonly string[]): Work<void> {
    for (const hash of hashes) {
      yield* run(
        'UPDATE dial_attempts SET receipt = NULL, person = NULL, call = NULL, lead = NULL, due = NULL WHERE phone_hash = ?',
        hash,
      );
    }
  }

  /**
   * What speaks against a second call to the number just now, or whose unclear attempts were confirmed. Who confirms answers for
   * their own unclear ones, a supervisor for everybody's.
   */
  private *obstacle(attempt: NewAttempt): Work<{ obstacle?: Exclude<Begun, { ok: true }>; passed: string[] }> {
    const { id, phoneHash, at, agent, confirmed, role } = attempt;
    const rows = yield* all<Pick<Row, 'state' | 'at' | 'agent' | 'dialling'>>(
      `SELECT state, at, agent, dialling FROM dial_attempts WHERE phone_hash = ? AND id <> ? AND at > ?
         AND state IN ('sending', 'unclear', 'dialling', 'made') AND ${STILL_ON} ORDER BY at DESC`,
      ...[phoneHash, id, at - NUMBER_BUSY_MS],
    );
    const isUnclear = (row: (typeof rows)[number]) =>
      row.state === 'unclear' || (row.state === 'sending' && row.at < at - SENDING_MS);
    // A campaign that could not be stopped may dial later than a call rings.
    const mayRing = rows.filter((row) => isUnclear(row) && (row.dialling !== null || row.at > at - MAY_RING_MS));
    const passed = [...new Set(mayRing.map((row) => row.agent))];
    const unclear = mayRing.find((row) => !confirmed || (role === 'agent' && row.agent !== agent));
    const stands = unclear ?? rows.find((row) => !isUnclear(row));
    if (stands === undefined) return { passed };
    const reason = unclear === undefined ? 'busy' : 'unclear';
    return { passed, obstacle: { ok: false, reason, at: stands.at, agent: stands.agent } };
  }

  /** @param confirmedOf whose unclear attempts may be ringing, and were confirmed */
  private *insert(attempt: NewAttempt, confirmedOf: readonly string[]): Work<void> {
    const { id, agent, phoneHash, at, kind, purpose, platform, campaign, list, lead, confirmed, role } = attempt;
    const confirmation: Confirmation = { agent, role, attempts_of: [...confirmedOf] };
    yield* run(
      `INSERT INTO dial_attempts (id, agent, phone_hash, at, kind, purpose, platform, campaign, list, lead, state,
         confirmed, confirmed_by, receipt, person, due)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending', ?, ?, ?, ?, ?)`,
      ...[id, agent, phoneHash, at, kind, purpose, platform, campaign ?? null, list ?? null, lead ?? null],
      confirmed ? 1 : 0,
      confirmedOf.length === 0 ? null : JSON.stringify(confirmation),
      attempt.receipt,
      attempt.person,
      // A relay that is killed now looks after it when it is back.
      at + SENDING_MS,
    );
  }
}
