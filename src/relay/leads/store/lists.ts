/** Lists and their lanes: the leads of one list that could be in the same places, and so have the same hours. */
import { NO_PREVIEW_TIMER } from '../../../shared/contract/leads';
import { all, get, inserts, run, together, type SqlValue, type Work } from '../../store/sql';
import type { LaneRow, LeftRow, ListRow, ListSettings, Person } from '../port';
import { allot } from './rows';
import { closePlace, joinPlace } from './segments';

interface RawList {
  id: number;
  name: string;
  builtin: string | null;
  settings: string;
  priority: number;
  paused: number;
  screened: number;
  created: number;
  created_by: string;
}

export function listOf(raw: RawList): ListRow {
  const { id, name, builtin, priority, screened, created } = raw;
  return {
    ...{ id, name, builtin, priority, screened, created },
    // Lists that were made before there were timers have none.
    settings: { preview: NO_PREVIEW_TIMER, ...(JSON.parse(raw.settings) as Omit<ListSettings, 'preview'>) },
    paused: raw.paused === 1,
    createdBy: JSON.parse(raw.created_by) as Person,
  };
}

type NewListRow = Omit<ListRow, 'id' | 'screened'>;

/** Null: the name is taken. */
export function* insertList(list: NewListRow): Work<ListRow | null> {
  const taken = yield* get('SELECT 1 FROM lead_lists WHERE name = ?', list.name);
  if (taken !== undefined) return null;
  const id = yield* allot('list', 1);
  yield* run(
    `INSERT INTO lead_lists (id, name, builtin, settings, priority, paused, screened, created, created_by)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
    id,
    list.name,
    list.builtin,
    JSON.stringify(list.settings),
    list.priority,
    list.paused ? 1 : 0,
    list.created,
    JSON.stringify(list.createdBy),
  );
  return { ...list, id, screened: 0 };
}

export function* listById(id: number): Work<ListRow | undefined> {
  const raw = yield* get<RawList>('SELECT * FROM lead_lists WHERE id = ?', id);
  return raw === undefined ? undefined : listOf(raw);
}

/** False: there is no such list, or another one has the name. */
function* change(
  id: number,
  { name, settings, priority, paused }: Pick<ListRow, 'name' | 'settings' | 'priority' | 'paused'>,
): Work<boolean> {
  const taken = yield* get('SELECT 1 FROM lead_lists WHERE name = ? AND id <> ?', name, id);
  if (taken !== undefined) return false;
  const { changes } = yield* run(
    'UPDATE lead_lists SET name = ?, settings = ?, priority = ?, paused = ? WHERE id = ?',
    name,
    JSON.stringify(settings),
    priority,
    paused ? 1 : 0,
    id,
  );
  return changes > 0;
}

function* lists(): Work<ListRow[]> {
  return (yield* all<RawList>('SELECT * FROM lead_lists ORDER BY priority DESC, id')).map(listOf);
}

interface RawLane {
  list: number;
  place: number;
  segment: number;
  where_: string;
  closed_until: number;
  state: LaneRow['counts'] extends Partial<Record<infer S, number>> ? S : never;
  n: number;
}

function* lanes(list: number | null): Work<LaneRow[]> {
  const rows = yield* all<RawLane>(
    `SELECT lead_lanes.list, lead_lanes.place, coalesce(lead_segment_places.segment, 0) AS segment,
       lead_places.place AS where_, closed_until, state, n
     FROM lead_lanes ${joinPlace('lead_lanes.place')}
       JOIN lead_counts ON lead_counts.list = lead_lanes.list AND lead_counts.place = lead_lanes.place
     ${list === null ? '' : 'WHERE lead_lanes.list = ?'} ORDER BY lead_lanes.list, lead_lanes.place`,
    ...(list === null ? [] : [list]),
  );
  const found = new Map<string, LaneRow>();
  for (const { list: of, place, segment, where_: where, closed_until: closedUntil, state, n } of rows) {
    const key = `${of} ${place}`;
    const lane = found.get(key) ?? { list: of, place, segment, where, closedUntil, counts: {} };
    lane.counts[state] = n;
    found.set(key, lane);
  }
  return [...found.values()];
}

/**
 * What is left of every list by place, and when the next lead that was put aside comes back. Read from counts that every move
 * of a lead keeps, and from one index entry per list: no lead is looked at, however many there are.
 */
function* left(): Work<LeftRow[]> {
  const rows = yield* all<{
    list: number;
    where_: string;
    state: 'ready' | 'later' | 'held';
    rests: number;
    n: number;
  }>(
    `SELECT lead_counts.list, lead_places.place AS where_, state, coalesce(lead_segments.paused, 0) AS rests,
       CAST(sum(n) AS BIGINT) AS n
     FROM lead_counts ${joinPlace('lead_counts.place')}
       LEFT JOIN lead_segments ON lead_segments.id = lead_segment_places.segment
     WHERE state IN ('ready', 'later', 'held') AND n > 0
     GROUP BY lead_counts.list, lead_places.place, state, rests ORDER BY lead_counts.list, lead_places.place`,
  );
  const found = new Map<number, LeftRow>();
  for (const { list, where_: where, state, rests, n } of rows) {
    const row = found.get(list) ?? { list, due: null, places: [], held: 0 };
    if (state === 'held') row.held += n;
    else row.places.push({ where, state, n, paused: rests === 1 });
    found.set(list, row);
  }
  for (const row of found.values()) {
    if (!row.places.some(({ state }) => state === 'later')) continue;
    const next = yield* get<{ due: number | null }>(
      `SELECT min(not_before) AS due FROM leads
       WHERE list = ? AND state IN ('later', 'blocked') AND callback IS NULL`,
      row.list,
    );
    row.due = next?.due ?? null;
  }
  return [...found.values()];
}

function* closeLanes(closed: Pick<LaneRow, 'list' | 'place' | 'closedUntil'>[]): Work<void> {
  for (const { list, place, closedUntil } of closed) yield* closePlace(list, place, closedUntil);
}

/** Makes the lanes that are not there yet. */
export function* openLanes(list: number, places: readonly number[]): Work<void> {
  yield* together(
    inserts(
      'INSERT INTO lead_lanes (list, place, closed_until)',
      places.map((place): SqlValue[] => [list, place, 0]),
      'ON CONFLICT DO NOTHING',
    ),
  );
}

function* blockedBy(list: number): Work<{ by: string; leads: number }[]> {
  return yield* all<{ by: string; leads: number }>(
    `SELECT coalesce(blocked, '') AS "by", count(*) AS leads FROM leads WHERE list = ? AND state = 'blocked'
     GROUP BY blocked`,
    list,
  );
}

export const listWorks = {
  writes: {
    createLeadList: (list: Omit<NewListRow, 'builtin'>) => insertList({ ...list, builtin: null }),
    changeLeadList: change,
    closeLeadLanes: closeLanes,
  },
  reads: { leadLists: lists, leadLanes: lanes, leadsBlockedBy: blockedBy, leadsLeft: left },
};
