import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantsOf, wallTimeOf } from '../../src/shared/lib/wall-time';

const at = (iso: string) => Date.parse(iso);

test.each([
  ['2026-07-01T10:00', 'Asia/Kolkata', '2026-07-01T04:30:00Z'],
  ['2026-07-01T10:00', 'Europe/Istanbul', '2026-07-01T07:00:00Z'],
  ['2026-07-01T10:00', 'America/New_York', '2026-07-01T14:00:00Z'],
  ['2026-01-01T10:00', 'America/New_York', '2026-01-01T15:00:00Z'],
  ['2026-02-28T23:59', 'Asia/Kathmandu', '2026-02-28T18:14:00Z'],
])('%s in %s is %s', (wall, zone, instant) => {
  expect(instantsOf(wall, zone)).toEqual({ kind: 'one', at: at(instant) });
});

test('an hour that was left out is said to be missing', () => {
  expect(instantsOf('2026-03-08T02:30', 'America/New_York')).toEqual({
    kind: 'gap',
    after: at('2026-03-08T07:30:00Z'),
  });
});

test('an hour that comes twice gives both instants', () => {
  expect(instantsOf('2026-11-01T01:30', 'America/New_York')).toEqual({
    kind: 'twice',
    first: at('2026-11-01T05:30:00Z'),
    second: at('2026-11-01T06:30:00Z'),
  });
});

test('what is no time and what is no zone is told apart', () => {
  expect(instantsOf('2026-02-30T10:00', 'Asia/Kolkata')).toEqual({ kind: 'not_a_time' });
  expect(instantsOf('2026-02-20T10:00', 'Asia/Atlantis')).toEqual({ kind: 'unknown_zone' });
});

test('from an instant to the wall and back is the same minute, in every zone and season', () => {
  const zones = ['UTC', 'Asia/Kolkata', 'Europe/Istanbul', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'];
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: at('2020-01-01'), max: at('2035-01-01') }), (zone, ms) => {
      const minute = Math.floor(ms / 60_000) * 60_000;
      const back = instantsOf(wallTimeOf(minute, zone) ?? '', zone);
      const instants = back.kind === 'one' ? [back.at] : back.kind === 'twice' ? [back.first, back.second] : [];
      expect(instants).toContain(minute);
    }),
  );
});
