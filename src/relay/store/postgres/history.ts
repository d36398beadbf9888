import type { Session } from './session';

/**
 * Names the history the server's data has: which cluster, and its timeline, which a promoted replica and a restored backup
 * begin anew. Undefined where the server does not say: a database of another make, or no permission.
 */
export async function historyOf(session: Session): Promise<string | undefined> {
  try {
    const [row] = await session.command<{ history: string }>(
      `SELECT (pg_control_system()).system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS history`,
    );
    return row?.history;
  } catch {
    return undefined;
  }
}
