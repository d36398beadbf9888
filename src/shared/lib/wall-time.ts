/**
 * Between a wall clock somewhere and an instant, by the zone data of the runtime. Pure. A wall time may exist once, not
 * at all (clocks went forward) or twice (clocks went back): the answer says which, and never guesses.
 */

/** Instants are epoch ms. `gap`: `after` is the wall time moved on by the hour that was left out. */
export type WallTime =
  | { kind: 'one'; at: number }
  | { kind: 'gap'; after: number }
  | { kind: 'twice'; first: number; second: number }
  | { kind: 'unknown_zone' }
  | { kind: 'not_a_time' };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
    formats.set(zone, format);
    return format;
  } catch {
    // RangeError: the runtime does not know this zone, which the answer says.
    return undefined;
  }
}

/** What the clock in that zone shows, as if it were UTC, ms. */
function shown(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(
    part('year'),
    part('month') - 1,
    ...([part('day'), part('hour'), part('minute'), part('second')] as const),
  );
}

/** A day: no zone's offset changes twice within it. */
const DAY_MS = 24 * 3600_000;

/** @param wall `YYYY-MM-DDTHH:mm` @param zone IANA name */
export function instantsOf(wall: string, zone: string): WallTime {
  const format = formatFor(zone);
  if (format === undefined) return { kind: 'unknown_zone' };
  const asUtc = Date.parse(`${wall}:00Z`);
  // Date.parse takes the 31st of a short month for the 1st of the next.
  if (!Number.isFinite(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== wall) return { kind: 'not_a_time' };
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((at) => shown(format, at) - at);
  const candidates = [...new Set(offsets.map((offset) => asUtc - offset))].sort((a, b) => a - b);
  const [first, second] = candidates.filter((at) => shown(format, at) === asUtc);
  if (first === undefined) return { kind: 'gap', after: candidates.at(-1) ?? asUtc };
  return second === undefined ? { kind: 'one', at: first } : { kind: 'twice', first, second };
}

/** `YYYY-MM-DDTHH:mm` on the wall in that zone, or undefined where the zone is not known. */
export function wallTimeOf(at: number, zone: string): string | undefined {
  const format = formatFor(zone);
  return format === undefined ? undefined : new Date(shown(format, at)).toISOString().slice(0, 16);
}
