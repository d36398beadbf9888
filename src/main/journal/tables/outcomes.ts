/** Outcomes and how far each has come. The order of `seq` is the order of decisions. */
import { z } from 'zod';
import {
  decisionSchema,
  outcomeReasonSchema,
  outcomeStateSchema,
  type Decision,
  type OutcomeEntry,
  type OutcomeReason,
  type OutcomeState,
} from '../../../shared/contract/outcomes';
import type { Sqlite } from '../sqlite';

export interface NewOutcome {
  id: string;
  call: string;
  /** The decision in the word the platform uses. */
  value: string;
  decision: Decision;
  proposal?: string | undefined;
  /** Epoch ms. */
  decided_at: number;
  /** Digits of the number that must not be called again, where the decision says so. */
  dnc_digits?: string | undefined;
  /** Who decided, as `mode/agent`; undefined where that is not known: it goes out as whoever is signed in. */
  owner?: string | undefined;
}

/** What is sent, in its turn. */
export interface DueOutcome {
  id: string;
  /** Idempotency key: the same on every attempt. */
  key: string;
  call: string;
  value: string;
  decision: Decision;
  decided_at: number;
  attempts: number;
  failures: number;
  /** Event of another agent's decision that this one knowingly replaces. */
  replaces?: string;
  /** The relay has it already and the platform had not: asked again, what became of it. */
  recheck: boolean;
}

/** Another agent's decision that stood in the way. */
export const conflictSchema = z.object({ value: z.string(), agent: z.string(), event: z.string() });
export type Conflict = z.infer<typeof conflictSchema>;

/** How an attempt ended. */
export interface Settlement {
  id: string;
  state: Extract<OutcomeState, 'sent' | 'waiting' | 'kept_by_relay' | 'refused'>;
  why?: { code: OutcomeReason; detail?: string | undefined } | undefined;
  conflict?: Conflict | undefined;
  platform?: OutcomeEntry['platform'];
  /** Failures of this outcome itself so far; those of the line to the relay do not count. */
  failures: number;
  /** Not before; 0: whenever the relay can be reached. */
  next_try_at: number;
  at: number;
}

interface Row {
  id: string;
  key: string;
  call: string;
  value: string;
  decision: string;
  proposal: string | null;
  decided_at: number;
  state: string;
  why: string | null;
  detail: string | null;
  conflict: string | null;
  attempts: number;
  failures: number;
  next_try_at: number;
  settled_at: number | null;
  platform: OutcomeEntry['platform'] | null;
}

const PENDING = "state IN ('saved', 'waiting')";
/** A later outcome of the same call stands in the place of a refused one: nobody need look at that any more. */
const REPLACED = `state = 'refused' AND EXISTS (SELECT 1 FROM outcomes AS l WHERE l.call = o.call AND l.seq > o.seq)`;
/** Of the one who is signed in: nobody's outcome goes out in another one's name. */
const OWN = '(o.owner IS NULL OR o.owner = ?)';
/** Of an agent who is not; what was practised is nobody's business. */
const OTHERS = "o.owner <> ? AND o.owner NOT LIKE 'practice/%'";
const AT_PLATFORM = "state = 'kept_by_relay' AND platform = 'pending'";

function conflictOf(row: Row): Conflict | undefined {
  return row.conflict === null ? undefined : conflictSchema.parse(JSON.parse(row.conflict));
}

function entryOf(row: Row): OutcomeEntry {
  const code = outcomeReasonSchema.safeParse(row.why);
  const conflict = conflictOf(row);
  return {
    id: row.id,
    call: row.call,
    decision: decisionSchema.parse(JSON.parse(row.decision)),
    decided_at: row.decided_at,
    state: outcomeStateSchema.parse(row.state),
    attempts: row.attempts,
    ...(row.proposal === null ? {} : { proposal: row.proposal }),
    ...(code.success ? { why: { code: code.data, ...(row.detail === null ? {} : { detail: row.detail }) } } : {}),
    ...(conflict === undefined ? {} : { conflict: { value: conflict.value, agent: conflict.agent } }),
    ...(row.state === 'waiting' && row.next_try_at > 0 ? { next_try_at: row.next_try_at } : {}),
    ...(row.settled_at === null ? {} : { settled_at: row.settled_at }),
    ...(row.platform === null || row.platform === undefined ? {} : { platform: row.platform }),
  };
}

function dueOf(row: Row, recheck: boolean): DueOutcome {
  const { id, key, call, value, decision, decided_at, attempts, failures } = row;
  const replaces = conflictOf(row)?.event;
  return {
    ...{ id, key, call, value, decided_at, attempts, failures, recheck },
    decision: decisionSchema.parse(JSON.parse(decision)),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

export class OutcomeTable {
  constructor(private readonly database: Sqlite) {}

  /** A repeat of the same id changes nothing. */
  insert({ id, call, value, decision, proposal, decided_at, dnc_digits, owner }: NewOutcome): void {
    this.database.run(
      `INSERT INTO outcomes (id, key, call, value, decision, proposal, decided_at, owner, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'saved') ON CONFLICT (id) DO NOTHING`,
      id,
      id,
      call,
      value,
      JSON.stringify(decision),
      proposal ?? null,
      decided_at,
      owner ?? null,
    );
    if (decision.dnc === undefined || dnc_digits === undefined || dnc_digits === '') return;
    this.database.run(
      'INSERT INTO do_not_call (digits, scope, outcome, call, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      dnc_digits,
      decision.dnc.scope,
      id,
      call,
      decided_at,
    );
  }

  /** The next ones of this owner to try: of every call the oldest only, those tried longest ago first. */
  due(owner: string, now: number, limit: number): DueOutcome[] {
    const rows = this.database.all<Row>(
      `SELECT * FROM outcomes AS o INDEXED BY outcomes_turn
       WHERE ${PENDING} AND ${OWN} AND next_try_at <= ?
         AND NOT EXISTS (SELECT 1 FROM outcomes AS e
           WHERE e.call = o.call AND e.seq < o.seq AND e.owner IS o.owner AND e.${PENDING})
       ORDER BY tried_at, seq LIMIT ?`,
      owner,
      now,
      limit,
    );
    return rows.map((row) => dueOf(row, false));
  }

  /** Those the relay has and the platform had not, when last asked. */
  rechecks(owner: string, now: number, limit: number): DueOutcome[] {
    const rows = this.database.all<Row>(
      `SELECT * FROM outcomes AS o
       WHERE ${AT_PLATFORM} AND ${OWN} AND next_try_at > 0 AND next_try_at <= ? ORDER BY next_try_at LIMIT ?`,
      owner,
      now,
      limit,
    );
    return rows.map((row) => dueOf(row, true));
  }

  /** Epoch ms, after `now`, of the next one that waits on its own account, or null when none does. */
  nextTryAt(owner: string, now: number): number | null {
    const row = this.database.get<{ at: number | null }>(
      `SELECT min(at) AS at FROM (
         SELECT min(next_try_at) AS at FROM outcomes AS o WHERE ${PENDING} AND ${OWN} AND next_try_at > ?
         UNION ALL SELECT min(next_try_at) FROM outcomes AS o WHERE ${AT_PLATFORM} AND ${OWN} AND next_try_at > ?)`,
      owner,
      now,
      owner,
      now,
    );
    return row?.at ?? null;
  }

  settle({ id, state, why, conflict, platform, failures, next_try_at, at }: Settlement): void {
    this.database.run(
      `UPDATE outcomes SET state = ?, why = ?, detail = ?, conflict = ?, platform = ?, attempts = attempts + 1, failures = ?,
         tried_at = ?, next_try_at = ?, settled_at = ?
         WHERE id = ? AND (${PENDING} OR ${AT_PLATFORM})`,
      state,
      why?.code ?? null,
      why?.detail ?? null,
      conflict === undefined ? null : JSON.stringify(conflict),
      platform ?? null,
      failures,
      at,
      next_try_at,
      state === 'waiting' ? null : at,
      id,
    );
  }

  /** The relay can be reached again: everything that waits may be tried now. */
  wake(): void {
    this.database.run(`UPDATE outcomes SET next_try_at = 0 WHERE ${PENDING} AND next_try_at > 0`);
  }

  /**
   * Puts a refused outcome back in the line under `key`. Not when a later one of the same call has gone out already:
   * the older would then overwrite the newer.
   */
  retry(id: string, key: string): 'queued' | 'superseded' | 'not_refused' {
    const row = this.database.get<{ state: string; why: string | null; newer: number }>(
      `SELECT state, why, EXISTS (SELECT 1 FROM outcomes AS n WHERE n.call = o.call AND n.seq > o.seq
         AND n.state IN ('sent', 'kept_by_relay')) AS newer FROM outcomes AS o WHERE id = ?`,
      id,
    );
    if (row?.state !== 'refused') return 'not_refused';
    if (row.newer === 1) return 'superseded';
    // Only where the relay has kept the answer does the same key give the same answer again.
    const fresh = row.why === 'platform_refused';
    this.database.run(
      `UPDATE outcomes SET state = 'waiting', failures = 0, next_try_at = 0, settled_at = NULL,
         key = CASE WHEN ? THEN ? ELSE key END WHERE id = ?`,
      fresh ? 1 : 0,
      key,
      id,
    );
    return 'queued';
  }

  /** Newest first. */
  trail(call: string): OutcomeEntry[] {
    return this.database.all<Row>('SELECT * FROM outcomes WHERE call = ? ORDER BY seq DESC', call).map(entryOf);
  }

  /**
   * @param states with any named, refused ones that were replaced are left out
   * @param owner whose; null: everybody's
   */
  list(states: readonly OutcomeState[], before: number, limit: number, owner: string | null): OutcomeEntry[] {
    const marks = states.map(() => '?').join(', ');
    const rows = this.database.all<Row>(
      `SELECT * FROM outcomes AS o WHERE decided_at < ? AND (? IS NULL OR ${OWN})
       ${states.length === 0 ? '' : `AND state IN (${marks}) AND NOT (${REPLACED})`}
       ORDER BY decided_at DESC, seq DESC LIMIT ?`,
      before,
      owner,
      owner,
      ...states,
      limit,
    );
    return rows.map(entryOf);
  }

  /** @param owner who is signed in; null: that is not known, and all count as theirs */
  counts(owner: string | null): { waiting: number; refused: number; others: number } {
    const count = (where: string) =>
      this.database.get<{ n: number }>(
        `SELECT count(*) AS n FROM outcomes AS o WHERE ${where} AND (? IS NULL OR ${OWN})`,
        owner,
        owner,
      )?.n ?? 0;
    const others = this.database.get<{ n: number }>(
      `SELECT count(*) AS n FROM outcomes AS o WHERE ${PENDING} AND ${OTHERS}`,
      owner,
    );
    return {
      waiting: count(PENDING),
      others: others?.n ?? 0,
      refused: count(`state = 'refused' AND NOT (${REPLACED})`),
    };
  }

  /**
   * The widest scope in which this number must not be called, as far as this desk knows, whoever heard it. For which seller
   * somebody calls is the relay's to know: once it has the request, it is the one to judge.
   */
  blocked(digits: string): string | null {
    const rows = this.database.all<{ scope: string }>(
      `SELECT scope FROM do_not_call AS d WHERE digits = ? AND (scope <> 'seller'
         OR EXISTS (SELECT 1 FROM never_call AS n WHERE n.id = d.outcome AND n.sent_at IS NULL)
         OR EXISTS (SELECT 1 FROM outcomes AS o WHERE o.id = d.outcome AND o.state NOT IN ('sent', 'kept_by_relay')))`,
      digits,
    );
    const scopes = new Set(rows.map(({ scope }) => scope));
    return ['all', 'automated', 'seller', 'campaign'].find((scope) => scopes.has(scope)) ?? null;
  }

  /** Forgets settled outcomes decided before `before`; what the relay does not have is kept for ever. */
  prune(before: number): number {
    return this.database.run(
      "DELETE FROM outcomes WHERE decided_at < ? AND state IN ('sent', 'kept_by_relay')",
      before,
    );
  }
}
