/**
 * Everything that can be asked of the database, for every dialect: the one list in which rooms register their works.
 * Arguments and results must survive a structured clone, because SQLite lives in a thread. The types of the asking side
 * are derived from this table.
 */
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { Arrival, DeliveryFilter, Refusal } from '../deliveries/port';
import { DeliveryTable } from '../deliveries/table';
import { gatewayWorks } from '../gateway/store/works';
import type { SweepLimits } from '../retention/port';
import { Retention } from '../retention/table';
import type { Viewer } from '../routing/audience';
import type { Sighting } from '../sightings/port';
import { SightingTable } from '../sightings/table';
import { ClaimRegister } from './claims';
import type { Log } from './log';
import type { AgentRecord, AppendResult, Claim, ClaimRequest, NewEvent } from './port';
import type { Work } from './sql';

/** A readiness probe takes more room than a usual webhook: on a disk with a few bytes left, both must fail. */
const PROBE_CHARS = 64 * 1024;

/** `writes` share a transaction and one sync; `reads` see what is committed; `upkeep` runs outside any transaction. */
export function worksOn(log: Log) {
  const claims = new ClaimRegister(log);
  const gateway = gatewayWorks(log);
  const deliveries = new DeliveryTable();
  const retention = new Retention(log);
  const sightings = new SightingTable();

  function* append(events: NewEvent[], arrival?: Arrival): Work<AppendResult> {
    const offsets: (number | null)[] = [];
    for (const event of events) offsets.push(yield* log.append(event));
    if (arrival === undefined) return { offsets };
    const repeated = offsets.every((offset) => offset === null);
    const verdict = repeated ? 'repeated' : arrival.unknown ? 'unknown' : 'accepted';
    const calls = new Set(events.flatMap(({ facts }) => (facts.call === undefined ? [] : [facts.call])));
    return { offsets, delivery: yield* deliveries.recordArrival(arrival, verdict, [...calls]) };
  }
  function* check(): Work<void> {
    yield* log.setMeta('checked', String(yield* log.head()).padEnd(PROBE_CHARS));
  }
  function* page(after: number, viewer: Viewer, limit: number) {
    return yield* log.reader.page(after, viewer, limit, yield* log.head());
  }
  function* snapshots(viewer: Viewer, since: number, limit: number) {
    return yield* log.reader.snapshots(viewer, since, limit, yield* log.head());
  }

  return {
    writes: {
      ...gateway.writes,
      append,
      claim: (request: ClaimRequest) => claims.claim(request),
      renew: (request: ClaimRequest) => claims.renew(request),
      release: (request: ClaimRequest & { reason: string }) => claims.release(request),
      lapse: (claim: Pick<Claim, 'call' | 'seq' | 'renewals'>, now: number) => claims.lapse(claim, now),
      putAgent: (agent: Omit<AgentRecord, 'since'>, tokenHash: string) => log.putAgent(agent, tokenHash),
      removeAgent: (id: string) => log.agentTable.remove(id),
      setPresence: (id: string, presence: { connected: boolean; state?: AgentState }) =>
        log.agentTable.setPresence(id, presence),
      recordRefusals: (refusals: Refusal[]) => deliveries.recordRefusals(refusals),
      noteDurations: (durations: { id: number; ms: number }[]) => deliveries.noteDurations(durations),
      removeDeliveries: (ids: number[]) => deliveries.remove(ids),
      markUnderstood: (id: number, calls: string[]) => deliveries.markUnderstood(id, calls),
      sweep: (limits: SweepLimits) => retention.sweep(limits),
      forget: (numbers: string[], now: number) => retention.forget(numbers, now),
      recordSighting: (sighting: Sighting) => sightings.record(sighting),
      newEpoch: () => log.newEpoch(),
      check,
    },
    reads: {
      ...gateway.reads,
      deliveries: (filter: DeliveryFilter) => deliveries.list(filter),
      delivery: (id: number) => deliveries.get(id),
      deliveryBodies: (after: number, limit: number) => deliveries.bodies(after, limit),
      leadTimes: (agent: string, from: number) => sightings.leadTimes(agent, from),
      activeClaims: () => claims.active(),
      page,
      snapshots,
      agents: () => log.agentTable.list(),
      agentByToken: (tokenHash: string) => log.agentTable.byToken(tokenHash),
    },
    upkeep: {
      scrub: () => log.dialect.scrub(),
    },
  };
}

export type Works = ReturnType<typeof worksOn>;
type AllWorks = Works['writes'] & Works['reads'] & Works['upkeep'];
export type OperationName = keyof AllWorks;
type ResultOf<W> = W extends Work<infer T> ? T : never;

/** What the asking side sees of the works. */
export type Operations = {
  [N in OperationName]: (...args: Parameters<AllWorks[N]>) => ResultOf<ReturnType<AllWorks[N]>>;
};

/** One request to the database, with the arguments of its operation. */
export type Request = { [N in OperationName]: { id: number; name: N; args: Parameters<Operations[N]> } }[OperationName];

/** Asks the database; rejects with a StoreError. */
export type Ask = <N extends OperationName>(
  name: N,
  ...args: Parameters<Operations[N]>
) => Promise<ReturnType<Operations[N]>>;

type AnyWork = (...args: readonly unknown[]) => Work<unknown>;

/** The works of one kind by their names. */
export function byName(works: Works[keyof Works]): ReadonlyMap<string, AnyWork> {
  return new Map(Object.entries(works) as [string, AnyWork][]);
}
