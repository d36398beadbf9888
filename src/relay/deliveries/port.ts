/** Every webhook request that reached the relay, kept to be looked at, and to be decoded again after an upgrade. */
import type { Trust } from '../../shared/contract/events';

/**
 * `accepted`: at least one event was new. `repeated`: all were known. `unknown`: authentic, but not understood.
 * `refused`: not authentic. `unavailable`: could not be made durable, the platform was asked to come again.
 */
export type Verdict = 'accepted' | 'repeated' | 'unknown' | 'refused' | 'unavailable';

/** What is known of a request before its events are appended; written in the same commit as they are. */
export interface Arrival {
  platform: string;
  /** Epoch ms. */
  received: number;
  /** Size of the body. */
  bytes: number;
  trust: Trust;
  /** An event could not be understood. */
  unknown: boolean;
  /** An escalation came too late to ring. */
  late: boolean;
  /** The raw body, encrypted. */
  sealed: Uint8Array;
}

/** A request that brought no events. */
export interface Refusal {
  platform: string;
  received: number;
  bytes: number;
  verdict: 'refused' | 'unavailable';
  status: number;
  duration_ms: number;
  reason: string;
  /** Requests like it that were only counted, because there were too many to write down. */
  uncounted: number;
}

export interface Delivery {
  id: number;
  platform: string;
  received: number;
  verdict: Verdict;
  status: number;
  /** Null while the answer was just given, or the relay ended before it was noted. */
  duration_ms: number | null;
  bytes: number;
  trust: Trust | null;
  late: boolean;
  reason: string | null;
  calls: string[];
  /** Whether the body is still kept. */
  kept: boolean;
}

export interface DeliveryFilter {
  platform?: string;
  verdict?: string;
  limit: number;
  offset: number;
}

export interface DeliveryStore {
  recordRefusals(refusals: Refusal[]): Promise<void>;
  noteDurations(durations: { id: number; ms: number }[]): Promise<void>;
  /** Newest first. */
  list(filter: DeliveryFilter): Promise<{ total: number; deliveries: Delivery[] }>;
  get(id: number): Promise<{ delivery: Delivery; sealed: Uint8Array | null } | undefined>;
  /** The kept bodies after an id, oldest first: to look for a person in them. */
  bodies(after: number, limit: number): Promise<{ id: number; sealed: Uint8Array }[]>;
  remove(ids: number[]): Promise<number>;
  /** Those of these ids that events of the log hold which were not understood. */
  heldByUnknown(events: { source: string; id: string }[]): Promise<string[]>;
  /** A replay understood what was unknown. */
  markUnderstood(id: number, calls: string[]): Promise<void>;
}
