/**
 * Calls this desk asked for. Each is written here before it leaves, so that a crash or a lost answer can be told to the
 * agent, and never becomes a second call by itself.
 */
import { relayReasonSchema, type RelayReason } from '../../../shared/contract/relay-reasons';
import type { Sqlite } from '../sqlite';

/**
 * `sending`: on its way. `unclear`: nobody knows whether it rings. `awaited`: the platform will dial, the call has no id
 * yet. `made`: the call is there. `done`: certainly no call, or put away.
 */
export type DialState = 'sending' | 'unclear' | 'awaited' | 'made' | 'done';

export interface DialRow {
  /** Also the idempotency key: one wish of one person. */
  id: string;
  phone: string;
  name: string | null;
  lead: string | null;
  /** What was sent, JSON. */
  body: string;
  /** Epoch ms. */
  at: number;
  state: DialState;
  reason: RelayReason | null;
  call: string | null;
  /** Who asked for it, as `mode/agent`; null: whoever is signed in. */
  owner: string | null;
}

export type NewDial = Pick<DialRow, 'id' | 'phone' | 'name' | 'lead' | 'body' | 'at' | 'owner'>;
export type DialChange = Pick<DialRow, 'id' | 'state'> & Partial<Pick<DialRow, 'reason' | 'call'>>;

interface Stored extends Omit<DialRow, 'reason'> {
  reason: string | null;
}

const OPEN = "state <> 'done'";

function rowOf({ reason, ...row }: Stored): DialRow {
  const known = relayReasonSchema.safeParse(reason);
  return { ...row, reason: known.success ? known.data : null };
}

export class DialTable {
  constructor(private readonly database: Sqlite) {}

  /** A repeat of the same id changes nothing. */
  put({ id, phone, name, lead, body, at, owner }: NewDial): void {
    this.database.run(
      `INSERT INTO dials (id, phone, name, lead, body, at, owner, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'sending')
       ON CONFLICT (id) DO NOTHING`,
      ...[id, phone, name, lead, body, at, owner],
    );
  }

  /** What became of it. One that is put away stays so. */
  change({ id, state, reason = null, call = null }: DialChange): void {
    this.database.run(
      `UPDATE dials SET state = ?, reason = ?, call = coalesce(?, call) WHERE id = ? AND ${OPEN}`,
      ...[state, reason, call, id],
    );
  }

  /** What was on its way when the desk last ended: nobody knows what became of it. */
  interrupted(): number {
    return this.database.run("UPDATE dials SET state = 'unclear', reason = 'no_answer' WHERE state = 'sending'");
  }

  /** Of every owner, oldest first. */
  open(): DialRow[] {
    return this.database
      .all<Stored>(
        `SELECT id, phone, name, lead, body, at, state, reason, call, owner FROM dials WHERE ${OPEN} ORDER BY at, id`,
      )
      .map(rowOf);
  }

  /** Calls asked for from `from` on, before `to`, that may have rung. */
  made(from: number, to: number): number {
    const row = this.database.get<{ n: number }>(
      `SELECT count(*) AS n FROM dials WHERE at >= ? AND at < ? AND (${OPEN} OR call IS NOT NULL OR reason IS NULL)`,
      ...[from, to],
    );
    return row?.n ?? 0;
  }

  prune(before: number): number {
    return this.database.run("DELETE FROM dials WHERE at < ? AND state = 'done'", before);
  }
}
