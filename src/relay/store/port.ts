/**
 * What the relay needs of a store: a log with offsets, an exact dedupe, a claim register, agents. Everything is
 * asynchronous, so that a database in a worker thread and one across a network both fit. A write that resolved is
 * durable. `test/contract/store-contract.ts` holds every implementation to this.
 */
import type { AgentRole, AgentState } from '../../shared/contract/desk-protocol';
import type { ConsentStore } from '../consents/port';
import type { CrmStore } from '../crm/port';
import type { Arrival, DeliveryStore } from '../deliveries/port';
import type { DialStore } from '../dialling/port';
import type { DncStore } from '../dnc/port';
import type { FloorStore } from '../floor/port';
import type { InviteStore } from '../invites/port';
import type { CallbackStore } from '../callbacks/port';
import type { ImportStore } from '../leads/import/port';
import type { LeadStore } from '../leads/port';
import type { RetentionStore } from '../retention/port';
import type { SightingStore } from '../sightings/port';
import type { Audience, Viewer } from '../routing/audience';
import type { GatewayStore } from '../gateway/store-port';
import type { EventFacts } from '../routing/facts';

/** An event about to be appended. `body` is the whole CloudEvent as JSON. */
export interface NewEvent {
  source: string;
  id: string;
  /** Epoch ms. */
  received: number;
  facts: EventFacts;
  body: string;
}

/** One row of the log with everything a desk's stream needs to know about it. */
export interface LogEntry {
  offset: number;
  /** The CloudEvent as JSON. */
  body: string;
  call?: string;
  audience: Audience;
  /** Present when this event moved a call that already had a history to another audience. */
  moved?: {
    from: Audience;
    /** The call folded up to, not including, this event, as JSON. */
    snapshot: string;
  };
}

export interface AppendResult {
  /** Offset per event of the request, in order; null for one that was already in the log. */
  offsets: (number | null)[];
  /** Id of the delivery, when the append was one. */
  delivery?: number;
}

/** A granted or held claim. `renewals` counts extensions, so that a stale lapse can be told from a fresh one. */
export interface Claim {
  call: string;
  agent: { id: string; name: string };
  seq: number;
  renewals: number;
}

export type ClaimOutcome =
  | { ok: true; claim: Claim }
  | { ok: false; reason: 'not_found' | 'ended' | 'not_yours' }
  | { ok: false; reason: 'claimed'; by: { id: string; name: string } };

export interface ClaimRequest {
  call: string;
  agent: { id: string; name: string };
  viewer: Viewer;
  /** Epoch ms by the relay's clock, for the event. */
  now: number;
  leaseMs: number;
}

/** An agent without the token, of which only the SHA-256 is ever stored. */
export interface AgentRecord {
  id: string;
  name: string;
  numbers: string[];
  queues: string[];
  role: AgentRole;
  /** Head of the log when what this agent may see last changed: earlier positions cannot be resumed. */
  since: number;
}

/** An agent's one active desk. */
export interface Seat {
  agent: string;
  /** Names the connection. */
  desk: string;
}

export interface SeatRequest extends Seat {
  /** Names the running desk program, where it said so: it may take its own seat from a link that is not yet known to be dead. */
  instance?: string;
  /** Another desk gives way. */
  takeover: boolean;
}

export interface Page {
  entries: LogEntry[];
  /** Everything up to here has been looked at. */
  upTo: number;
}

export interface Snapshots {
  /** Head of the log at which the snapshots stand. */
  offset: number;
  /** Folded calls as JSON. */
  calls: string[];
}

export interface Position {
  epoch: string;
  /** Greatest offset in the log. */
  head: number;
  /** Positions before this one cannot be resumed: what followed them has been deleted. */
  floor: number;
}

/** Why a write did not become durable. `full`: no room; `io`: the disk failed; `fault`: a defect of ours. */
export type StoreFault = 'full' | 'io' | 'busy' | 'closed' | 'fault';

export class StoreError extends Error {
  constructor(
    readonly fault: StoreFault,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

export interface Store {
  /** Current position, as of the last commit this process has seen. */
  position(): Position;
  /**
   * Appends the events of one request, all or none; resolves only once durable.
   * @param arrival the webhook request that brought them, recorded as a delivery in the same commit
   */
  append(events: NewEvent[], arrival?: Arrival): Promise<AppendResult>;
  /** Called in offset order, once per entry, before the promise of the write that caused it resolves. */
  onAppended(listener: (entries: LogEntry[]) => void): void;

  /** Called when agents were added, changed or removed, here or through another relay of the same store. */
  onAgentsChanged(listener: () => void): void;
  /** Called when the log's past changed, so that the epoch is another: what is kept of it in memory no longer counts. */
  onRestarted(listener: () => void): void;

  claim(request: ClaimRequest): Promise<ClaimOutcome>;
  renew(request: ClaimRequest): Promise<ClaimOutcome>;
  release(request: ClaimRequest & { reason: string }): Promise<ClaimOutcome>;
  /** Frees a claim whose lease ran out, unless it was renewed or replaced meanwhile. */
  lapse(claim: Pick<Claim, 'call' | 'seq' | 'renewals'>, now: number): Promise<{ freed: boolean; current?: Claim }>;
  activeClaims(): Promise<Claim[]>;
  /** Claims whose lease, by the store's clock, ended at least `sinceMs` ago: their relay did not free them. */
  overdueClaims(sinceMs: number): Promise<Claim[]>;

  /** Entries after an offset that concern the viewer, oldest first, at most `limit`. */
  page(after: number, viewer: Viewer, limit: number): Promise<Page>;
  /**
   * Every call the viewer may see with activity at or after `since` (epoch ms), newest first, at most `limit`: calls that have
   * ended, and are nobody's, are left out first.
   */
  snapshots(viewer: Viewer, since: number, limit: number): Promise<Snapshots>;

  /** Creates or replaces an agent. A replaced agent's old token stops working. */
  putAgent(agent: Omit<AgentRecord, 'since'>, tokenHash: string): Promise<AgentRecord>;
  /** False when there was none. */
  removeAgent(id: string): Promise<boolean>;
  agents(): Promise<AgentRecord[]>;
  /** Everybody with the hash of their token. */
  roster(): Promise<(AgentRecord & { tokenHash: string })[]>;
  agentByToken(tokenHash: string): Promise<AgentRecord | undefined>;

  /**
   * Makes a desk its agent's active one, for all relays. The relay has settled who gives way among its own desks.
   * False: a desk at another relay keeps the seat.
   */
  takeSeat(request: SeatRequest): Promise<boolean>;
  /** The desk is gone. Harmless when the seat is another's already. */
  leaveSeat(seat: Seat): Promise<void>;
  /** Has the relay that keeps an agent's seat find out whether the desk is still there. */
  doubtSeat(agent: string): Promise<void>;
  /** Called when another relay took a seat over, or doubts that the desk is still there. */
  onSeatLost(listener: (seat: Seat & { doubted: boolean }) => void): void;
  setState(agent: string, state: AgentState): Promise<void>;

  /** Whether relays share the store. One that has it to itself keeps its leases by its own timers. */
  readonly shared: boolean;
  /** Whether this relay does what is done once for all of them: sweeping, catching up. */
  readonly onDuty: () => boolean;
  /** What to add to this machine's clock to have the store's, ms: the same time for all relays. */
  readonly clockOffset: () => number;
  /** Resolves once `position` is what was committed when it was asked, by any relay. */
  refresh(): Promise<void>;

  /** What the REST gateway keeps: idempotency keys, outcomes on their way, learned capabilities, its reads. */
  gateway: GatewayStore;

  /** Attempts to call with their receipts, and the facts of a number. */
  dialling: DialStore;
  dnc: DncStore;
  consents: ConsentStore;
  crm: CrmStore;
  leads: LeadStore;
  leadImports: ImportStore;
  callbacks: CallbackStore;

  deliveries: DeliveryStore;
  retention: RetentionStore;
  sightings: SightingStore;
  invites: InviteStore;
  floor: FloorStore;

  /** Rejects with a StoreError when the store cannot be reached or written. */
  check(): Promise<void>;
  close(): Promise<void>;
}
