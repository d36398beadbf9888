/** Consents, do-not-call lists, attempts and overrides, under the packs as they are shipped. */
import { describe, expect, test } from 'vitest';
import type { DialQuestion } from '../../../src/shared/contract/dialling';
import { explain } from '../../../src/shared/lib/dialling/explain';
import { receiptOf } from '../../../src/shared/lib/dialling/receipt';
import { check, inTheWay, instant, packs, places as p, question, type Ask, type Place } from './support';

/** Open everywhere. */
const NOON: Record<string, string> = { US: '2026-11-03T12:00 America/New_York', IN: '2026-11-03T12:00 Asia/Kolkata' };
const noonOf = (where: Place) => NOON[where.country ?? ''] ?? `2026-11-03T12:00 ${where.zones[0] ?? ''}`;

type Case = [rule: string, name: string, where: Place, ask: Ask, blockedBy: string[]];
const consent = (more: Partial<DialQuestion['consents'][number]> = {}): DialQuestion['consents'] => [
  { level: 'written', kinds: ['ai_voice'], purposes: ['sales'], given_at: '2026-01-01T00:00:00.000Z', ...more },
];
const list = (name: string, ageDays: number, state: 'listed' | 'not_listed' | 'failed' = 'not_listed') =>
  ({
    list: name,
    state,
    scope: 'all',
    list_date: new Date(Date.parse('2026-11-03T17:00:00Z') - ageDays * 86_400_000).toISOString(),
  }) as const;
const own = list('own', 0);
const ai = { kind: 'ai_voice' } as const;

const consents: Case[] = [
  ['us.consent_sales', 'written consent to an AI voice', p.NY, { ...ai, consents: consent() }, []],
  ['us.consent_sales', 'none', p.NY, { ...ai, consents: [] }, ['us.consent_sales: consent_missing']],
  [
    'us.consent_sales',
    'express only',
    p.NY,
    { ...ai, consents: consent({ level: 'express' }) },
    ['us.consent_sales: consent_missing'],
  ],
  [
    'us.consent_sales',
    'to a person only',
    p.NY,
    { ...ai, consents: consent({ kinds: ['live_human'] }) },
    ['us.consent_sales: consent_missing'],
  ],
  [
    'us.consent_sales',
    'for service only',
    p.NY,
    { ...ai, consents: consent({ purposes: ['service'] }) },
    ['us.consent_sales: consent_missing'],
  ],
  [
    'us.consent_sales',
    'withdrawn',
    p.NY,
    { ...ai, consents: consent({ revoked_at: '2026-10-01T00:00:00.000Z' }) },
    ['us.consent_sales: consent_revoked'],
  ],
  [
    'us.consent_sales',
    'expired',
    p.NY,
    { ...ai, consents: consent({ expires_at: '2026-11-01T00:00:00.000Z' }) },
    ['us.consent_sales: consent_expired'],
  ],
  [
    'us.consent_sales',
    'given tomorrow',
    p.NY,
    { ...ai, consents: consent({ given_at: '2026-11-04T00:00:00.000Z' }) },
    ['us.consent_sales: consent_missing'],
  ],
  [
    'us.consent_sales',
    'another one withdrawn later: one stop ends them all',
    p.NY,
    {
      ...ai,
      consents: [...consent(), ...consent({ purposes: ['service'], revoked_at: '2026-10-01T00:00:00.000Z' })],
    },
    ['us.consent_sales: consent_revoked'],
  ],
  [
    'us.consent_sales',
    'given anew after the stop',
    p.NY,
    {
      ...ai,
      consents: [
        ...consent({ revoked_at: '2026-10-01T00:00:00.000Z' }),
        ...consent({ given_at: '2026-10-02T00:00:00.000Z' }),
      ],
    },
    [],
  ],
  ['us.consent_sales', 'none, but a person speaks', p.NY, { consents: [] }, []],
  [
    'us.consent_other',
    'service to a mobile without consent',
    p.NY,
    { ...ai, purpose: 'service', line_type: 'mobile', consents: [] },
    ['us.consent_other: consent_missing'],
  ],
  [
    'us.consent_other',
    'service to a line that could be a mobile',
    p.NY,
    { ...ai, purpose: 'service', line_type: 'unknown', consents: [] },
    ['us.consent_other: consent_missing'],
  ],
  [
    'us.consent_other',
    'service to a landline',
    p.NY,
    { ...ai, purpose: 'service', line_type: 'fixed', consents: [] },
    [],
  ],
  [
    'us.consent_other',
    'express consent to service calls',
    p.NY,
    {
      ...ai,
      purpose: 'service',
      line_type: 'mobile',
      consents: consent({ level: 'express', purposes: ['service'] }),
    },
    [],
  ],
  ['uk.automated', 'none', p.GB, { ...ai, consents: [] }, ['uk.automated: consent_missing']],
  ['uk.automated', 'express', p.GB, { ...ai, consents: consent({ level: 'express' }) }, []],
  ['uk.automated', 'service needs none', p.GB, { ...ai, purpose: 'service', consents: [] }, []],
  ['eu.automated', 'none', p.DE, { ...ai, consents: [] }, ['eu.automated: consent_missing']],
  ['eu.automated', 'express', p.DE, { ...ai, consents: consent({ level: 'express' }) }, []],
  ['ca.automated', 'none', p.ON, { ...ai, consents: [] }, ['ca.automated: consent_missing']],
  ['ca.automated', 'express', p.ON, { ...ai, consents: consent({ level: 'express' }) }, []],
  ['tr.consent', 'none, and a person speaks', p.TR, { consents: [] }, ['tr.consent: consent_missing']],
  ['tr.consent', 'collection needs none', p.TR, { purpose: 'collection', consents: [] }, []],
  [
    'house.auto_dial',
    'a timer without consent',
    p.IN,
    { ...ai, trigger: 'auto_dial', consents: [] },
    ['house.auto_dial: consent_missing'],
  ],
  ['house.auto_dial', 'a timer with consent', p.IN, { ...ai, trigger: 'auto_dial', consents: consent() }, []],
  ['house.auto_dial', 'a click without consent', p.IN, { ...ai, trigger: 'click', consents: [] }, []],
];

const lists: Case[] = [
  ['house.own_dnc', 'asked not to be called', p.IN, { dnc: [list('own', 0, 'listed')] }, ['house.own_dnc: dnc_listed']],
  ['house.own_dnc', 'nobody looked', p.IN, { dnc: [] }, ['house.own_dnc: dnc_list_missing']],
  ['house.own_dnc', 'could not look', p.IN, { dnc: [list('own', 0, 'failed')] }, ['house.own_dnc: dnc_lookup_failed']],
  [
    'house.own_dnc',
    'automated calls only, and a person speaks',
    p.IN,
    { dnc: [{ ...list('own', 0, 'listed'), scope: 'automated' }] },
    [],
  ],
  [
    'house.own_dnc',
    'automated calls only, and an AI speaks',
    p.IN,
    { ...ai, dnc: [{ ...list('own', 0, 'listed'), scope: 'automated' }] },
    ['house.own_dnc: dnc_listed'],
  ],
  [
    'house.own_dnc',
    'another campaign only',
    p.IN,
    { campaign: 'vinfer:b', dnc: [{ ...list('own', 0, 'listed'), scope: 'campaign', campaign: 'vinfer:a' }] },
    [],
  ],
  [
    'house.own_dnc',
    'this campaign',
    p.IN,
    { campaign: 'vinfer:a', dnc: [{ ...list('own', 0, 'listed'), scope: 'campaign', campaign: 'vinfer:a' }] },
    ['house.own_dnc: dnc_listed'],
  ],
  [
    'us.revoke_scope',
    'a stop to another campaign ends automated calls',
    p.NY,
    {
      ...ai,
      campaign: 'vinfer:b',
      dnc: [{ ...list('own', 0, 'listed'), scope: 'campaign', campaign: 'vinfer:a' }, list('us.national', 1)],
    },
    ['us.revoke_scope: dnc_listed'],
  ],
  ['us.dnc_national', 'a copy of 31 days', p.NY, { dnc: [own, list('us.national', 31)] }, []],
  [
    'us.dnc_national',
    'a copy of 32 days',
    p.NY,
    { dnc: [own, list('us.national', 32)] },
    ['us.dnc_national: dnc_list_stale'],
  ],
  ['us.dnc_national', 'no copy', p.NY, { dnc: [own] }, ['us.dnc_national: dnc_list_missing']],
  [
    'us.dnc_national',
    'listed',
    p.NY,
    { consents: [], dnc: [own, list('us.national', 1, 'listed')] },
    ['us.dnc_national: dnc_listed'],
  ],
  [
    'us.dnc_national',
    'listed, with written consent',
    p.NY,
    { consents: consent({ kinds: ['live_human'] }), dnc: [own, list('us.national', 1, 'listed')] },
    [],
  ],
  [
    'us.dnc_national',
    'listed, with express consent only',
    p.NY,
    { consents: consent({ kinds: ['live_human'], level: 'express' }), dnc: [own, list('us.national', 1, 'listed')] },
    ['us.dnc_national: dnc_listed'],
  ],
  ['us.dnc_national', 'service needs none', p.NY, { purpose: 'service', dnc: [own] }, []],
  [
    'uk.tps',
    'a copy of 29 days',
    p.GB,
    { dnc: [own, list('uk.tps', 29), list('uk.ctps', 28)] },
    ['uk.tps: dnc_list_stale'],
  ],
  [
    'uk.ctps',
    'listed',
    p.GB,
    { consents: [], dnc: [own, list('uk.tps', 1), list('uk.ctps', 1, 'listed')] },
    ['uk.ctps: dnc_listed'],
  ],
  [
    'ca.dnc_national',
    'a copy of 32 days',
    p.ON,
    { dnc: [own, list('ca.national', 32)] },
    ['ca.dnc_national: dnc_list_stale'],
  ],
  ['au.dncr', 'a copy of 31 days', p.AU, { dnc: [own, list('au.dncr', 31)] }, ['au.dncr: dnc_list_stale']],
  ['tr.iys', 'a copy of 4 days', p.TR, { dnc: [own, list('tr.iys', 4)] }, ['tr.iys: dnc_list_stale']],
  ['in.preference', 'not known', p.IN, { dnc: [own] }, []],
  ['in.preference', 'refused', p.IN, { dnc: [own, list('in.preference', 1, 'listed')] }, ['in.preference: dnc_listed']],
];

const at = (text: string, more: Partial<DialQuestion['attempts'][number]> = {}) =>
  ({ at: instant(text), kind: 'live_human', outcome: 'attempt', ...more }) as const;
const hoursAgo = (...hours: number[]) =>
  hours.map((ago) => at(new Date(Date.parse('2026-11-03T17:00:00Z') - ago * 3600_000).toISOString()));
const collection = { purpose: 'collection' } as const;

const caps: Case[] = [
  ['us.fl.cap', 'two in 24 hours', p.FL, { attempts: hoursAgo(2, 20) }, []],
  ['us.fl.cap', 'three in 24 hours', p.FL, { attempts: hoursAgo(2, 5, 23.9) }, ['us.fl.cap: attempt_cap']],
  ['us.fl.cap', 'the third is 24 hours old', p.FL, { attempts: hoursAgo(2, 5, 24) }, []],
  ['us.fl.cap', 'yesterday evening counts', p.FL, { attempts: hoursAgo(18, 18.5, 19) }, ['us.fl.cap: attempt_cap']],
  [
    'us.fl.cap',
    'service calls do not count',
    p.FL,
    { attempts: hoursAgo(1, 2, 3).map((attempt) => ({ ...attempt, purpose: 'service' as const })) },
    [],
  ],
  ['us.fl.cap', 'three, but in New York', p.NY, { attempts: hoursAgo(1, 2, 3) }, []],
  ['us.ok.cap', 'three in 24 hours', p.OK, { attempts: hoursAgo(1, 2, 3) }, ['us.ok.cap: attempt_cap']],
  ['us.md.cap', 'three in 24 hours', p.MD, { attempts: hoursAgo(1, 2, 3) }, ['us.md.cap: attempt_cap']],
  ['us.debt_attempts', 'six in a week', p.NY, { ...collection, attempts: hoursAgo(10, 30, 50, 70, 90, 110) }, []],
  [
    'us.debt_attempts',
    'seven in a week',
    p.NY,
    { ...collection, attempts: hoursAgo(10, 30, 50, 70, 90, 110, 167) },
    ['us.debt_attempts: attempt_cap'],
  ],
  [
    'us.debt_conversation',
    'spoken six days ago',
    p.NY,
    { ...collection, attempts: hoursAgo(144).map((one) => ({ ...one, outcome: 'conversation' as const })) },
    ['us.debt_conversation: attempt_cap'],
  ],
  [
    'us.debt_conversation',
    'spoken seven days ago',
    p.NY,
    { ...collection, attempts: hoursAgo(168).map((one) => ({ ...one, outcome: 'conversation' as const })) },
    [],
  ],
  [
    'uk.abandon_lockout',
    'abandoned 71 hours ago',
    p.GB,
    { attempts: [at('2026-10-31T13:00 Europe/London', { outcome: 'abandoned' })] },
    ['uk.abandon_lockout: attempt_cap'],
  ],
  [
    'uk.abandon_lockout',
    'abandoned 72 hours ago',
    p.GB,
    { attempts: [at('2026-10-31T12:00 Europe/London', { outcome: 'abandoned' })] },
    [],
  ],
];

const cases = [...consents, ...lists, ...caps].map(([rule, name, where, ask, blockedBy]) => ({
  ...{ rule, name, where, ask, blockedBy },
}));

describe('what is on record', () => {
  test.each(cases)('$rule: $name', ({ where, ask, blockedBy }) => {
    const verdict = check(question(noonOf(where), where, ask));
    expect(inTheWay(verdict)).toEqual(blockedBy);
    expect(verdict.verdict).toBe(blockedBy.length === 0 ? 'allowed' : 'blocked');
  });

  test('a full cap names when the window rolls on, and waits for the hours to open', () => {
    const attempts = [
      at('2026-11-02T19:30 America/New_York'),
      at('2026-11-03T08:10 America/New_York'),
      at('2026-11-03T09:00 America/New_York'),
    ];
    const verdict = check(question('2026-11-03T12:00 America/New_York', p.FL, { attempts }));
    expect(verdict.next?.clocks).toEqual([{ zone: 'America/New_York', wall: '2026-11-03T19:30' }]);
    const late = check(
      question('2026-11-03T20:10 America/New_York', p.FL, {
        attempts: [...attempts, at('2026-11-03T20:00 America/New_York')],
      }),
    );
    expect(late.next?.clocks[0]?.wall).toBe('2026-11-04T08:10');
  });

  test('attempts of the clock ahead of ours count', () => {
    const attempts = [1, 2, 3].map((minutes) =>
      at(new Date(Date.parse('2026-11-03T17:00:00Z') + minutes * 60_000).toISOString()),
    );
    expect(inTheWay(check(question(noonOf(p.FL), p.FL, { attempts })))).toEqual(['us.fl.cap: attempt_cap']);
  });
});

describe('what must be known', () => {
  test('an unknown zone, country or set of rules blocks, and waiting does not help', () => {
    const unknown: [Place, string][] = [
      [{ ...p.IN, zones: [] }, 'engine.zone: zone_unknown'],
      [{ ...p.IN, zones: ['Asia/Kolkata', 'Mars/Olympus'] }, 'engine.zone: zone_unknown'],
      [{ ...p.IN, country: null }, 'engine.country: country_unknown'],
      [p.NP, 'engine.country: country_without_rules'],
    ];
    for (const [where, reason] of unknown) {
      const verdict = check(question('2026-11-03T12:00 Asia/Kolkata', where));
      expect(inTheWay(verdict)).toEqual([reason]);
      expect(verdict.next).toBeNull();
    }
  });

  test('a US number of unknown state is under the rules of every state', () => {
    const verdict = check(question('2026-11-08T19:30 America/New_York', p.nowhere));
    expect(inTheWay(verdict)).toEqual(['us.al.days: blocked_day', 'us.pa.sunday: blocked_day']);
  });
});

describe('overrides', () => {
  const supervisor = { by: 'sup', role: 'supervisor', reason: 'the customer asked for this hour' } as const;
  const night = '2026-11-03T21:30 Asia/Kolkata';

  test('a supervisor lifts what can be lifted, and it is told and kept', () => {
    const asked = question(night, p.IN, { override: supervisor });
    const verdict = check(asked);
    expect(verdict.verdict).toBe('allowed');
    expect(
      verdict.findings
        .filter(({ effect }) => effect === 'overridden')
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(['house.hours', 'in.hours']);
    expect(receiptOf(asked, verdict).override).toEqual(supervisor);
    expect(explain(verdict)).toContain(
      'Outside the hours of in.hours: it is 21:30 on 2026-11-03 in Asia/Kolkata. A supervisor overrode this.',
    );
  });

  test('an agent lifts nothing', () => {
    expect(check(question(night, p.IN, { override: { ...supervisor, role: 'agent' } })).verdict).toBe('blocked');
  });

  test('nobody lifts do-not-call, nor anything else while that stands', () => {
    for (const state of ['listed', 'failed'] as const) {
      const verdict = check(question(night, p.IN, { override: supervisor, dnc: [list('own', 0, state)] }));
      expect(verdict.verdict).toBe('blocked');
      expect(verdict.findings.some(({ effect }) => effect === 'overridden')).toBe(false);
    }
    expect(check(question(night, p.IN, { override: supervisor, dnc: [] })).verdict).toBe('blocked');
  });

  test('an old list without the number in it is a doubt that a supervisor may settle', () => {
    const dnc = [own, list('us.national', 40)];
    expect(check(question(noonOf(p.NY), p.NY, { dnc, override: supervisor })).verdict).toBe('allowed');
  });
});

describe('what a verdict tells', () => {
  test('rule, pack version, source, reason, data age, and when it would open', () => {
    const verdict = check(question('2026-11-03T22:00 America/New_York', p.FL, { dnc: [own, list('us.national', 40)] }));
    expect(verdict.findings.find(({ rule }) => rule === 'us.dnc_national')).toMatchObject({
      ...{ pack: 'us', pack_version: '2026-11-21', effect: 'block', reason: 'dnc_list_stale', list: 'us.national' },
      ...{ data_age_days: 40, overridable: true },
      source: { url: 'https://www.ecfr.gov/current/title-47/part-64/section-64.1200', basis: 'primary' },
    });
    expect(verdict.findings.find(({ rule }) => rule === 'us.fl.hours')).toMatchObject({
      ...{ zone: 'America/New_York', opens_at: '2026-11-04T13:00:00.000Z' },
    });
    // Tomorrow the list is no younger.
    expect(verdict.next).toBeNull();
    expect(explain(verdict).at(-1)).toBe('Waiting alone will not make this call lawful.');
  });

  test('what must be said and kept, from its date on', () => {
    const noticesAt = (when: string) =>
      check(question(when, p.DE, { kind: 'ai_voice' })).notices.map(({ rule }) => rule);
    expect(noticesAt('2026-08-01T11:00 Europe/Berlin')).not.toContain('eu.disclosure');
    expect(noticesAt('2026-08-03T12:00 Europe/Berlin')).toContain('eu.disclosure');
  });

  test('packs past their review date', () => {
    expect(check(question('2027-01-30T12:00 America/New_York', p.NY)).overdue).toEqual([]);
    expect(
      check(question('2027-01-31T12:00 America/New_York', p.FL))
        .overdue.map(({ pack }) => pack)
        .sort(),
    ).toEqual(['us', 'us-states']);
  });

  test('a receipt holds packs, rules, lists, consents and the number of attempts', () => {
    const asked = question(noonOf(p.FL), p.FL, { ...ai, attempts: hoursAgo(2) });
    const receipt = receiptOf(asked, check(asked));
    expect(receipt).toMatchObject({ verdict: 'allowed', attempts: 1, consents: ['signed-form'], trigger: 'click' });
    expect(receipt.packs.map(({ id }) => id).sort()).toEqual(['house', 'us', 'us-states']);
    expect(receipt.rules).toContainEqual({ rule: 'us.fl.hours', effect: 'pass', reason: 'within_hours' });
    expect(receipt.lists).toContainEqual({ list: 'us.national', date: '2026-11-02T17:00:00.000Z' });
  });
});

test('every rule that decides is under test', async () => {
  const { moments } = await import('./hours.cases');
  const tested = new Set([...moments.map(({ rule }) => rule), ...cases.map(({ rule }) => rule)]);
  const deciding = packs.flatMap(({ rules }) => rules).filter(({ kind }) => kind !== 'notice');
  expect(deciding.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
});
