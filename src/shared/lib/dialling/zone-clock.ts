/**
 * The wall clock of a zone at an instant, fast: offsets are asked of the runtime once per zone and UTC day and kept. Between
 * two changes of the offset, wall time is the instant plus a constant; so a search over segments of constant offset is right
 * in hours that are left out and in hours that come twice.
 */

import { isoOf } from './instants';

export const DAY_MS = 24 * 3600_000;
export const MINUTE_MS = 60_000;
/** Days kept per zone before they are forgotten: more than a search over two months touches. */
const MAX_DAYS_PER_ZONE = 400;
/** Offsets have changed at whole minutes since 1972. */
const CHANGE_STEP_MS = MINUTE_MS;

/** A stretch of one offset: `from` ≤ instant < `until`, epoch ms; wall as if UTC = instant + offset. */
export interface Segment {
  until: number;
  offset: number;
}

interface Zone {
  format: Intl.DateTimeFormat;
  days: Map<number, Segment[]>;
}

const zones = new Map<string, Zone | undefined>();
/** Names seen that are no zones are remembered too, within reason. */
const MAX_ZONES = 2_000;

function open(name: string): Zone | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
    return { format, days: new Map() };
  } catch {
    // RangeError: the runtime does not know this zone, which the answer says.
    return undefined;
  }
}

function zoneOf(name: string): Zone | undefined {
  if (zones.has(name)) return zones.get(name);
  if (zones.size >= MAX_ZONES) zones.clear();
  const zone = open(name);
  zones.set(name, zone);
  return zone;
}

/** @param at whole seconds */
function askOffset(format: Intl.DateTimeFormat, at: number): number {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of format.formatToParts(at)) {
    if (type in parts) parts[type as keyof typeof parts] = Number(value);
  }
  const { year, month, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

/** First instant in (low, high] whose offset is not that of `low`; offsets of the two differ. */
function changeBetween(format: Intl.DateTimeFormat, low: number, high: number): number {
  const before = askOffset(format, low);
  let [same, other] = [low, high];
  while (other - same > CHANGE_STEP_MS) {
    const middle = same + Math.floor((other - same) / 2 / CHANGE_STEP_MS) * CHANGE_STEP_MS;
    if (askOffset(format, middle) === before) same = middle;
    else other = middle;
  }
  return other;
}

/** The stretches of one UTC day: one, or two where the clocks change. No zone changes twice within a day. */
function segmentsOf(zone: Zone, day: number): Segment[] {
  const known = zone.days.get(day);
  if (known !== undefined) return known;
  const [start, end] = [day * DAY_MS, (day + 1) * DAY_MS];
  const [first, last] = [askOffset(zone.format, start), askOffset(zone.format, end)];
  const segments =
    first === last
      ? [{ until: end, offset: first }]
      : [
          { until: changeBetween(zone.format, start, end), offset: first },
          { until: end, offset: last },
        ];
  if (zone.days.size >= MAX_DAYS_PER_ZONE) zone.days.clear();
  zone.days.set(day, segments);
  return segments;
}

export function isZone(name: string): boolean {
  return zoneOf(name) !== undefined;
}

/** The stretch of constant offset that holds an instant. @throws RangeError for a zone the runtime does not know */
export function segmentAt(name: string, at: number): Segment {
  const zone = zoneOf(name);
  if (zone === undefined) throw new RangeError('no such time zone');
  const segments = segmentsOf(zone, Math.floor(at / DAY_MS));
  const segment = segments.find(({ until }) => at < until);
  if (segment === undefined) throw new RangeError('not an instant');
  return segment;
}

/** `YYYY-MM-DDTHH:mm` on the wall. */
export function wallOf(name: string, at: number): string {
  return isoOf(at + segmentAt(name, at).offset).slice(0, 16);
}
