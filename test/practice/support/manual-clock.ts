import type { Clock } from '../../../src/practice/clock';

/** A clock that only moves when told to, running what falls due in order of time. */
export function manualClock(start = Date.parse('2026-03-02T09:00:00Z')) {
  let now = start;
  let serial = 0;
  const waiting = new Map<number, { due: number; run: () => void }>();
  const nextDue = () => [...waiting].sort(([a, x], [b, y]) => x.due - y.due || a - b)[0];
  const clock: Clock = {
    scale: 1,
    now: () => now,
    after: (ms, run) => {
      const id = (serial += 1);
      waiting.set(id, { due: now + ms, run });
      return () => waiting.delete(id);
    },
    since: (instant) => now - instant,
    stop: () => waiting.clear(),
  };
  return {
    ...clock,
    advance: (ms: number) => {
      const until = now + ms;
      for (let next = nextDue(); next !== undefined && next[1].due <= until; next = nextDue()) {
        waiting.delete(next[0]);
        now = next[1].due;
        next[1].run();
      }
      now = until;
    },
    /** Milliseconds until the next thing happens, if anything is planned. */
    untilNext: () => {
      const next = nextDue();
      return next === undefined ? undefined : next[1].due - now;
    },
  };
}
