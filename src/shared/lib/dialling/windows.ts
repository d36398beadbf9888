/** Calling windows and blocked days: open only where every clock the customer may live by is inside. */
import { weekdays, type PolicyPack, type PolicyRule } from '../../contract/dialling-policies';
import {
  dayNumber,
  intersection,
  isOpen,
  localTime,
  NEVER,
  nextOpen,
  stretchesOf,
  weekdayOf,
  WHOLE_DAY,
  type Stretch,
} from './day-windows';
import type { Facts } from './facts';
import type { Judge, Outcome } from './rule';

type Calendar = PolicyPack['holidays'];

/** True, false, or undefined where nobody knows. */
function holidayLookup(calendar: Calendar): (day: number) => boolean | undefined {
  if (calendar === undefined) return () => undefined;
  const [from, to] = [dayNumber(calendar.from), dayNumber(calendar.to)];
  const dates = new Set(calendar.dates.map(dayNumber));
  return (day) => (day < from || day > to ? undefined : dates.has(day));
}

interface Openings {
  /** By weekday, Sunday first. */
  days: readonly (readonly Stretch[])[];
  /** By weekday, when it is a holiday; absent: holidays do not matter to the rule. */
  onHoliday?: readonly (readonly Stretch[])[];
  dates: ReadonlySet<number>;
}

function openingsOf(rule: Extract<PolicyRule, { kind: 'calling_window' | 'blocked_days' }>): Openings {
  if (rule.kind === 'calling_window') {
    const days = weekdays.map((day) => stretchesOf(rule.days[day]));
    if (rule.holiday === undefined) return { days, dates: new Set() };
    const holiday = stretchesOf(rule.holiday);
    return { days, onHoliday: days.map((day) => intersection(day, holiday)), dates: new Set() };
  }
  const days = weekdays.map((day) => (rule.weekdays.includes(day) ? NEVER : WHOLE_DAY));
  const dates = new Set(rule.dates.map(dayNumber));
  return rule.holidays ? { days, dates, onHoliday: days.map(() => NEVER) } : { days, dates };
}

export function windowJudge(
  rule: Extract<PolicyRule, { kind: 'calling_window' | 'blocked_days' }>,
  calendar: Calendar,
): Judge {
  const { days, onHoliday, dates } = openingsOf(rule);
  const isHoliday = holidayLookup(calendar);
  const openReason = rule.kind === 'calling_window' ? 'within_hours' : 'open_day';
  const calendarDate = onHoliday === undefined || calendar === undefined ? undefined : Date.parse(calendar.checked);
  const data = calendarDate === undefined ? {} : { dataDate: calendarDate };

  const openOn = (facts: Facts, day: number): readonly Stretch[] | undefined => {
    if (dates.has(day)) return NEVER;
    const weekday = weekdayOf(day);
    const usual = days[weekday] ?? NEVER;
    if (onHoliday === undefined || usual.length === 0) return usual;
    const holiday = facts.holidays.has(day) ? true : isHoliday(day);
    if (holiday === undefined) return undefined;
    return holiday ? (onHoliday[weekday] ?? NEVER) : usual;
  };

  const inZone = (facts: Facts, zone: string, at: number): Outcome | undefined => {
    const { day, ms } = localTime(zone, at);
    const stretches = openOn(facts, day);
    if (stretches !== undefined && isOpen(stretches, ms)) return undefined;
    const usual = days[weekdayOf(day)] ?? NEVER;
    if (dates.has(day) || usual.length === 0) return { blocks: true, reason: 'blocked_day', zone, ...data };
    if (!isOpen(usual, ms)) return { blocks: true, reason: 'outside_hours', zone, ...data };
    return { blocks: true, reason: stretches === undefined ? 'holidays_unknown' : 'holiday', zone, ...data };
  };

  return {
    judge(facts, at) {
      for (const zone of facts.zones) {
        const closed = inZone(facts, zone, at);
        if (closed !== undefined) return closed;
      }
      return { blocks: false, reason: openReason, ...data };
    },
    opens(facts, at) {
      let opens = at;
      for (const zone of facts.zones) {
        const next = nextOpen(zone, at, (day) => openOn(facts, day));
        if (next === null) return null;
        opens = Math.max(opens, next);
      }
      return opens;
    },
  };
}
