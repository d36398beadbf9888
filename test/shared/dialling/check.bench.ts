/** How fast a dial is checked: `npx vitest bench --run test/shared/dialling`. Aim: at least 50,000 a second on one core. */
import { bench, describe } from 'vitest';
import { check, places, question } from './support';

const attempts = [1, 20, 40].map((hours) => ({
  at: new Date(Date.parse('2026-11-03T17:00:00Z') - hours * 3600_000).toISOString(),
  kind: 'live_human' as const,
  outcome: 'attempt' as const,
}));

describe('dial check', () => {
  const allowed = Object.values(places).map((place) => question('2026-11-03T17:00:00Z', place, { attempts }));
  const night = question('2026-11-03T22:00 America/New_York', places.FL, { attempts });
  const holidays = question('2026-12-24T20:00 Australia/Sydney', places.AU);
  let turn = 0;

  bench('places of every pack, at one moment', () => {
    const next = allowed[turn % allowed.length];
    turn += 1;
    if (next !== undefined) check(next);
  });
  bench('blocked for the night, with the search for the morning', () => {
    check(night);
  });
  bench('blocked over Christmas and a weekend', () => {
    check(holidays);
  });
});
