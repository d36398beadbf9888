/**
 * Platform times to RFC 3339 UTC with milliseconds. Understood: RFC 3339 with any offset, Unix seconds and Unix
 * milliseconds, as numbers or numeric strings. A time without a zone is not an instant: guessing one could make a call
 * that escalates now look hours old, so it counts as not given, except where the field's own name says UTC.
 */

/** Instants outside 2000–2100 are placeholders ("111111", 0001-01-01), not times. Epoch milliseconds. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

const NUMERIC = /^\d{1,16}(?:\.\d{1,9})?$/;
const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s?(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/;
/** Longest text that can be a time, characters. */
const MAX_TIME_CHARS = 50;

function isPlausible(ms: number): boolean {
  return ms >= EARLIEST_MS && ms < LATEST_MS;
}

function fromNumber(value: number): number | undefined {
  if (isPlausible(value * 1000)) return Math.round(value * 1000);
  return isPlausible(value) ? Math.round(value) : undefined;
}

function offsetMinutes(zone: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? '0');
  if (hours > 23 || minutes > 59) return undefined;
  return (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function fromText(text: string, zonelessIsUtc: boolean): number | undefined {
  if (text.length > MAX_TIME_CHARS) return undefined;
  if (NUMERIC.test(text)) return fromNumber(Number(text));
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const zone = match[8] ?? (zonelessIsUtc ? 'Z' : undefined);
  const offset = zone === undefined ? undefined : offsetMinutes(zone);
  if (offset === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? '0'));
  const millis = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
  // A leap second is legal and becomes the next second; a 30 February is not.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second, millis) - offset * 60_000;
}

/** The instant as `2024-01-15T06:13:22.000Z`, or undefined where `value` is not one. */
export function parseInstant(value: unknown, options: { zonelessIsUtc?: boolean } = {}): string | undefined {
  const ms =
    typeof value === 'number'
      ? fromNumber(value)
      : typeof value === 'string'
        ? fromText(value.trim(), options.zonelessIsUtc ?? false)
        : undefined;
  return ms !== undefined && isPlausible(ms) ? new Date(ms).toISOString() : undefined;
}
