/** What can be asked of the database thread. The types of the client side are derived from this table. */
import type { AgentState } from '../../../shared/contract/desk-protocol';
import type { Viewer } from '../../routing/audience';
import type { AgentRecord, AppendResult, Claim, ClaimRequest, NewEvent } from '../port';
import { gatewayOperationsOn } from '../../gateway/sqlite/operations';
import type { Arrival, DeliveryFilter, Refusal } from '../../deliveries/port';
import { DeliveryTable } from '../../deliveries/sqlite';
import type { SweepLimits } from '../../retention/port';
import { Retention } from '../../retention/sqlite';
import type { Sighting } from '../../sightings/port';
import { SightingTable } from '../../sightings/sqlite';
import { ClaimRegister } from './claims';
import type { Engine } from './engine';

/** A readiness probe takes more room than a usual webhook: on a disk with a few bytes left, both must fail. */
const PROBE_CHARS = 64 * 1024;

export function operationsOn(engine: Engine) {
  const claims = new ClaimRegister(engine);
  const gateway = gatewayOperationsOn(engine);
  const deliveries = new DeliveryTable(engine.database);
  const retention = new Retention(engine);
  const sightings = new SightingTable(engine.database);
  return {
    writes: {
      ...gateway.writes,
      append: (events: NewEvent[], arrival?: Arrival) => append(engine, deliveries, events, arrival),
      claim: (request: ClaimRequest) => claims.claim(request),
      renew: (request: ClaimRequest) => claims.renew(request),
      release: (request: ClaimRequest & { reason: string }) => claims.release(request),
      lapse: (claim: Pick<Claim, 'call' | 'seq' | 'renewals'>, now: number) => claims.lapse(claim, now),
      putAgent: (agent: Omit<AgentRecord, 'since'>, tokenHash: string) => engine.putAgent(agent, tokenHash),
      removeAgent: (id: string) => engine.agentTable.remove(id),
      setPresence: (id: string, presence: { connected: boolean; state?: AgentState }) =>
        engine.agentTable.setPresence(id, presence),
      recordRefusals: (refusals: Refusal[]) => deliveries.recordRefusals(refusals),
      noteDurations: (durations: { id: number; ms: number }[]) => deliveries.noteDurations(durations),
      removeDeliveries: (ids: number[]) => deliveries.remove(ids),
      markUnderstood: (id: number, calls: string[]) => deliveries.markUnderstood(id, calls),
      sweep: (limits: SweepLimits) => retention.sweep(limits),
      forget: (numbers: string[], now: number) => retention.forget(numbers, now),
      recordSighting: (sighting: Sighting) => sightings.record(sighting),
      newEpoch: () => engine.newEpoch(),
      check: () => engine.setMeta('checked', String(engine.position().head).padEnd(PROBE_CHARS)),
    },
    reads: {
      ...gateway.reads,
      deliveries: (filter: DeliveryFilter) => deliveries.list(filter),
      delivery: (id: number) => deliveries.get(id),
      deliveryBodies: (after: number, limit: number) => deliveries.bodies(after, limit),
      leadTimes: (agent: string, from: number) => sightings.leadTimes(agent, from),
      scrub: () => retention.scrub(),
      activeClaims: () => claims.active(),
      page: (after: number, viewer: Viewer, limit: number) =>
        engine.reader.page(after, viewer, limit, engine.position().head),
      snapshots: (viewer: Viewer, since: number, limit: number) =>
        engine.reader.snapshots(viewer, since, limit, engine.position().head),
      agents: () => engine.agentTable.list(),
      agentByToken: (tokenHash: string) => engine.agentTable.byToken(tokenHash) ?? null,
    },
  };
}

function append(engine: Engine, deliveries: DeliveryTable, events: NewEvent[], arrival?: Arrival): AppendResult {
  const offsets = events.map((event) => engine.append(event));
  if (arrival === undefined) return { offsets };
  const repeated = offsets.every((offset) => offset === null);
  const verdict = repeated ? 'repeated' : arrival.unknown ? 'unknown' : 'accepted';
  const calls = new Set(events.flatMap(({ facts }) => (facts.call === undefined ? [] : [facts.call])));
  return { offsets, delivery: deliveries.recordArrival(arrival, verdict, [...calls]) };
}

type Tables = ReturnType<typeof operationsOn>;
export type Operations = Tables['writes'] & Tables['reads'];
export type OperationName = keyof Operations;

/** One request to the database thread, with the arguments of its operation. */
export type Request = { [N in OperationName]: { id: number; name: N; args: Parameters<Operations[N]> } }[OperationName];
