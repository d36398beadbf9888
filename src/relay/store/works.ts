/**
 * Everything that can be asked of the database, for every dialect: the one list in which rooms register their works.
 * Arguments and results must survive a structured clone, because SQLite lives in a thread. The types of the asking side
 * are derived from this table.
 */
import { randomBytes } from 'node:crypto';
import type { AgentState } from '../../shared/contract/desk-protocol';
import { consentWorks } from '../consents/works';
import { crmWorks } from '../crm/works';
import type { Arrival, DeliveryFilter, Refusal } from '../deliveries/port';
import { DeliveryTable } from '../deliveries/table';
import { dialWorks } from '../dialling/works';
import { dncWorks } from '../dnc/works';
import { gatewayWorks } from '../gateway/store/works';
import type { NewInviteRecord } from '../invites/port';
import { InviteTable } from '../invites/table';
import { leadWorks } from '../leads/store/works';
import type { SweepLimits } from '../retention/port';
import { Retention } from '../retention/table';
import type { Viewer } from '../routing/audience';
import type { Sighting } from '../sightings/port';
import { SightingTable } from '../sightings/table';
import { appendBatch, type AppendRequest } from './append';
import { ClaimRegister } from './claims';
import type { Log } from './log';
import type { AgentRecord, AppendResult, Claim, ClaimRequest, NewEvent, Seat, SeatRequest } from './port';
import { run, type Work } from './sql';

/** A readiness probe takes more room than a usual webhook: on a disk with a few bytes left, both must fail. */
const PROBE_BYTES = 48 * 1024;

/**
 * `writes` share a transaction and one sync, and nobody else writes to the log meanwhile. `asides` write too, but nothing
 * that a write decides by, and need not wait their turn. `reads` see what is committed; `upkeep` runs outside any
 * transaction.
 */
export function worksOn(log: Log) {
  const claims = new ClaimRegister(log);
  const gateway = gatewayWorks(log);
  const leads = leadWorks(log);
  const deliveries = new DeliveryTable(log.dialect);
  const retention = new Retention(log);
  const sightings = new SightingTable();
  const dialling = dialWorks(log);
  const dnc = dncWorks();
  const consents = consentWorks();
  const invites = new InviteTable(log);
  const crm = crmWorks();

  function* append(events: NewEvent[], arrival?: Arrival): Work<AppendResult> {
    const [result] = yield* appendBatch(log, deliveries, [{ events, ...(arrival === undefined ? {} : { arrival }) }]);
    return result ?? { offsets: [] };
  }
  function* removeAgent(id: string): Work<boolean> {
    yield* invites.void(id);
    return yield* log.removeAgent(id);
  }
  function* check(): Work<void> {
    yield* run(
      `INSERT INTO meta (key, value) VALUES ('checked', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      randomBytes(PROBE_BYTES).toString('base64'),
    );
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
      ...dialling.writes,
      ...dnc.writes,
      ...consents.writes,
      ...crm.writes,
      ...leads.writes,
      append,
      claim: (request: ClaimRequest) => claims.claim(request),
      renew: (request: ClaimRequest) => claims.renew(request),
      release: (request: ClaimRequest & { reason: string }) => claims.release(request),
      lapse: (claim: Pick<Claim, 'call' | 'seq' | 'renewals'>, now: number) => claims.lapse(claim, now),
      putAgent: (agent: Omit<AgentRecord, 'since'>, tokenHash: string) => log.putAgent(agent, tokenHash),
      removeAgent,
      putInvite: (invite: NewInviteRecord, now: number) => invites.put(invite, now),
      redeemInvite: (codeHash: string, tokenHash: string, now: number) => invites.redeem(codeHash, tokenHash, now),
      removeDeliveries: (ids: number[]) => deliveries.remove(ids),
      markUnderstood: (id: number, calls: string[]) => deliveries.markUnderstood(id, calls),
      sweep: (limits: SweepLimits) => retention.sweep(limits),
      forget: (numbers: string[], now: number) => retention.forget(numbers, now),
      newEpoch: () => log.newEpoch(),
      adoptHistory: (history: string, seen: number) => log.adoptHistory(history, seen),
    },
    asides: {
      takeSeat: (request: SeatRequest) => log.seats.take(request),
      leaveSeat: (seat: Seat) => log.seats.leave(seat),
      doubtSeat: (agent: string) => log.seats.doubt(agent),
      setState: (agent: string, state: AgentState) => log.seats.setState(agent, state),
      recordRefusals: (refusals: Refusal[]) => deliveries.recordRefusals(refusals),
      noteDurations: (durations: { id: number; ms: number }[]) => deliveries.noteDurations(durations),
      recordSighting: (sighting: Sighting, viewer: Viewer) => sightings.record(sighting, viewer),
      check,
    },
    reads: {
      ...gateway.reads,
      ...dialling.reads,
      ...dnc.reads,
      ...consents.reads,
      ...crm.reads,
      ...leads.reads,
      deliveries: (filter: DeliveryFilter) => deliveries.list(filter),
      delivery: (id: number) => deliveries.get(id),
      heldByUnknown: (events: { source: string; id: string }[]) => deliveries.heldByUnknown(events),
      deliveryBodies: (after: number, limit: number) => deliveries.bodies(after, limit),
      leadTimes: (agent: string, from: number) => sightings.leadTimes(agent, from),
      activeClaims: () => claims.active(),
      overdueClaims: (sinceMs: number) => claims.overdue(sinceMs),
      page,
      snapshots,
      leadTimesOfAll: (from: number) => sightings.leadTimesOfAll(from),
      presences: () => log.seats.presences(),
      agents: () => log.agentTable.list(),
      roster: () => log.agentTable.roster(),
      agentByToken: (tokenHash: string) => log.agentTable.byToken(tokenHash),
    },
    /** Requests to `append` that came together, as one. */
    appendBatch: (requests: readonly AppendRequest[]) => appendBatch(log, deliveries, requests),
    upkeep: {
      scrub: () => log.dialect.scrub(),
    },
  };
}

export type Works = Pick<ReturnType<typeof worksOn>, 'writes' | 'asides' | 'reads' | 'upkeep'>;
type AllWorks = Works['writes'] & Works['asides'] & Works['reads'] & Works['upkeep'];
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

interface AppendBatch {
  ids: number[];
  append: AppendRequest[];
}

/** Requests in their order, those to append that follow each other as one. */
export function batchesOf(requests: readonly Request[]): (AppendBatch | { other: Request })[] {
  const batches: (AppendBatch | { other: Request })[] = [];
  for (const request of requests) {
    const last = batches.at(-1);
    if (request.name !== 'append') batches.push({ other: request });
    else {
      const [events, arrival] = request.args;
      const append = { events, ...(arrival === undefined ? {} : { arrival }) };
      if (last !== undefined && 'append' in last) {
        last.ids.push(request.id);
        last.append.push(append);
      } else batches.push({ ids: [request.id], append: [append] });
    }
  }
  return batches;
}
