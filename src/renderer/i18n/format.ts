/** Times, money and names of things as people read them, by locale. Pure: the present is a parameter. */
import type { Amount } from '../../shared/contract/amounts';

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;
/** A second of difference between two clocks must not show as "in the future". */
const wholeSeconds = (ms: number) => Math.max(0, Math.floor(ms / SECOND_MS));

/** How long ago, in the parts that are shown. From an hour on the time of day says more than a length. */
export type Ago =
  { unit: 'seconds'; seconds: number } | { unit: 'minutes'; minutes: number; seconds: number } | { unit: 'clock' };

const COUNTED_MINUTES = 10;
/** From so long ago on nothing is told in seconds, ms. */
export const AGO_CALM_MS = COUNTED_MINUTES * MINUTE_S * SECOND_MS;

/** Seconds below a minute, minutes and seconds below ten minutes, minutes below an hour, then the time of day. */
export function agoParts(since: number, now: number): Ago {
  const seconds = wholeSeconds(now - since);
  if (seconds < MINUTE_S) return { unit: 'seconds', seconds };
  if (seconds >= HOUR_S) return { unit: 'clock' };
  const minutes = Math.floor(seconds / MINUTE_S);
  return { unit: 'minutes', minutes, seconds: minutes < COUNTED_MINUTES ? seconds % MINUTE_S : 0 };
}

/** `4:05` or `1:02:09`: how long something has lasted. */
export function timer(ms: number, locale: string): string {
  const total = wholeSeconds(ms);
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
  const one = new Intl.NumberFormat(locale, { useGrouping: false });
  const hours = Math.floor(total / HOUR_S);
  const minutes = Math.floor((total % HOUR_S) / MINUTE_S);
  const tail = `${hours > 0 ? two.format(minutes) : one.format(minutes)}:${two.format(total % MINUTE_S)}`;
  return hours > 0 ? `${one.format(hours)}:${tail}` : tail;
}

/** From so long on `calmTimer` counts no seconds, ms. */
export const TIMER_CALM_MS = MINUTE_S * SECOND_MS;

/** Seconds for the first minute, then whole minutes: for what lasts for hours and is looked at in passing. */
export function calmTimer(ms: number, locale: string): string {
  const minutes = Math.floor(wholeSeconds(ms) / MINUTE_S);
  if (minutes === 0) return timer(ms, locale);
  const unit = (value: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const rest = unit(minutes % 60, 'minute');
  return minutes < 60 ? rest : `${unit(Math.floor(minutes / 60), 'hour')} ${rest}`;
}

/** `45 min`, `4 hr`, `2 days`: the largest unit that says it exactly. @param minutes whole */
export function span(minutes: number, locale: string): string {
  const [value, unit] =
    minutes % 1440 === 0
      ? ([minutes / 1440, 'day'] as const)
      : minutes % 60 === 0
        ? ([minutes / 60, 'hour'] as const)
        : ([minutes, 'minute'] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** `14:05`. */
export function timeOfDay(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** Today the time, this year day and month, else the whole date. */
export function whenShort(at: number, now: number, locale: string): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return timeOfDay(at, locale);
  const year = then.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year }).format(at);
}

export function wholeNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

function displayName(type: 'language' | 'region', code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  } catch {
    return code; // a platform's own word, no code of the standard: show it as it came
  }
}

/** `hi-IN` → "Hindi (India)". */
export const languageName = (tag: string, locale: string) => displayName('language', tag, locale);
/** `IN` → "India". */
export const countryName = (code: string, locale: string) => displayName('region', code, locale);

/** `1500.50` INR → "₹1,500.50", `1500` INR → "₹1,500": every digit that is kept, and no float on the way. */
export function money({ value, currency }: Amount, locale: string): string {
  const usual = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  const kept = value.split('.')[1]?.length ?? 0;
  const digits = kept === 0 ? 0 : Math.max(kept, usual ?? 0);
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  // The schema's digits are what a literal of a number may be.
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...shown }).format(value as `${number}`);
}

/** `0.25` → "25%", `0.002` → "0.2%": little is not nothing. */
export function percent(part: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: part < 0.01 ? 1 : 0 }).format(part);
}

/** `2026-09-30` → "30 Sept 2026". A date of the calendar: no zone moves it. */
export function dateOf(date: string, locale: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (!Number.isFinite(at)) return date;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

/** Today the time, else day and time: a moment that is agreed, not only remembered. */
export function whenWithTime(at: number, now: number, locale: string): string {
  if (new Date(at).toDateString() === new Date(now).toDateString()) return timeOfDay(at, locale);
  const parts = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, parts).format(at);
}
