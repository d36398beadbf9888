/**
 * Frames of `GET /desk` (WebSocket, subprotocol `handover.v1`), both directions, close codes and limits (DESIGN §4.3).
 * Unknown keys are ignored on both sides, so either end may be newer.
 */
import { z } from 'zod';
import { callSnapshotSchema } from './call';
import { callbacksFrameSchema } from './callbacks';
import { callIdSchema, handoverEventSchema, instantSchema, platformNameSchema } from './events';

export const DESK_SUBPROTOCOL = 'handover.v1';

/** Limits of the desk protocol. */
export const DESK_LIMITS = {
  /** Largest frame a desk may send, bytes: commands are tiny, so anything bigger is an error or an attack. */
  maxClientFrameBytes: 64 * 1024,
  /** A socket that has not said hello by then is closed with 4009. */
  helloWithinMs: 10_000,
  /** The relay pings this often. */
  heartbeatS: 25,
  /** A desk that has heard nothing for this long treats the link as dead (ping 25 s + 8 s grace). */
  deadAfterMs: 33_000,
  /** Unsent bytes after which a slow desk is cut off with 4008. */
  maxQueuedBytes: 1024 * 1024,
  /** Time without any drain after which a slow desk is cut off with 4008. */
  maxUndrainedMs: 10_000,
  /** A claim lives this long without a renew. */
  leaseS: 30,
  /** Reconnect backoff: full jitter between 0 and min(cap, base * 2^n). */
  reconnectBaseMs: 500,
  reconnectCapMs: 30_000,
} as const;

/** Close codes and whether a desk may reconnect by itself afterwards. */
export const DESK_CLOSE = {
  goingAway: { code: 1001, reconnect: true },
  tokenRefused: { code: 4001, reconnect: false },
  takenOver: { code: 4002, reconnect: false },
  protocolError: { code: 4003, reconnect: false },
  tooSlow: { code: 4008, reconnect: true },
  noHello: { code: 4009, reconnect: true },
} as const;

export const agentStateSchema = z.enum(['available', 'busy', 'wrapup', 'break', 'offline']);
export type AgentState = z.infer<typeof agentStateSchema>;

export const agentRoleSchema = z.enum(['agent', 'supervisor', 'admin']);
export type AgentRole = z.infer<typeof agentRoleSchema>;

export const deskPositionSchema = z.object({ epoch: z.string().min(1).max(100), offset: z.int().nonnegative() });
export type DeskPosition = z.infer<typeof deskPositionSchema>;

const commandId = z.int().positive();

export const deskCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    id: commandId,
    position: deskPositionSchema.nullable(),
    client: z.object({
      app: z.string().max(100),
      version: z.string().max(50),
      /** Names this running desk: the same instance coming back replaces its own, perhaps half-open, old link. */
      instance: z.string().max(100).optional(),
    }),
    /** True: this desk takes over from another one of the same agent, on purpose of the person. */
    takeover: z.boolean().optional(),
  }),
  z.object({ type: z.literal('state'), id: commandId, value: agentStateSchema }),
  z.object({ type: z.literal('claim'), id: commandId, call: callIdSchema }),
  z.object({ type: z.literal('renew'), id: commandId, call: callIdSchema }),
  z.object({ type: z.literal('release'), id: commandId, call: callIdSchema, reason: z.string().max(200) }),
  z.object({
    type: z.literal('seen'),
    id: commandId,
    call: callIdSchema,
    painted: instantSchema,
    seen: instantSchema.optional(),
  }),
]);
export type DeskCommand = z.infer<typeof deskCommandSchema>;

export const deskAgentSchema = z.object({
  id: z.string(),
  name: z.string(),
  numbers: z.array(z.string()),
  queues: z.array(z.string()),
  role: agentRoleSchema,
});
export type DeskAgent = z.infer<typeof deskAgentSchema>;

/** What a platform can and cannot tell, so that the desk can say so instead of showing an empty pane. */
export const platformTraitsSchema = z.object({
  name: platformNameSchema,
  label: z.string(),
  live_transcript: z.boolean(),
  escalation_summary: z.boolean(),
  /** Whether the platform tells of escalations at all. */
  escalates: z.boolean(),
  /** Addresses of recordings are good for this long. Absent: for ever, or nobody knows. */
  recording_hours: z.number().positive().optional(),
});
export type PlatformTraits = z.infer<typeof platformTraitsSchema>;

/** Codes of refused commands. `claimed`: somebody else has it; `not_found`: not this desk's to see, or unknown. */
export const deskErrorCodeSchema = z.enum([
  'claimed',
  'not_found',
  'not_yours',
  'ended',
  'bad_command',
  'busy',
  'unavailable',
]);
export const deskErrorSchema = z.object({
  code: deskErrorCodeSchema,
  message: z.string(),
  by: z.object({ id: z.string(), name: z.string() }).optional(),
  /** Worth trying again unchanged. */
  temporary: z.boolean(),
});
export type DeskError = z.infer<typeof deskErrorSchema>;

const okReply = z.object({
  type: z.literal('reply'),
  re: commandId,
  ok: z.literal(true),
  /** Claim and renew only: seconds until the lease lapses. */
  lease_s: z.number().optional(),
});

export const helloReplySchema = z.object({
  type: z.literal('reply'),
  re: commandId,
  ok: z.literal(true),
  agent: deskAgentSchema,
  epoch: z.string(),
  /** Head of the log now. With `recovered` the missed events up to here follow; without, `calls` holds their effect. */
  offset: z.int().nonnegative(),
  recovered: z.boolean(),
  heartbeat_s: z.number(),
  server_time: instantSchema,
  platforms: z.array(platformTraitsSchema),
  /**
   * Only when `recovered` is false: every call this agent may see that had activity in the last 24 hours, newest first. Of more
   * than 500, calls that have ended and are nobody's are left out first, and of those the oldest.
   */
  calls: z.array(callSnapshotSchema).optional(),
});
export type HelloReply = z.infer<typeof helloReplySchema>;

export const errorReplySchema = z.object({
  type: z.literal('reply'),
  re: commandId,
  ok: z.literal(false),
  error: deskErrorSchema,
});

export const eventFrameSchema = z.object({
  type: z.literal('event'),
  offset: z.int().nonnegative(),
  /**
   * Offset of the previous event this desk was sent; for the first one the position it resumed from, or the hello
   * reply's offset when that was not recovered. A mismatch is a gap: reconnect.
   */
  prev: z.int().nonnegative(),
  event: handoverEventSchema,
});
export const callFrameSchema = z.object({ type: z.literal('call'), call: callSnapshotSchema });
export const goneFrameSchema = z.object({ type: z.literal('gone'), call: callIdSchema });

/** Anything the relay sends. Try in this order: hello replies are ok replies with more in them. */
export const relayFrameSchema = z.union([
  eventFrameSchema,
  callFrameSchema,
  goneFrameSchema,
  callbacksFrameSchema,
  helloReplySchema,
  okReply,
  errorReplySchema,
]);
export type RelayFrame = z.infer<typeof relayFrameSchema>;
export type OkReply = z.infer<typeof okReply>;
export type ErrorReply = z.infer<typeof errorReplySchema>;
