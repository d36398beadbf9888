/** Looking at thousands of places leaves the loop to others in between. */
import { expect, test } from 'vitest';
import type { DialVerdict } from '../../../src/shared/contract/dialling';
import type { JudgeLane } from '../../../src/relay/leads/hours';
import { createLeadsLeft } from '../../../src/relay/leads/left';
import type { LaneRow, LeftRow, ListRow } from '../../../src/relay/leads/port';
import { simulate } from '../../../src/relay/leads/simulate';
import { TestClock } from '../gateway/support/harness';

const LANES = 3_000;
/** Checks that nothing else has to wait for: a few milliseconds of them. */
const AT_A_TIME = 500;

const list = { id: 1, name: 'all', paused: false, builtin: null, settings: { purpose: 'sales', kind: 'ai_voice' } };
const where = (n: number) => JSON.stringify({ country: 'US', regions: [String(n)], zones: ['America/New_York'] });
const verdict = (more: Partial<DialVerdict>) =>
  ({ verdict: 'allowed', findings: [], next: null, overdue: [], ...more }) as unknown as DialVerdict;

/** How often the loop came round, and how many checks were made, while something was done. */
async function turnsOf(work: (judge: JudgeLane) => unknown, answer: (at: number) => Partial<DialVerdict> = () => ({})) {
  let [turns, checks] = [0, 0];
  let next: NodeJS.Immediate;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  next = setImmediate(count);
  const result = await work((_settings, _where, at) => {
    checks += 1;
    return verdict(answer(at));
  });
  clearImmediate(next);
  return { turns, checks, result };
}

const lanes = Array.from({ length: LANES }, (_, n): LaneRow => {
  return { list: 1, place: n, segment: 0, where: where(n), closedUntil: 0, counts: { ready: 1 } };
});
const simulatedOver = (of: readonly LaneRow[]) => (judge: JudgeLane) =>
  simulate({
    ...{ list: list as unknown as ListRow, lanes: of, blocked: [], now: 0, judge },
    request: { list: '1', hours: 6 },
  });
const simulated = simulatedOver(lanes);

test('a simulation of a whole country takes many turns of the loop', async () => {
  const { turns, checks } = await turnsOf(simulated);
  expect(checks).toBe(LANES * 13);
  expect(turns).toBeGreaterThan(checks / AT_A_TIME);
});

test('a simulation asks as often however many segments a list has', async () => {
  const inSegments = [1, 2, 3].flatMap((segment) =>
    lanes.map((lane) => ({ ...lane, segment, place: segment * LANES + lane.place })),
  );
  const { checks, result } = await turnsOf(simulatedOver([...lanes, ...inSegments]));
  expect(checks).toBe(LANES * 13);
  expect((result as Awaited<ReturnType<typeof simulated>>).callable_at_start).toBe(LANES * 4);
});

test('a closed lane is not asked again before it opens, and counts from then on', async () => {
  const opens = 2.5 * 3600_000;
  const answer = (at: number): Partial<DialVerdict> =>
    at >= opens ? {} : { verdict: 'blocked', next: { at: new Date(opens).toISOString(), clocks: [] } };
  const { checks, result } = await turnsOf(simulated, answer);
  const { slots, callable_at_start: atStart } = result as Awaited<ReturnType<typeof simulated>>;
  expect([atStart, ...slots.map(({ callable }) => callable / LANES)]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  expect(checks).toBe(LANES * (1 + 1 + 7));
});

test('what is left of lists is counted in many turns of the loop', async () => {
  const places = Array.from({ length: LANES }, (_, n) => ({
    where: where(n),
    state: 'ready' as const,
    n: 1,
    paused: false,
  }));
  const left: LeftRow[] = [{ list: 1, held: 0, due: null, places }];
  const { turns } = await turnsOf((judge) =>
    createLeadsLeft({
      store: { left: () => Promise.resolve(left) },
      lists: { all: () => Promise.resolve([list as unknown as ListRow]) },
      ...{ judge, clock: new TestClock() },
    })(),
  );
  expect(turns).toBeGreaterThan(LANES / AT_A_TIME);
});
