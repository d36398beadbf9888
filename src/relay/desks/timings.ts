import { DESK_LIMITS } from '../../shared/contract/desk-protocol';

/** Every wait of the desk protocol, in ms unless the name says otherwise. Shortened by tests only. */
export interface DeskTimings {
  helloWithinMs: number;
  heartbeatMs: number;
  /** A ping unanswered for this long ends the link. */
  pongWithinMs: number;
  leaseMs: number;
  maxUndrainedMs: number;
  maxQueuedBytes: number;
  /** How long another desk of the same agent has to prove it is alive before a new one replaces it. */
  probeMs: number;
  /** How long a closing handshake may take before the socket is dropped. */
  closeWithinMs: number;
}

export const DESK_TIMINGS: DeskTimings = {
  helloWithinMs: DESK_LIMITS.helloWithinMs,
  heartbeatMs: DESK_LIMITS.heartbeatS * 1000,
  pongWithinMs: DESK_LIMITS.deadAfterMs - DESK_LIMITS.heartbeatS * 1000,
  leaseMs: DESK_LIMITS.leaseS * 1000,
  maxUndrainedMs: DESK_LIMITS.maxUndrainedMs,
  maxQueuedBytes: DESK_LIMITS.maxQueuedBytes,
  probeMs: 2_000,
  closeWithinMs: 3_000,
};
