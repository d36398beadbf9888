/** Before a shift: how many of a list may be called when, and what stands in the way. Asked per lane, not per lead. */
import type { DialVerdict } from '../../shared/contract/dialling';
import type { Simulation, SimulateRequest } from '../../shared/contract/leads';
import type { Places } from '../dialling/places';
import type { JudgeLane } from './hours';
import type { LaneRow, ListRow } from './port';

const SLOT_MS = 30 * 60_000;
const HOUR_MS = 3600_000;

type Obstacle = Simulation['rules'][number];

/** Leads that hours alone decide about, and all that are not done with. */
const waiting = ({ counts }: LaneRow) => (counts.ready ?? 0) + (counts.later ?? 0) + (counts.held ?? 0);
const left = (lane: LaneRow) => waiting(lane) + (lane.counts.blocked ?? 0);

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

/** Costs one check per lane and half hour. */
export function simulate({ list, lanes, blocked, request, now, judge }: SimulationInput): Simulation {
  const start = request.at === undefined ? now : Date.parse(request.at);
  const open = lanes.filter((lane) => left(lane) > 0);
  const ask = (lane: LaneRow, at: number) =>
    judge(list.settings, JSON.parse(lane.where) as Places, at, { kind: request.kind });
  const atStart = open.map((lane) => ({ lane, verdict: ask(lane, start) }));
  const callable = (at: number) =>
    open.reduce((n, lane) => n + (ask(lane, at).verdict === 'allowed' ? waiting(lane) : 0), 0);
  const slots = Array.from({ length: (request.hours * HOUR_MS) / SLOT_MS }, (_, index) => {
    const at = start + index * SLOT_MS;
    return { from: new Date(at).toISOString(), callable: callable(at) };
  });
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
