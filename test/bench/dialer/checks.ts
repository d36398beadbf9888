/** How fast a dial is checked, on one core: the shared check with the packs as they are shipped. */
import { check, places, question } from '../../shared/dialling/support';
import { judged, row, type Row } from '../measure';

const AIM_PER_SECOND = 50_000;
/** Checks between two looks at the clock. */
const BATCH = 200;
const WARM_MS = 300;

function perSecond(seconds: number, once: (turn: number) => void): number {
  const run = (forMs: number): number => {
    const began = performance.now();
    let turns = 0;
    while (performance.now() - began < forMs) for (let n = 0; n < BATCH; n += 1) once(turns++);
    return (turns * 1000) / (performance.now() - began);
  };
  run(WARM_MS);
  return Math.round(run(seconds * 1000));
}

/** @param seconds of each of the three measurements */
export function dialChecks(seconds: number): Row[] {
  const attempts = [1, 20, 40].map((hours) => ({
    at: new Date(Date.parse('2026-11-03T17:00:00Z') - hours * 3600_000).toISOString(),
    kind: 'live_human' as const,
    outcome: 'attempt' as const,
  }));
  const everywhere = Object.values(places).map((place) => question('2026-11-03T17:00:00Z', place, { attempts }));
  const night = question('2026-11-03T22:00 America/New_York', places.FL, { attempts });
  const holidays = question('2026-12-24T20:00 Australia/Sydney', places.AU);
  const asked = [
    { what: 'dial check, places of every pack', of: everywhere },
    { what: 'dial check, blocked for the night', of: [night] },
    { what: 'dial check, blocked over Christmas and a weekend', of: [holidays] },
  ];
  return asked.map(({ what, of }) => {
    const rate = perSecond(seconds, (turn) => {
      const next = of[turn % of.length];
      if (next !== undefined) check(next);
    });
    const aim = judged(`≥ ${AIM_PER_SECOND}/s`, rate >= AIM_PER_SECOND);
    return row({ what, server: 'shared check', value: `${rate}/s`, aim, raw: { rate } });
  });
}
