/** Segments of lists: how their leads are numbered, what is paused of them, and when one goes. */
import { all, get, inserts, lookUp, lookups, run, together, type SqlValue, type Work } from '../../store/sql';
import type { NewLead } from '../import/reader';
import type { SegmentRow } from '../port';
import { allot, padded } from './rows';

/** The place that a lane's or lead's number stands for, and its segment if it has one. @param number a column */
export const joinPlace = (number: string) =>
  `LEFT JOIN lead_segment_places ON lead_segment_places.id = ${number}
   JOIN lead_places ON lead_places.id = coalesce(lead_segment_places.place, ${number})`;

/**
 * Whether the segment of a lane or lead is paused, as 1 or 0: a value that is looked up, and no join, so that both databases
 * ask it of a lane before they look for the lane's first lead. @param number a column
 */
export const isPaused = (number: string) =>
  `coalesce((SELECT lead_segments.paused FROM lead_segment_places
     JOIN lead_segments ON lead_segments.id = lead_segment_places.segment
     WHERE lead_segment_places.id = ${number}), 0)`;

function* segments(list: number | null): Work<SegmentRow[]> {
  const rows = yield* all<Omit<SegmentRow, 'paused'> & { paused: number }>(
    `SELECT id, list, name, paused FROM lead_segments ${list === null ? '' : 'WHERE list = ?'} ORDER BY list, id`,
    ...(list === null ? [] : [list]),
  );
  return rows.map((row) => ({ ...row, paused: row.paused === 1 }));
}

/** False: the list has no such segment. */
function* pause(list: number, name: string, paused: boolean): Work<boolean> {
  const { changes } = yield* run(
    'UPDATE lead_segments SET paused = ? WHERE list = ? AND name = ?',
    ...[paused ? 1 : 0, list, name],
  );
  return changes > 0;
}

/** What the segment of a lead's number is called. */
export function* segmentName(place: number): Work<string | null> {
  const row = yield* get<{ name: string }>(
    `SELECT name FROM lead_segments JOIN lead_segment_places ON lead_segment_places.segment = lead_segments.id
     WHERE lead_segment_places.id = ?`,
    place,
  );
  return row?.name ?? null;
}

/** Closes a place of a list, in every segment: its hours are the same in all of them. */
export function* closePlace(list: number, number: number, until: number): Work<void> {
  const own = yield* get<{ place: number }>('SELECT place FROM lead_segment_places WHERE id = ?', number);
  const place = own?.place ?? number;
  yield* run(
    `UPDATE lead_lanes SET closed_until = ? WHERE list = ? AND (place = ? OR place IN
       (SELECT lead_segment_places.id FROM lead_segments
          JOIN lead_segment_places ON lead_segment_places.segment = lead_segments.id
        WHERE lead_segments.list = ? AND lead_segment_places.place = ?))`,
    ...[until, list, place, list, place],
  );
}

/** The numbers of places, which are remembered for good. */
function* placeIds(places: readonly string[]): Work<Map<string, number>> {
  const rows = yield* lookUp<{ id: number; place: string }>(
    lookups((list) => `SELECT id, place FROM lead_places WHERE place IN ${list}`, places),
  );
  const ids = new Map(rows.map(({ id, place }) => [place, id]));
  const fresh = places.filter((place) => !ids.has(place));
  if (fresh.length === 0) return ids;
  const first = yield* allot('place', fresh.length);
  for (const [n, place] of fresh.entries()) ids.set(place, first + n);
  yield* together(
    inserts(
      'INSERT INTO lead_places (id, place)',
      fresh.map((place, n): SqlValue[] => [first + n, place]),
    ),
  );
  return ids;
}

/** The number of one place. */
export function* placeId(place: string): Work<number> {
  return (yield* placeIds([place])).get(place) ?? 0;
}

/** The numbers of a list's segments. Those it has not are made. */
function* segmentIds(list: number, names: readonly string[]): Work<Map<string, number>> {
  const ids = new Map((yield* segments(list)).map(({ id, name }) => [name, id]));
  const fresh = names.filter((name) => !ids.has(name));
  if (fresh.length === 0) return ids;
  const first = yield* allot('segment', fresh.length);
  for (const [n, name] of fresh.entries()) ids.set(name, first + n);
  yield* together(
    inserts(
      'INSERT INTO lead_segments (id, list, name, paused)',
      fresh.map((name, n): SqlValue[] => [first + n, list, name, 0]),
    ),
  );
  return ids;
}

const pairOf = (segment: number, place: number) => `${segment} ${place}`;

/** The numbers of places within segments. */
function* pairIds(pairs: readonly (readonly [segment: number, place: number])[]): Work<Map<string, number>> {
  const within = padded([...new Set(pairs.map(([segment]) => segment))]);
  const at = padded([...new Set(pairs.map(([, place]) => place))]);
  const rows = yield* all<{ id: number; segment: number; place: number }>(
    `SELECT id, segment, place FROM lead_segment_places WHERE segment IN (${within.marks}) AND place IN (${at.marks})`,
    ...within.values,
    ...at.values,
  );
  const ids = new Map(rows.map(({ id, segment, place }) => [pairOf(segment, place), id]));
  const fresh = pairs.filter(([segment, place]) => !ids.has(pairOf(segment, place)));
  if (fresh.length === 0) return ids;
  const first = yield* allot('place', fresh.length);
  for (const [n, [segment, place]] of fresh.entries()) ids.set(pairOf(segment, place), first + n);
  yield* together(
    inserts(
      'INSERT INTO lead_segment_places (id, segment, place)',
      fresh.map(([segment, place], n): SqlValue[] => [first + n, segment, place]),
    ),
  );
  return ids;
}

type Placed = Pick<NewLead, 'place' | 'segment'>;

/** Numbers for leads of a list by place and segment: a handful of statements, however many leads there are. */
export function* numbersOf(list: number, leads: readonly Placed[]): Work<(lead: Placed) => number> {
  const places = yield* placeIds([...new Set(leads.map(({ place }) => place))]);
  const names = [...new Set(leads.flatMap(({ segment }) => (segment === null ? [] : [segment])))];
  const placeOf = ({ place }: Placed) => places.get(place) ?? 0;
  if (names.length === 0) return placeOf;
  const ids = yield* segmentIds(list, names);
  const segmentOf = ({ segment }: Placed) => (segment === null ? undefined : ids.get(segment));
  const pairs = new Map<string, readonly [number, number]>();
  for (const lead of leads) {
    const segment = segmentOf(lead);
    if (segment !== undefined) pairs.set(pairOf(segment, placeOf(lead)), [segment, placeOf(lead)]);
  }
  const numbers = yield* pairIds([...pairs.values()]);
  return (lead) => {
    const segment = segmentOf(lead);
    return segment === undefined ? placeOf(lead) : (numbers.get(pairOf(segment, placeOf(lead))) ?? 0);
  };
}

/** Forgets segments of a list that hold no lead: of rows that the list had already, or that were taken back. */
export function* dropEmptySegments(list: number): Work<void> {
  const empty = yield* all<{ id: number }>(
    `SELECT id FROM lead_segments WHERE list = ? AND NOT EXISTS
       (SELECT 1 FROM lead_segment_places
          JOIN lead_counts ON lead_counts.list = lead_segments.list AND lead_counts.place = lead_segment_places.id
        WHERE lead_segment_places.segment = lead_segments.id AND lead_counts.n > 0)`,
    list,
  );
  if (empty.length === 0) return;
  const { marks, values } = padded(empty.map(({ id }) => id));
  const numbers = `SELECT id FROM lead_segment_places WHERE segment IN (${marks})`;
  for (const table of ['lead_counts', 'lead_lanes']) {
    yield* run(`DELETE FROM ${table} WHERE list = ? AND place IN (${numbers})`, list, ...values);
  }
  yield* run(`DELETE FROM lead_segment_places WHERE segment IN (${marks})`, ...values);
  yield* run(`DELETE FROM lead_segments WHERE id IN (${marks})`, ...values);
}

export const segmentWorks = {
  writes: { pauseLeadSegment: pause },
  reads: { leadSegments: segments },
};
