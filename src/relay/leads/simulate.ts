/** Before a shift: how many of a list may be called when, and what stands in the way. Asked per lane, not per lead. */
import type { DialVerdict } from '../../shared/contract/dialling';
import type { Simulation, SimulateRequest } from '../../shared/contract/leads';
import type { Places } from '../dialling/places';
import type { JudgeLane } from './hours';
import type { LaneRow, ListRow } from './port';
import { createTurns } from './turns';

const SLOT_MS = 30 * 60_000;
const HOUR_MS = 3600_000;

type Obstacle = Simulation['rules'][number];

/** Leads that hours alone decide about, and all that are not done with. */
const waiting = ({ counts }: LaneRow) => (counts.ready ?? 0) + (counts.later ?? 0) + (counts.held ?? 0);
const left = (lane: LaneRow) => waiting(lane) + (lane.counts.blocked ?? 0);
const STATES_LEFT = ['ready', 'later', 'held', 'blocked'] as const;

/** Leads that could be in the same places have the same hours, whatever their segment. */
function byPlace(lanes: readonly LaneRow[]): LaneRow[] {
  const found = new Map<string, LaneRow>();
  for (const lane of lanes) {
    const known = found.get(lane.where);
    const counts = { ...known?.counts };
    for (const state of STATES_LEFT) counts[state] = (counts[state] ?? 0) + (lane.counts[state] ?? 0);
    found.set(lane.where, { ...lane, counts });
  }
  return [...found.values()];
}

function obstaclesOf(lane: LaneRow, { findings }: DialVerdict): Obstacle[] {
  return findings
    .filter(({ effect }) => effect === 'block')
    .map(({ rule, pack, reason, opens_at }) => ({
      rule,
      pack,
      reason,
      leads: waiting(lane),
      opens_at: opens_at ?? null,
    }));
}

function merged(obstacles: readonly Obstacle[]): Obstacle[] {
  const byRule = new Map<string, Obstacle>();
  for (const one of obstacles) {
    const key = `${one.rule} ${one.reason}`;
    const known = byRule.get(key);
    const opens = [known?.opens_at, one.opens_at].filter((at) => typeof at === 'string').sort()[0] ?? null;
    byRule.set(key, { ...one, leads: one.leads + (known?.leads ?? 0), opens_at: opens });
  }
  return [...byRule.values()].sort((a, b) => b.leads - a.leads);
}

export interface SimulationInput {
  list: ListRow;
  lanes: readonly LaneRow[];
  /** Leads that waiting does not help, by what stands in their way. */
  blocked: readonly { by: string; leads: number }[];
  request: SimulateRequest;
  now: number;
  judge: JudgeLane;
}

/** How many of a lane may be called at each of these times. A closed lane is not asked again before it may open. */
async function callableOf(lane: LaneRow, times: readonly number[], ask: Ask): Promise<number[]> {
  let closedUntil = Number.NEGATIVE_INFINITY;
  const counts: number[] = [];
  for (const at of times) {
    if (at >= closedUntil) {
      const { verdict, next } = await ask(lane, at);
      if (verdict !== 'allowed') closedUntil = next === null ? Number.POSITIVE_INFINITY : Date.parse(next.at);
    }
    counts.push(at < closedUntil ? 0 : waiting(lane));
  }
  return counts;
}

type Ask = (lane: LaneRow, at: number) => Promise<DialVerdict>;

/** Costs at most one check per lane and half hour, in many turns of the loop. */
export async function simulate(input: SimulationInput): Promise<Simulation> {
  const { list, lanes, blocked, request, now, judge } = input;
  const start = request.at === undefined ? now : Date.parse(request.at);
  const open = byPlace(lanes).filter((lane) => left(lane) > 0);
  const turn = createTurns();
  const ask = async (lane: LaneRow, at: number) => {
    await turn();
    return judge(list.settings, JSON.parse(lane.where) as Places, at, { kind: request.kind });
  };
  const times = Array.from({ length: (request.hours * HOUR_MS) / SLOT_MS }, (_, index) => start + index * SLOT_MS);
  const callable = times.map(() => 0);
  const atStart: { lane: LaneRow; verdict: DialVerdict }[] = [];
  for (const lane of open) {
    atStart.push({ lane, verdict: await ask(lane, start) });
    const counts = await callableOf(lane, times, ask);
    for (const [index, n] of counts.entries()) callable[index] = (callable[index] ?? 0) + n;
  }
  const slots = times.map((at, index) => ({ from: new Date(at).toISOString(), callable: callable[index] ?? 0 }));
  const others = blocked.map(({ by, leads }): Obstacle => {
    const { rule, reason } = JSON.parse(by === '' ? '{"rule":"unknown","reason":"unknown"}' : by) as Obstacle;
    return { rule, reason, pack: rule.slice(0, rule.indexOf('.')), leads, opens_at: null };
  });
  const overdue = new Map(atStart.flatMap(({ verdict }) => verdict.overdue.map((pack) => [pack.pack, pack] as const)));
  return {
    list: String(list.id),
    at: new Date(start).toISOString(),
    leads: open.reduce((n, lane) => n + left(lane), 0),
    callable_at_start: slots[0]?.callable ?? 0,
    slots,
    rules: merged([...atStart.flatMap(({ lane, verdict }) => obstaclesOf(lane, verdict)), ...others]),
    places: atStart.map(({ lane, verdict }) => {
      const { country, regions, zones } = JSON.parse(lane.where) as Places;
      const now_ = verdict.verdict === 'allowed';
      const of = { country, regions, zones, leads: left(lane), callable: now_ ? waiting(lane) : 0 };
      return { ...of, next_at: verdict.next?.at ?? null };
    }),
    overdue: [...overdue.values()],
  };
}
