/** Over random packs, places and moments: strictness is monotone, and the next lawful instant is exactly that. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DialQuestion } from '../../../src/shared/contract/dialling';
import { policyPackSchema, weekdays, type PolicyPack } from '../../../src/shared/contract/dialling-policies';
import { createDialCheck } from '../../../src/shared/lib/dialling/check';
import { isZone, wallOf } from '../../../src/shared/lib/dialling/zone-clock';
import { wallTimeOf } from '../../../src/shared/lib/wall-time';
import { packs, places, question } from './support';

const RUNS = { numRuns: 300 };
const MINUTE_MS = 60_000;
/** Around every change of the clocks of 2026 and 2027, and far from it. */
const CHANGES = [
  '2026-03-08T07:00Z',
  '2026-03-29T01:00Z',
  '2026-10-03T15:30Z',
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
];
const moment = fc.oneof(
  fc.integer({ min: Date.parse('2026-02-01T00:00Z'), max: Date.parse('2027-10-01T00:00Z') }),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -36 * 60, max: 36 * 60 }))
    .map(([at, minutes]) => Date.parse(at) + minutes * MINUTE_MS),
);
const zone = fc.constantFrom(
  ...['America/New_York', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/Dublin'],
  ...['Africa/Casablanca', 'Pacific/Apia', 'Pacific/Chatham', 'America/Havana', 'Asia/Gaza', 'UTC'],
);
const wall = fc
  .integer({ min: 0, max: 48 })
  .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
const stretch = fc.tuple(wall, wall).filter(([from, to]) => from < to);
const windows = fc.array(stretch, { maxLength: 3 });
const base = {
  summary: 'a rule made up for a test',
  source: { url: 'docs/dialling.md', basis: 'house' },
  effective_from: null,
  checked: '2026-01-01',
};
const date = fc.constantFrom('2026-03-08', '2026-11-01', '2026-10-25', '2026-12-25', '2027-01-01');
const timeRule = fc.oneof(
  fc.tuple(...weekdays.map(() => windows)).map((days) => ({
    ...{ ...base, kind: 'calling_window' },
    days: Object.fromEntries(weekdays.map((day, index) => [day, days[index] ?? []])),
  })),
  fc.tuple(stretch, fc.boolean()).map(([open, closedOnHolidays]) => ({
    ...{ ...base, kind: 'calling_window' },
    days: Object.fromEntries(weekdays.map((day) => [day, [open]])),
    ...(closedOnHolidays ? { holiday: [] } : {}),
  })),
  fc
    .record({ weekdays: fc.subarray([...weekdays], { maxLength: 3 }), dates: fc.array(date), holidays: fc.boolean() })
    .map((rest) => ({ ...base, kind: 'blocked_days', ...rest })),
  fc
    .record({ max: fc.integer({ min: 1, max: 4 }), hours: fc.constantFrom(1, 24, 72, 168) })
    .map((rest) => ({ ...base, kind: 'attempt_cap', ...rest })),
);
const factRule = fc.oneof(
  fc
    .record({ level: fc.constantFrom('express', 'written') })
    .map((rest) => ({ ...base, kind: 'consent_required', ...rest })),
  fc.record({ list: fc.constantFrom('own', 'none') }).map((rest) => ({ ...base, kind: 'dnc_list', ...rest })),
);

function packOf(rules: object[]): PolicyPack {
  return policyPackSchema.parse({
    ...{ format: 1, id: 'made-up', version: '2026-01-01', title: 'Made up', countries: ['IN'] },
    ...{ effective_from: '2026-01-01', checked: '2026-01-01', review_by: '2030-01-01' },
    holidays: {
      ...{ source: base.source, checked: '2026-01-01', from: '2026-01-01', to: '2027-12-31' },
      dates: ['2026-11-02', '2026-12-25', '2027-01-01'],
    },
    rules: rules.map((rule, index) => ({ id: `test.rule${index}`, ...rule })),
  });
}

const asked = fc
  .record({
    at: moment,
    zones: fc.uniqueArray(zone, { minLength: 1, maxLength: 3 }),
    ago: fc.array(fc.integer({ min: -10, max: 10 * 24 * 60 }), { maxLength: 8 }),
    consents: fc.boolean(),
  })
  .map(({ at, zones, ago, consents }): DialQuestion => {
    const attempts = ago.map((minutes) => new Date(at - minutes * MINUTE_MS).toISOString());
    return question(
      new Date(at).toISOString(),
      { ...places.IN, zones },
      {
        attempts: attempts.map((when) => ({ at: when, kind: 'live_human', outcome: 'attempt' })),
        ...(consents ? {} : { consents: [] }),
      },
    );
  });

const isAllowed = (rules: PolicyPack[], { at, ...rest }: DialQuestion, shift = 0) =>
  createDialCheck(rules)({ ...rest, at: new Date(Date.parse(at) + shift).toISOString() }).verdict === 'allowed';

test('another rule never allows more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(timeRule, factRule), { maxLength: 4 }),
      fc.oneof(timeRule, factRule),
      asked,
      (rules, more, ask) => {
        if (isAllowed([packOf([...rules, more])], ask)) expect(isAllowed([packOf(rules)], ask)).toBe(true);
      },
    ),
    RUNS,
  );
});

test('another zone never allows more', () => {
  fc.assert(
    fc.property(fc.array(timeRule, { minLength: 1, maxLength: 3 }), asked, zone, (rules, ask, more) => {
      const wider = { ...ask, zones: [...ask.zones, more] };
      if (isAllowed([packOf(rules)], wider)) expect(isAllowed([packOf(rules)], ask)).toBe(true);
    }),
    RUNS,
  );
});

test('the next lawful instant is lawful, and no minute before it is', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(timeRule, { minLength: 1, maxLength: 3 }), asked, (rules, ask) => {
      const check = createDialCheck([packOf(rules)]);
      const { next } = check(ask);
      if (next === null) return;
      found += 1;
      const opens = Date.parse(next.at);
      const from = Date.parse(ask.at);
      const verdictAt = (at: number) => check({ ...ask, at: new Date(at).toISOString() }).verdict;
      expect(verdictAt(opens)).toBe('allowed');
      expect(verdictAt(opens - 1)).toBe('blocked');
      for (let step = 1; step <= 60; step += 1) {
        const before = opens - step * MINUTE_MS;
        if (before >= from) expect(verdictAt(before)).toBe('blocked');
      }
      for (let at = from; at < opens; at += 29 * MINUTE_MS) expect(verdictAt(at)).toBe('blocked');
    }),
    { numRuns: 120 },
  );
  expect(found).toBeGreaterThan(20);
});

test('a call that may be made now says nothing of later, and no next time means none within two weeks', () => {
  fc.assert(
    fc.property(fc.array(timeRule, { minLength: 1, maxLength: 3 }), asked, (rules, ask) => {
      const check = createDialCheck([packOf(rules)]);
      const { verdict, next } = check(ask);
      if (verdict === 'allowed') expect(next).toBeNull();
      if (verdict === 'allowed' || next !== null) return;
      for (let hours = 0; hours < 14 * 24; hours += 1) {
        const at = new Date(Date.parse(ask.at) + hours * 60 * MINUTE_MS).toISOString();
        expect(check({ ...ask, at }).verdict).toBe('blocked');
      }
    }),
    { numRuns: 40 },
  );
});

test('under the packs as they are shipped, the next lawful instant is lawful too', () => {
  const check = createDialCheck(packs);
  const where = fc.constantFrom(...Object.values(places).filter(({ country }) => country !== 'NP'));
  const ask = fc.record({
    kind: fc.constantFrom('ai_voice' as const, 'live_human' as const),
    purpose: fc.constantFrom('sales' as const, 'service' as const, 'collection' as const, 'survey' as const),
  });
  fc.assert(
    fc.property(moment, where, ask, (at, place, what) => {
      const live = [{ list: 'own' }, { list: 'us.national' }, { list: 'uk.tps' }, { list: 'uk.ctps' }];
      const lists = [...live, { list: 'ca.national' }, { list: 'au.dncr' }, { list: 'tr.iys' }];
      const dnc = lists.map(({ list }) => ({ list, state: 'not_listed' as const, scope: 'all' as const }));
      const now = question(new Date(at).toISOString(), place, { ...what, dnc });
      const { verdict, next } = check(now);
      if (verdict === 'allowed') return;
      expect(next).not.toBeNull();
      const opens = Date.parse(next?.at ?? '');
      expect(check({ ...now, at: new Date(opens).toISOString() }).verdict).toBe('allowed');
      expect(check({ ...now, at: new Date(opens - 1).toISOString() }).verdict).toBe('blocked');
    }),
    RUNS,
  );
});

test('the fast clock shows what the runtime shows', () => {
  fc.assert(
    fc.property(moment, zone, (at, name) => {
      expect(wallOf(name, at)).toBe(wallTimeOf(at, name));
    }),
    { numRuns: 2_000 },
  );
  expect(isZone('Mars/Olympus')).toBe(false);
});
