/**
 * Clocks: one row per moment. `open` or the rules in the way and why. Rows are grouped by the rule they are about, whose
 * source is in its pack. 2026-11-02 is a Monday.
 */
import type { Ask, Place } from './support';
import { places as p } from './support';

export interface Moment {
  rule: string;
  where: Place;
  ask: Ask;
  at: string;
  /** Empty: the call may be made. */
  blockedBy: string[];
  /** Next lawful wall time in the first zone. */
  next?: string;
}

type Row = [wall: string, blockedBy: string | string[], next?: string];

function about(rule: string, where: Place, ask: Ask, rows: Row[]): Moment[] {
  const [zone = ''] = where.zones;
  return rows.map(([wall, blockedBy, next]) => ({
    rule,
    where,
    ask,
    at: `${wall} ${zone}`,
    blockedBy: [blockedBy].flat(),
    ...(next === undefined ? {} : { next }),
  }));
}

const open: string[] = [];
const ai: Ask = { kind: 'ai_voice' };
const service: Ask = { purpose: 'service' };
const collection: Ask = { purpose: 'collection' };
const survey: Ask = { purpose: 'survey' };
const out = (...rules: string[]) => rules.map((rule) => `${rule}: outside_hours`);

export const moments: Moment[] = [
  ...about('us.hours', p.NY, {}, [
    ['2026-11-02T00:00', out('house.hours', 'us.hours'), '2026-11-02T08:00'],
    ['2026-11-02T07:59', out('house.hours', 'us.hours'), '2026-11-02T08:00'],
    ['2026-11-02T08:00', open],
    ['2026-11-02T14:30', open],
    ['2026-11-02T20:59', open],
    ['2026-11-02T21:00', out('house.hours', 'us.hours'), '2026-11-03T08:00'],
    ['2026-11-02T23:59', out('house.hours', 'us.hours'), '2026-11-03T08:00'],
    ['2026-11-07T09:00', open],
    ['2026-11-08T09:00', open],
    ['2026-12-31T22:00', out('house.hours', 'us.hours'), '2027-01-01T08:00'],
    ['2028-02-28T21:30', out('house.hours', 'us.hours'), '2028-02-29T08:00'],
  ]),
  ...about('us.hours', p.CA, {}, [
    ['2026-11-02T07:59', out('house.hours', 'us.hours'), '2026-11-02T08:00'],
    ['2026-11-02T20:59', open],
  ]),
  // The night the clocks go forward (8 March) and back (1 November), seen from both sides of it.
  ...about('us.hours', p.NY, {}, [
    ['2026-03-07T21:00', out('house.hours', 'us.hours'), '2026-03-08T08:00'],
    ['2026-03-08T01:59', out('house.hours', 'us.hours'), '2026-03-08T08:00'],
    ['2026-03-08T03:00', out('house.hours', 'us.hours'), '2026-03-08T08:00'],
    ['2026-03-08T08:00', open],
    ['2026-10-31T21:00', out('house.hours', 'us.hours'), '2026-11-01T08:00'],
    ['2026-11-01T01:30', out('house.hours', 'us.hours'), '2026-11-01T08:00'],
    ['2026-11-01T07:59', out('house.hours', 'us.hours'), '2026-11-01T08:00'],
    ['2026-11-01T08:00', open],
  ]),
  // No clock change in Arizona.
  ...about('us.hours', p.AZ, {}, [
    ['2026-03-08T07:59', out('house.hours', 'us.hours'), '2026-03-08T08:00'],
    ['2026-03-08T08:00', open],
    ['2026-07-01T20:59', open],
    ['2026-07-01T21:00', out('house.hours', 'us.hours'), '2026-07-02T08:00'],
  ]),
  // An area code over two zones: both must be open.
  ...about('us.hours', p.ND, {}, [
    ['2026-11-02T08:00', out('house.hours', 'us.hours'), '2026-11-02T09:00'],
    ['2026-11-02T08:59', out('house.hours', 'us.hours'), '2026-11-02T09:00'],
    ['2026-11-02T09:00', open],
    ['2026-11-02T20:59', open],
    ['2026-11-02T21:00', out('house.hours', 'us.hours'), '2026-11-03T09:00'],
  ]),
  ...about('house.hours', p.NY, service, [
    ['2026-11-02T07:59', out('house.hours'), '2026-11-02T08:00'],
    ['2026-11-02T08:00', open],
    ['2026-11-02T21:00', out('house.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.debt_hours', p.NY, collection, [
    ['2026-11-02T07:59', out('house.hours', 'us.debt_hours'), '2026-11-02T08:00'],
    ['2026-11-02T08:00', open],
    ['2026-11-02T20:59', open],
    ['2026-11-02T21:00', out('house.hours', 'us.debt_hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.fl.hours', p.FL, {}, [
    ['2026-11-02T08:00', open],
    ['2026-11-02T19:59', open],
    ['2026-11-02T20:00', out('us.fl.hours'), '2026-11-03T08:00'],
    ['2026-11-02T20:58', out('us.fl.hours'), '2026-11-03T08:00'],
    ['2026-11-02T21:00', out('house.hours', 'us.hours', 'us.fl.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.fl.hours', p.FL, service, [['2026-11-02T20:30', open]]),
  ...about('us.fl.hours', p.panhandle, {}, [
    ['2026-11-02T07:30', out('house.hours', 'us.hours', 'us.fl.hours'), '2026-11-02T08:00'],
    ['2026-11-02T18:59', open],
    ['2026-11-02T19:00', out('us.fl.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.ok.hours', p.OK, {}, [
    ['2026-11-02T08:00', open],
    ['2026-11-02T19:59', open],
    ['2026-11-02T20:00', out('us.ok.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.md.hours', p.MD, {}, [
    ['2026-11-02T19:59', open],
    ['2026-11-02T20:00', out('us.md.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.tx.hours', p.TX, {}, [
    ['2026-11-02T08:59', out('us.tx.hours'), '2026-11-02T09:00'],
    ['2026-11-02T09:00', open],
    ['2026-11-02T20:59', open],
    ['2026-11-07T09:00', open],
    ['2026-11-07T21:00', out('house.hours', 'us.hours', 'us.tx.hours'), '2026-11-08T12:00'],
    ['2026-11-08T11:59', out('us.tx.hours'), '2026-11-08T12:00'],
    ['2026-11-08T12:00', open],
    ['2026-11-08T20:59', open],
  ]),
  ...about('us.wa.hours', p.WA, {}, [
    ['2026-11-02T19:59', open],
    ['2026-11-02T20:00', out('us.wa.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.wy.hours', p.WY, {}, [
    ['2026-11-02T19:59', open],
    ['2026-11-02T20:00', out('us.wy.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.ky.hours', p.KY, {}, [
    ['2026-11-02T09:59', out('us.ky.hours'), '2026-11-02T10:00'],
    ['2026-11-02T10:00', open],
    ['2026-11-02T20:59', open],
  ]),
  ...about('us.me.automated_hours', p.ME, ai, [
    ['2026-11-02T08:59', out('us.me.automated_hours'), '2026-11-02T09:00'],
    ['2026-11-02T09:00', open],
    ['2026-11-06T17:00', out('us.me.automated_hours'), '2026-11-09T09:00'],
    ['2026-11-07T12:00', 'us.me.automated_hours: blocked_day', '2026-11-09T09:00'],
    ['2026-11-08T12:00', 'us.me.automated_hours: blocked_day', '2026-11-09T09:00'],
  ]),
  ...about('us.me.automated_hours', p.ME, {}, [['2026-11-07T12:00', open]]),
  ...about('us.pa.sunday', p.PA, {}, [
    ['2026-10-11T12:00', open],
    ['2026-10-18T12:00', 'us.pa.sunday: blocked_day', '2026-10-19T08:00'],
    ['2026-11-07T20:59', open],
    ['2026-11-07T21:00', out('house.hours', 'us.hours'), '2026-11-09T08:00'],
    ['2026-11-08T00:00', ['house.hours: outside_hours', 'us.hours: outside_hours', 'us.pa.sunday: blocked_day']],
    ['2026-11-08T12:00', 'us.pa.sunday: blocked_day', '2026-11-09T08:00'],
    ['2026-11-09T08:00', open],
  ]),
  ...about('us.pa.sunday', p.PA, service, [['2026-11-08T12:00', open]]),
  ...about('us.al.hours', p.AL, {}, [
    ['2026-11-02T19:59', open],
    ['2026-11-02T20:00', out('us.al.hours'), '2026-11-03T08:00'],
  ]),
  ...about('us.al.days', p.AL, {}, [
    ['2026-11-08T12:00', 'us.al.days: blocked_day', '2026-11-09T08:00'],
    ['2026-11-26T12:00', 'us.al.days: holiday', '2026-11-27T08:00'],
    ['2026-07-02T20:00', out('us.al.hours'), '2026-07-06T08:00'],
    ['2026-07-03T12:00', 'us.al.days: holiday', '2026-07-06T08:00'],
    ['2026-12-25T12:00', 'us.al.days: holiday', '2026-12-26T08:00'],
    ['2028-01-03T12:00', 'us.al.days: holidays_unknown'],
    ['2027-12-31T12:00', 'us.al.days: holiday'],
  ]),
  ...about('us.al.days', p.AL, { holidays: ['2026-11-27'] }, [
    ['2026-11-26T12:00', 'us.al.days: holiday', '2026-11-28T08:00'],
    ['2026-11-27T12:00', 'us.al.days: holiday', '2026-11-28T08:00'],
  ]),
  ...about('us.ct.hours', p.CT, {}, [
    ['2026-11-02T08:59', out('us.ct.hours'), '2026-11-02T09:00'],
    ['2026-11-02T19:59', open],
    ['2026-11-02T20:00', out('us.ct.hours'), '2026-11-03T09:00'],
  ]),
  ...about('in.hours', p.IN, {}, [
    ['2026-11-02T08:30', out('in.hours'), '2026-11-02T10:00'],
    ['2026-11-02T09:59', out('in.hours'), '2026-11-02T10:00'],
    ['2026-11-02T10:00', open],
    ['2026-11-02T20:58', open],
    ['2026-11-02T21:01', out('house.hours', 'in.hours'), '2026-11-03T10:00'],
    ['2026-11-08T10:00', open],
  ]),
  ...about('in.hours', p.IN, service, [['2026-11-02T09:30', out('in.hours'), '2026-11-02T10:00']]),
  ...about('in.hours', p.IN, survey, [['2026-11-02T10:30', open]]),
  ...about('in.recovery', p.IN, collection, [
    ['2026-11-02T07:59', out('house.hours', 'in.recovery'), '2026-11-02T08:00'],
    ['2026-11-02T08:00', open],
    ['2026-11-02T09:30', open],
    ['2026-11-02T18:59', open],
    ['2026-11-02T19:00', out('in.recovery'), '2026-11-03T08:00'],
    ['2026-11-02T20:30', out('in.recovery'), '2026-11-03T08:00'],
  ]),
  ...about('house.hours', p.GB, {}, [
    ['2026-03-29T07:59', out('house.hours'), '2026-03-29T08:00'],
    ['2026-03-29T08:00', open],
    ['2026-10-25T07:59', out('house.hours'), '2026-10-25T08:00'],
    ['2026-10-25T08:00', open],
    ['2026-11-02T21:00', out('house.hours'), '2026-11-03T08:00'],
  ]),
  ...about('house.hours', p.DE, {}, [
    ['2026-11-02T07:59', out('house.hours'), '2026-11-02T08:00'],
    ['2026-11-02T12:00', open],
  ]),
  // A Spanish number may be on the Canaries, an hour behind.
  ...about('house.hours', p.ES, {}, [
    ['2026-11-02T08:30', out('house.hours'), '2026-11-02T09:00'],
    ['2026-11-02T09:00', open],
    ['2026-11-02T20:59', open],
  ]),
  ...about('house.hours', p.TR, {}, [
    ['2026-11-02T07:59', out('house.hours'), '2026-11-02T08:00'],
    ['2026-11-02T08:00', open],
  ]),
  ...about('ca.hours', p.ON, {}, [
    ['2026-11-02T08:59', out('ca.hours'), '2026-11-02T09:00'],
    ['2026-11-02T09:00', open],
    // The house closes before the law does.
    ['2026-11-02T21:15', out('house.hours'), '2026-11-03T09:00'],
    ['2026-11-02T21:30', out('house.hours', 'ca.hours'), '2026-11-03T09:00'],
    ['2026-11-06T21:30', out('house.hours', 'ca.hours'), '2026-11-07T10:00'],
    ['2026-11-07T09:59', out('ca.hours'), '2026-11-07T10:00'],
    ['2026-11-07T10:00', open],
    ['2026-11-07T18:00', out('ca.hours'), '2026-11-08T10:00'],
    ['2026-11-08T18:00', out('ca.hours'), '2026-11-09T09:00'],
  ]),
  // Half an hour apart.
  ...about('ca.hours', p.NL, {}, [
    ['2026-11-02T09:00', out('ca.hours'), '2026-11-02T09:30'],
    ['2026-11-02T09:30', open],
  ]),
  ...about('au.hours', p.AU, {}, [
    ['2026-11-02T08:59', out('au.hours'), '2026-11-02T09:00'],
    ['2026-11-02T09:00', open],
    ['2026-11-02T20:00', out('au.hours'), '2026-11-03T09:00'],
    ['2026-11-07T16:59', open],
    ['2026-11-07T17:00', out('au.hours'), '2026-11-09T09:00'],
    ['2026-11-08T12:00', 'au.hours: blocked_day', '2026-11-09T09:00'],
    ['2026-01-26T12:00', 'au.hours: holiday', '2026-01-27T09:00'],
    // Maundy Thursday evening: Friday closed, Saturday open.
    ['2026-04-02T20:00', out('au.hours'), '2026-04-04T09:00'],
    ['2026-04-04T17:00', out('au.hours'), '2026-04-07T09:00'],
    ['2026-12-24T20:00', out('au.hours'), '2026-12-29T09:00'],
  ]),
  ...about('au.hours', p.outback, {}, [
    ['2026-11-02T11:59', out('au.hours'), '2026-11-02T12:00'],
    ['2026-11-02T12:00', open],
    ['2026-11-02T19:59', open],
  ]),
  // Half an hour of daylight saving: on 4 October 02:00 becomes 02:30.
  ...about('au.hours', p.lordHowe, {}, [
    ['2026-10-04T12:00', 'au.hours: blocked_day', '2026-10-05T09:00'],
    ['2026-10-05T08:59', out('au.hours'), '2026-10-05T09:00'],
  ]),
  ...about('au.research_hours', p.AU, survey, [
    ['2026-11-02T20:29', open],
    ['2026-11-02T20:30', out('au.research_hours'), '2026-11-03T09:00'],
    ['2026-11-08T12:00', open],
    ['2026-11-08T17:00', out('au.research_hours'), '2026-11-09T09:00'],
    ['2026-12-25T12:00', 'au.research_hours: holiday', '2026-12-27T09:00'],
  ]),
];
