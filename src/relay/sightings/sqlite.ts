/** Sightings on SQLite. */
import type { SqliteDatabase } from '../store/sqlite/database';
import type { LeadTime, Sighting } from './port';

/** One migration of the store's list. Never change it once released; add another. */
export const SIGHTINGS_SCHEMA = `
  ALTER TABLE calls ADD COLUMN escalated INTEGER;
  CREATE TABLE sightings (
    call      TEXT NOT NULL,
    agent     TEXT NOT NULL,
    escalated INTEGER NOT NULL,
    painted   INTEGER NOT NULL,
    seen      INTEGER,
    PRIMARY KEY (call, agent, escalated)
  ) WITHOUT ROWID;
  CREATE INDEX sightings_of_agent ON sightings (agent, painted);
`;

/** A lead time beyond this is no lead time: the desk came back later, or its clock is wrong. */
const MAX_LEAD_MS = 600_000;

export class SightingTable {
  constructor(private readonly database: SqliteDatabase) {}

  /** The first painting counts, and the first look. */
  record({ call, agent, painted, seen }: Sighting): LeadTime | null {
    const row = this.database.get<{ escalated: number | null }>('SELECT escalated FROM calls WHERE call = ?', call);
    const escalated = row?.escalated ?? null;
    if (escalated === null || painted < escalated || painted - escalated > MAX_LEAD_MS) return null;
    this.database.run(
      `INSERT INTO sightings (call, agent, escalated, painted, seen) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (call, agent, escalated) DO UPDATE SET painted = min(painted, excluded.painted),
         seen = coalesce(min(seen, excluded.seen), seen, excluded.seen)`,
      call,
      agent,
      escalated,
      painted,
      seen ?? null,
    );
    return { painted: painted - escalated, ...(seen === undefined ? {} : { seen: seen - escalated }) };
  }

  leadTimes(agent: string, from: number): number[] {
    return this.database
      .all<{ lead: number }>(
        'SELECT painted - escalated AS lead FROM sightings WHERE agent = ? AND painted >= ? ORDER BY lead',
        agent,
        from,
      )
      .map(({ lead }) => lead);
  }
}
