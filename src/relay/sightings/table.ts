/** Sightings. */
import { maySee, type Viewer } from '../routing/audience';
import { parseAudience } from '../store/log-reader';
import { all, get, run, type Work } from '../store/sql';
import type { LeadTime, LeadTimes, Sighting } from './port';

/** A lead time beyond this is no lead time: the desk came back later, or its clock is wrong. */
const MAX_LEAD_MS = 600_000;

export class SightingTable {
  /** The first painting counts, and the first look. */
  *record({ call, agent, painted, seen }: Sighting, viewer: Viewer): Work<LeadTime | null> {
    const row = yield* get<{ escalated: number | null; audience: string }>(
      'SELECT escalated, audience FROM calls WHERE call = ?',
      call,
    );
    const escalated = row?.escalated ?? null;
    if (row === undefined || !maySee(viewer, parseAudience(row.audience))) return null;
    if (escalated === null || painted < escalated || painted - escalated > MAX_LEAD_MS) return null;
    const known = yield* get<{ seen: number | null }>(
      'SELECT seen FROM sightings WHERE call = ? AND agent = ? AND escalated = ?',
      call,
      agent,
      escalated,
    );
    yield* run(
      `INSERT INTO sightings (call, agent, escalated, painted, seen) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (call, agent, escalated) DO UPDATE SET
         painted = CASE WHEN excluded.painted < sightings.painted THEN excluded.painted ELSE sightings.painted END,
         seen = CASE WHEN excluded.seen < coalesce(sightings.seen, excluded.seen + 1) THEN excluded.seen
           ELSE sightings.seen END`,
      call,
      agent,
      escalated,
      painted,
      seen ?? null,
    );
    const lookIsNew = seen !== undefined && (known?.seen ?? null) === null;
    return {
      ...(known === undefined ? { painted: painted - escalated } : {}),
      ...(lookIsNew ? { seen: seen - escalated } : {}),
    };
  }

  *leadTimesOfAll(from: number): Work<number[]> {
    const rows = yield* all<{ lead: number }>(
      'SELECT painted - escalated AS lead FROM sightings WHERE painted >= ? ORDER BY lead',
      from,
    );
    return rows.map(({ lead }) => lead);
  }

  *leadTimes(agent: string, from: number): Work<LeadTimes> {
    const rows = yield* all<{ painted: number; seen: number | null }>(
      `SELECT painted - escalated AS painted, seen - escalated AS seen FROM sightings
       WHERE agent = ? AND painted >= ?`,
      agent,
      from,
    );
    const shortestFirst = (times: number[]) => times.sort((a, b) => a - b);
    return {
      painted: shortestFirst(rows.map(({ painted }) => painted)),
      seen: shortestFirst(rows.flatMap(({ seen }) => (seen === null ? [] : [seen]))),
    };
  }
}
