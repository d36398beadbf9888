/** Calls as this desk saw them, with the index of their words. */
import type { Amount } from '../../../shared/contract/amounts';
import { decisionSchema } from '../../../shared/contract/outcomes';
import type { HistoryKind } from '../../../shared/contract/history';
import { callText } from '../../history/call-text';
import { foldText } from '../../history/fold-text';
import { snapshotOf } from '../snapshot-text';
import type { Sqlite } from '../sqlite';

/** Columns of one call; null is "not known". Instants are epoch ms. */
export interface CallColumns {
  call: string;
  at: number;
  ended_at: number | null;
  kind: HistoryKind;
  name: string | null;
  /** As the platform gave it. */
  phone: string | null;
  /** Its digits only. */
  digits: string;
  platform: string;
  campaign: string | null;
  direction: 'inbound' | 'outbound' | null;
  trigger: string;
  duration_s: number | null;
  ai_disposition: string | null;
  agent_disposition: string | null;
  /** Of that decision: never of another one. */
  amount: string | null;
  currency: string | null;
  test: number;
  painted_at: number | null;
  claimed_at: number | null;
}

export interface CallRecord extends CallColumns {
  /** The folded call, JSON. */
  snapshot: string;
}

/** A call that was offered stays missed, one that was answered stays answered, whatever is heard of it later. */
const UPSERT = `
  INSERT INTO calls (call, at, ended_at, kind, name, phone, digits, platform, campaign, direction, trigger, duration_s,
    ai_disposition, agent_disposition, amount, currency, test, painted_at, claimed_at, snapshot)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (call) DO UPDATE SET at = excluded.at, ended_at = excluded.ended_at,
    kind = CASE WHEN kind = 'answered' OR (kind = 'missed' AND excluded.kind = 'other') THEN kind ELSE excluded.kind END,
    name = excluded.name, phone = excluded.phone, digits = excluded.digits, campaign = excluded.campaign,
    direction = excluded.direction, trigger = excluded.trigger, duration_s = excluded.duration_s,
    ai_disposition = excluded.ai_disposition,
    agent_disposition = coalesce(excluded.agent_disposition, agent_disposition),
    amount = CASE WHEN excluded.agent_disposition IS NULL THEN amount ELSE excluded.amount END,
    currency = CASE WHEN excluded.agent_disposition IS NULL THEN currency ELSE excluded.currency END,
    test = max(test, excluded.test),
    painted_at = coalesce(painted_at, excluded.painted_at), claimed_at = coalesce(claimed_at, excluded.claimed_at),
    snapshot = excluded.snapshot`;

export class CallTable {
  constructor(private readonly database: Sqlite) {}

  put(record: CallRecord): void {
    const { call, at, ended_at, kind, name, phone, digits, platform, campaign, direction, trigger } = record;
    this.database.run(
      UPSERT,
      ...[call, at, ended_at, kind, name, phone, digits, platform, campaign, direction, trigger],
      ...[record.duration_s, record.ai_disposition, record.agent_disposition],
      ...[record.amount, record.currency, record.test],
      ...[record.painted_at, record.claimed_at, record.snapshot],
    );
    this.index(call);
  }

  /** Indexes the words of a call anew, the notes of its outcomes included. */
  index(call: string): void {
    const row = this.database.get<{ id: number; snapshot: string }>(
      'SELECT id, snapshot FROM calls WHERE call = ?',
      call,
    );
    if (row === undefined) return;
    const { who, summary, said } = callText(snapshotOf(row.snapshot));
    this.database.run('DELETE FROM call_text WHERE rowid = ?', row.id);
    this.database.run(
      'INSERT INTO call_text (rowid, who, summary, notes, said) VALUES (?, ?, ?, ?, ?)',
      row.id,
      foldText(who),
      foldText(summary),
      foldText(this.notes(call)),
      foldText(said),
    );
  }

  notes(call: string): string {
    const rows = this.database.all<{ decision: string }>(
      'SELECT decision FROM outcomes WHERE call = ? ORDER BY seq DESC',
      call,
    );
    return rows
      .map(({ decision }) => decisionSchema.parse(JSON.parse(decision)).notes ?? '')
      .filter((notes) => notes !== '')
      .join('\n');
  }

  decided(call: string, value: string, amount: Amount | undefined): void {
    this.database.run(
      'UPDATE calls SET agent_disposition = ?, amount = ?, currency = ? WHERE call = ?',
      value,
      amount?.value ?? null,
      amount?.currency ?? null,
      call,
    );
    this.index(call);
  }

  snapshot(call: string): string | null {
    return this.database.get<{ snapshot: string }>('SELECT snapshot FROM calls WHERE call = ?', call)?.snapshot ?? null;
  }

  /** Calls this agent took in [from, to), tests left out. */
  taken(from: number, to: number): { calls: number; talk_s: number; seen_first: number } {
    const row = this.database.get<{ calls: number; talk_ms: number | null; seen: number | null }>(
      `SELECT count(*) AS calls, sum(max(0, ended_at - claimed_at)) AS talk_ms, sum(painted_at <= claimed_at) AS seen
       FROM calls WHERE claimed_at >= ? AND claimed_at < ? AND test = 0`,
      from,
      to,
    );
    return { calls: row?.calls ?? 0, talk_s: (row?.talk_ms ?? 0) / 1000, seen_first: row?.seen ?? 0 };
  }

  /**
   * Forgets calls from before `before`, at most `limit` of them at a time, but none whose outcome the relay does not
   * have yet. Returns how many.
   */
  prune(before: number, limit: number): number {
    const old = this.database.all<{ id: number }>(
      `SELECT id FROM calls WHERE at < ? AND NOT EXISTS (SELECT 1 FROM outcomes AS o WHERE o.call = calls.call
         AND o.state IN ('saved', 'waiting', 'refused')) AND NOT EXISTS (SELECT 1 FROM drafts AS d
         WHERE d.call = calls.call) ORDER BY at LIMIT ?`,
      before,
      limit,
    );
    for (const { id } of old) {
      this.database.run('DELETE FROM call_text WHERE rowid = ?', id);
      this.database.run('DELETE FROM calls WHERE id = ?', id);
    }
    return old.length;
  }
}
