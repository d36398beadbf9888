/** Wrap-ups: entered once per call, whatever happens to the desk in between. */
import type { Sqlite } from '../sqlite';

export interface WrapUpRow {
  call: string;
  entered_at: number;
  /** Null: no time limit. */
  ends_at: number | null;
  extensions: number;
  saved_at: number | null;
  left_at: number | null;
  /** Who had the call, as `mode/agent`; null: whoever is signed in. */
  owner: string | null;
}

export class WrapUpTable {
  constructor(private readonly database: Sqlite) {}

  /**
   * True the first time only: a call never gets a second wrap-up. One whose outcome was saved before it ended has had
   * its wrap-up already.
   */
  enter(call: string, at: number, endsAt: number | null, owner: string | null): boolean {
    const saved = this.database.get<{ at: number | null }>(
      'SELECT min(decided_at) AS at FROM outcomes WHERE call = ?',
      call,
    );
    const savedAt = saved?.at ?? null;
    const changes = this.database.run(
      `INSERT INTO wrap_ups (call, entered_at, ends_at, saved_at, left_at, owner) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      call,
      at,
      endsAt,
      savedAt === null ? null : at,
      savedAt === null ? null : at,
      owner,
    );
    return changes > 0 && savedAt === null;
  }

  get(call: string): WrapUpRow | null {
    return this.database.get<WrapUpRow>(`${SELECT} WHERE call = ?`, call) ?? null;
  }

  open(): WrapUpRow[] {
    return this.database.all<WrapUpRow>(`${SELECT} WHERE left_at IS NULL ORDER BY entered_at`).map(plain);
  }

  extend(call: string, endsAt: number): void {
    this.database.run(
      'UPDATE wrap_ups SET ends_at = ?, extensions = extensions + 1 WHERE call = ? AND left_at IS NULL',
      endsAt,
      call,
    );
  }

  /** An outcome was saved; the first one counts for the time of wrap-up. */
  saved(call: string, at: number): void {
    this.database.run('UPDATE wrap_ups SET saved_at = ? WHERE call = ? AND saved_at IS NULL', at, call);
  }

  leave(call: string, at: number): void {
    this.database.run('UPDATE wrap_ups SET left_at = ? WHERE call = ? AND left_at IS NULL', at, call);
  }

  /** Seconds from entering to the saved outcome, over the wrap-ups entered in [from, to). */
  seconds(from: number, to: number): number {
    const row = this.database.get<{ ms: number | null }>(
      'SELECT sum(saved_at - entered_at) AS ms FROM wrap_ups WHERE saved_at IS NOT NULL AND entered_at >= ? AND entered_at < ?',
      from,
      to,
    );
    return (row?.ms ?? 0) / 1000;
  }

  prune(before: number): number {
    return this.database.run('DELETE FROM wrap_ups WHERE entered_at < ? AND left_at IS NOT NULL', before);
  }
}

const SELECT = 'SELECT call, entered_at, ends_at, extensions, saved_at, left_at, owner FROM wrap_ups';

/** Rows of libsql carry more than their columns. */
function plain({ call, entered_at, ends_at, extensions, saved_at, left_at, owner }: WrapUpRow): WrapUpRow {
  return { call, entered_at, ends_at, extensions, saved_at, left_at, owner };
}
