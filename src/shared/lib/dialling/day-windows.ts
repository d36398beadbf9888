/** Open stretches of a day on a wall clock, and the search for the next open instant in one zone. Pure. */
import { weekdays, type DayWindows } from '../../contract/dialling-policies';
import { DAY_MS, MINUTE_MS, segmentAt } from './zone-clock';

/** [from, to) in ms since midnight by the wall, sorted, not touching. */
export type Stretch = readonly [from: number, to: number];

export const WHOLE_DAY: readonly Stretch[] = [[0, DAY_MS]];
export const NEVER: readonly Stretch[] = [];

/** The longest wait that is looked for: past any run of holidays and any cap that is measured in weeks. */
export const SEARCH_DAYS = 62;

function msOf(wall: string): number {
  return (Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3))) * MINUTE_MS;
}

/** Sorted, and joined where they overlap or touch. */
export function stretchesOf(windows: DayWindows): Stretch[] {
  const sorted = windows.map(([from, to]): Stretch => [msOf(from), msOf(to)]).sort((a, b) => a[0] - b[0]);
  const joined: Stretch[] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}

export function intersection(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  return a.flatMap(([from, to]) =>
    b.map(([start, end]): Stretch => [Math.max(from, start), Math.min(to, end)]).filter(([start, end]) => start < end),
  );
}

/** A day as a number, so that a wall date compares and looks up fast. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** 0 is Sunday, as in `weekdays`; day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % weekdays.length) + weekdays.length) % weekdays.length;
}

export interface LocalTime {
  day: number;
  /** Since midnight by the wall. */
  ms: number;
}

export function localTime(zone: string, at: number): LocalTime {
  const local = at + segmentAt(zone, at).offset;
  const day = Math.floor(local / DAY_MS);
  return { day, ms: local - day * DAY_MS };
}

export function isOpen(stretches: readonly Stretch[], ms: number): boolean {
  return stretches.some(([from, to]) => from <= ms && ms < to);
}

/**
 * The first instant ≥ `at` that is open in the zone; null when there is none within `SEARCH_DAYS`, or when before that comes
 * a day of which nobody knows.
 * @param openOn what is open on a day; undefined: not known
 */
export function nextOpen(
  zone: string,
  at: number,
  openOn: (day: number) => readonly Stretch[] | undefined,
): number | null {
  const horizon = at + SEARCH_DAYS * DAY_MS;
  let now = at;
  while (now < horizon) {
    const segment = segmentAt(zone, now);
    const { day, ms } = localTime(zone, now);
    const stretches = openOn(day);
    if (stretches === undefined) return null;
    const coming = stretches.find(([, to]) => to > ms);
    if (coming !== undefined) {
      const opens = now + Math.max(0, coming[0] - ms);
      // The clocks may jump over the opening, or back before it: look again from the change on.
      if (opens < segment.until) return opens;
    }
    now = Math.min(segment.until, now + DAY_MS - ms);
  }
  return null;
}
