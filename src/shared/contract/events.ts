/**
 * The one event dialect of Handover Desk: CloudEvents 1.0 in JSON, one `type` per thing that can happen to a call.
 * Platform adapters produce these, the relay's log keeps them, desks receive them, and the call fold consumes them.
 * Optional means "the platform did not say"; unknown extra fields of `data` are kept (loose objects).
 */
import { z } from 'zod';
import { amountSchema } from './amounts';

/** Short name of a voice platform, also its folder under `src/platforms`. Lower-case, at most 32 characters. */
export const platformNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** `<platform>:<the platform's call id as a string>`; the id part may hold any character but control characters. */
export const callIdSchema = z
  .string()
  .max(300)
  // eslint-disable-next-line no-control-regex -- control characters in an id would reach logs and headers
  .regex(/^[a-z][a-z0-9-]{0,31}:[^\u0000-\u001f\u007f]+$/);
export type CallId = z.infer<typeof callIdSchema>;

/** RFC 3339 instant in UTC (`…Z`), so that string order is time order. Adapters normalise to milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3 });

/**
 * How sure the relay is that the platform sent this: `signed` (HMAC over the raw body), `secret` (a secret path or
 * header only), `open` (nothing checked, by configuration). The relay's own events are `signed`.
 */
export const trustSchema = z.enum(['signed', 'secret', 'open']);
export type Trust = z.infer<typeof trustSchema>;

export const speakerSchema = z.enum(['customer', 'ai', 'agent']);

const contactSchema = z.looseObject({ name: z.string().optional(), phone: z.string().optional() });

/** Who started the call from our side: set by the relay when an agent started it through `POST /v1/calls`. */
const originSchema = z.looseObject({ agent: z.string().optional(), lead: z.string().optional() });

const callProgressData = z.looseObject({
  direction: z.enum(['inbound', 'outbound']).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  campaign: z.string().optional(),
  contact: contactSchema.optional(),
  origin: originSchema.optional(),
});

/** One utterance. `at` is when it was said; without it only the order in its list is known. */
export const turnSchema = z.looseObject({
  speaker: speakerSchema,
  text: z.string(),
  at: instantSchema.optional(),
});
export type Turn = z.infer<typeof turnSchema>;

const turnData = turnSchema.extend({
  partial: z.boolean(),
  /** Stable per utterance within the call: a later version of the same utterance replaces an earlier one. */
  key: z.string(),
});

const endedData = z.looseObject({
  direction: z.enum(['inbound', 'outbound']).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  campaign: z.string().optional(),
  contact: contactSchema.optional(),
  reason: z.string().optional(),
  /** Whole or fractional seconds, never negative. */
  duration_seconds: z.number().nonnegative().optional(),
  outcome: z.string().optional(),
  /** The platform's own value, unmapped: `interested`, `callback_requested`, … customers add their own. */
  disposition: z.string().optional(),
  callback_time: instantSchema.optional(),
  escalated: z.boolean().optional(),
  /** Pre-signed and short-lived on VInfer (72 h): never store as a permanent link. */
  recording_url: z.string().optional(),
  transcript_url: z.string().optional(),
  summary: z.string().optional(),
  sentiment: z.string().optional(),
  qa_score: z.number().optional(),
  language: z.string().optional(),
  /** The complete conversation where the platform sends it at the end; it supersedes the live turns. */
  turns: z.array(turnSchema).optional(),
  custom_fields: z.record(z.string(), z.unknown()).optional(),
});

const dispositionData = z.looseObject({
  value: z.string(),
  by: z.enum(['ai', 'agent', 'platform']),
  agent: z.string().optional(),
  notes: z.string().optional(),
  amount: z.looseObject(amountSchema.shape).optional(),
  /** The caller asked not to be called again, with their words as evidence. */
  dnc: z.looseObject({ scope: z.string(), verbatim: z.string().optional() }).optional(),
  /** Requested call-back: instant, IANA zone and the wall time as spoken. */
  callback: z
    .looseObject({ at: instantSchema, zone: z.string().optional(), wall_time: z.string().optional() })
    .optional(),
});

/** Every event type with the shape of its `data` (DESIGN §3). */
export const eventDataSchemas = {
  'call.started': callProgressData,
  'call.ringing': callProgressData,
  'call.answered': callProgressData,
  'call.turn': turnData,
  'call.interrupted': z.looseObject({ text: z.string().optional(), at: instantSchema.optional() }),
  'call.tool': z.looseObject({
    name: z.string(),
    arguments: z.unknown().optional(),
    result: z.unknown().optional(),
  }),
  'call.stalled': z.looseObject({ seconds: z.number().optional(), message: z.string().optional() }),
  'call.escalated': z.looseObject({
    /** The platform's own word: `sentiment_negative`, `explicit_request`, … Words for agents are the desk's. */
    trigger: z.string().optional(),
    to: z.string().optional(),
    transfer: z.enum(['warm', 'cold', 'unknown']),
    label: z.string().optional(),
    summary: z.string().optional(),
    contact: contactSchema.optional(),
    campaign: z.string().optional(),
    from: z.string().optional(),
    language: z.string().optional(),
    custom_fields: z.record(z.string(), z.unknown()).optional(),
  }),
  'call.ended': endedData,
  'call.disposition': dispositionData,
  'call.transcript': z.looseObject({
    transcript_url: z.string().optional(),
    turns: z.array(turnSchema).optional(),
  }),
  'call.failed': z.looseObject({ message: z.string() }),
  'call.claimed': z.looseObject({
    agent: z.looseObject({ id: z.string(), name: z.string() }),
    lease_until: instantSchema,
    /** Counts up per call across claims and releases: the order that the fold trusts, not the clock. */
    seq: z.int().nonnegative(),
  }),
  'call.released': z.looseObject({
    agent: z.looseObject({ id: z.string(), name: z.string() }),
    reason: z.string(),
    seq: z.int().nonnegative(),
  }),
  'campaign.started': z.looseObject({ campaign: z.string(), totals: z.record(z.string(), z.unknown()).optional() }),
  'campaign.paused': z.looseObject({ campaign: z.string(), totals: z.record(z.string(), z.unknown()).optional() }),
  'campaign.completed': z.looseObject({ campaign: z.string(), totals: z.record(z.string(), z.unknown()).optional() }),
  /** Authentic but not understood. The raw body is in the deliveries, `reason` says what stopped the decoder. */
  'platform.unknown': z.looseObject({ reason: z.string(), type: z.string().optional() }),
} as const;

export type EventType = keyof typeof eventDataSchemas;
export type EventData<T extends EventType> = z.infer<(typeof eventDataSchemas)[T]>;

const envelope = {
  specversion: z.literal('1.0'),
  /** The platform's event id, else `sha256:<hex>` of source and raw body; further events of one body add `#<n>`. */
  id: z.string().min(1).max(300),
  /** `/platforms/<name>`, or `/relay` for what the relay itself decides (claims, dispositions, started calls). */
  source: z.string().min(1).max(100),
  /** `<platform>:<call id>`; campaign events use `<platform>:campaign/<id>`, unknown bodies have none. */
  subject: z.string().max(300).optional(),
  /** When it happened, by the platform's clock. */
  time: instantSchema,
  /** When the relay received it, by the relay's clock. */
  receivedtime: instantSchema,
  istest: z.boolean(),
  /** An escalation that was already older than the lateness limit (45 s) on receipt: listed as missed, never rings. */
  late: z.boolean(),
  trust: trustSchema,
};

function eventSchema<T extends EventType>(type: T) {
  return z.looseObject({ ...envelope, type: z.literal(type), data: eventDataSchemas[type] });
}

/** Any event of the log. Discriminated by `type`. */
export const handoverEventSchema = z.discriminatedUnion('type', [
  eventSchema('call.started'),
  eventSchema('call.ringing'),
  eventSchema('call.answered'),
  eventSchema('call.turn'),
  eventSchema('call.interrupted'),
  eventSchema('call.tool'),
  eventSchema('call.stalled'),
  eventSchema('call.escalated'),
  eventSchema('call.ended'),
  eventSchema('call.disposition'),
  eventSchema('call.transcript'),
  eventSchema('call.failed'),
  eventSchema('call.claimed'),
  eventSchema('call.released'),
  eventSchema('campaign.started'),
  eventSchema('campaign.paused'),
  eventSchema('campaign.completed'),
  eventSchema('platform.unknown'),
]);
export type HandoverEvent = z.infer<typeof handoverEventSchema>;
export type EventOf<T extends EventType> = Extract<HandoverEvent, { type: T }>;

/** Default age beyond which an escalation is missed rather than ringing, in seconds (DESIGN §3 "Late"). */
export const LATE_AFTER_S = 45;
