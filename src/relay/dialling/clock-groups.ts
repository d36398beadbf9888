/** Zones that show the same clock: a table of places names one of each group, a record any of them. */
import { DAY_MS, isZone, segmentAt } from '../../shared/lib/dialling/zone-clock';

/** The days over which the zones of a group have been compared (`places/countries.json`): all of 2026 and 2027. */
const FROM = Date.UTC(2026, 0, 1);
const UNTIL = Date.UTC(2028, 0, 1);
/** What a zone's clock does: its offsets, and on which days they change. */
function clockOf(zone: string): string {
  const changes: string[] = [];
  let before: number | undefined;
  for (let at = FROM; at < UNTIL; at += DAY_MS) {
    const { offset } = segmentAt(zone, at);
    if (offset !== before) changes.push(`${at} ${offset}`);
    before = offset;
  }
  return changes.join();
}

type SameClock = (zone: string, others: readonly string[]) => boolean;

/** Whether a zone shows the clock of one of the others. What was found of a zone is remembered. */
export function createSameClock(): SameClock {
  // The runtime knows a few hundred zones.
  const known = new Map<string, string>();
  const remembered = (zone: string): string => {
    const clock = known.get(zone) ?? clockOf(zone);
    known.set(zone, clock);
    return clock;
  };
  return (zone, others) => {
    if (others.includes(zone)) return true;
    if (!isZone(zone)) return false;
    const clock = remembered(zone);
    return others.some((other) => remembered(other) === clock);
  };
}
