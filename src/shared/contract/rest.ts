/**
 * The relay's REST API, `/v1` (docs/rest.md): what a client sends and what it gets. Requests are strict, so a misspelt
 * key is an error and not silence; answers may grow keys, so clients ignore what they do not know. Every error is an
 * `application/problem+json` body of the shape of `problemSchema`.
 */
import { z } from 'zod';
import { amountSchema } from './amounts';
import { callSnapshotSchema } from './call';
import { callKindSchema, dncScopeSchema, purposeSchema } from './dialling-policies';
import { callIdSchema, instantSchema, platformNameSchema, trustSchema } from './events';
import { MAX_PAGE, pageAnswer, pageQuery } from './paging';
import { e164Schema } from './phone';
import { callReceiptSchema } from './receipts';

/** Limits of the REST API. */
export const REST_LIMITS = {
  /** Longest Idempotency-Key, characters: a UUID needs 36. */
  maxKeyChars: 255,
  /** Idempotency keys are remembered this long: longer than any laptop stays switched off. */
  keepKeysDays: 30,
  maxPage: MAX_PAGE,
  maxNotesChars: 10_000,
} as const;

/**
 * Why a request was not done; stable, clients may switch on it. `unclear`: the platform may have acted, a person decides.
 * `dial_blocked`: a rule does not allow the call now; the body's `dial` holds the verdict (`dialAnswerSchema`).
 */
export const problemCodeSchema = z.enum([
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'too_many_attempts',
  'rate_limited',
  'idempotency_key_missing',
  'idempotency_key_in_use',
  'idempotency_key_reused',
  'unclear',
  'dial_blocked',
  'call_limit',
  'timer_forbidden',
  'not_held',
  'number_held',
  'time_unclear',
  'already_decided',
  'amount_needed',
  'unsupported',
  'platform_refused',
  'platform_unauthorized',
  'platform_unavailable',
  'unavailable',
  'internal',
]);
export type ProblemCode = z.infer<typeof problemCodeSchema>;

/** RFC 9457. `detail` is fit for an agent to read. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCodeSchema,
  detail: z.string(),
  /** Only with `bad_request`: what is wrong where. Values are never repeated. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type ProblemBody = z.infer<typeof problemSchema>;

/** `<platform>:<the platform's own id>`, as with calls. */
export const platformIdSchema = callIdSchema;

/** Where an answer came from, and why a part of it may be missing. */
export const sourceStateSchema = z.object({
  source: z.string(),
  state: z.enum(['ok', 'too_slow', 'unavailable', 'unsupported', 'refused', 'rate_limited']),
});
export type SourceState = z.infer<typeof sourceStateSchema>;

const time = z.iso.datetime({ offset: true });

// --- Calls ---------------------------------------------------------------------------------------------------------

export const startCallSchema = z.strictObject({
  phone: e164Schema,
  /** Which platform makes the call; not needed when only one can, or when `campaign` says it. */
  platform: platformNameSchema.optional(),
  campaign: platformIdSchema.optional(),
  name: z.string().min(1).max(200).optional(),
  /** BCP 47. */
  language: z.string().min(2).max(35).optional(),
  script: z.string().min(1).max(200).optional(),
  variables: z.record(z.string().max(100), z.unknown()).optional(),
  /** What the call is about; decides which rules apply. Absent: the purpose of the configuration. */
  purpose: purposeSchema.optional(),
  /** Whose voice speaks first. A platform's call is an AI's, whoever clicked. */
  kind: callKindSchema.optional(),
  /** The lead that is called: it must be in this agent's hands. */
  lead: z.string().min(1).max(100).optional(),
  /** The list the lead came from. */
  list: z.string().min(1).max(100).optional(),
  /** What is on the customer's record, for calls without a lead. */
  place: z
    .strictObject({
      /** IANA name. */
      zone: z.string().min(1).max(100).optional(),
      /** State or province. */
      region: z.string().min(1).max(10).optional(),
      postcode: z.string().min(1).max(20).optional(),
    })
    .optional(),
  /** `auto_dial`: a preview timer ran out, and nobody clicked. Only of a lead whose list allows it. Absent: a person clicked. */
  trigger: z.enum(['click', 'auto_dial']).optional(),
  /** For supervisors: call although a rule that may be overridden says no. Kept with the reason. */
  override: z.strictObject({ reason: z.string().trim().min(3).max(500) }).optional(),
  /** An earlier attempt is `unclear` and may be ringing: a person looked, and wants this one all the same. */
  confirm_unclear: z.boolean().optional(),
});
export type StartCallRequest = z.infer<typeof startCallSchema>;

/** 201 with `call`; 202 without it where the platform dials through a campaign of one contact that has not dialled yet. */
export const startedCallSchema = z.object({
  call: callIdSchema.optional(),
  campaign: platformIdSchema.optional(),
  platform: platformNameSchema,
  /** The platform's own word, such as `queued`. */
  status: z.string().optional(),
  started_at: instantSchema,
  /** Why it was allowed, as kept with the call. */
  receipt: callReceiptSchema.optional(),
});
export type StartedCall = z.infer<typeof startedCallSchema>;

/**
 * Where an agent's outcome stands with the platform: `written` there; `pending`, tried again by the relay; `unsupported`,
 * the platform cannot take it and the relay keeps it; `refused`, the platform said no and the reason is told.
 */
export const dispositionPlatformSchema = z.enum(['written', 'pending', 'unsupported', 'refused']);
export type DispositionPlatform = z.infer<typeof dispositionPlatformSchema>;

export const callbackSchema = z.strictObject({
  at: time,
  /** IANA zone the wall time is meant in. */
  zone: z.string().max(100).optional(),
  wall_time: z.string().max(100).optional(),
  /** Whose it is: the agent's own, or anybody's of the queue. */
  owner: z.enum(['mine', 'queue']).optional(),
});

export const putDispositionSchema = z.strictObject({
  value: z.string().min(1).max(200),
  notes: z.string().max(REST_LIMITS.maxNotesChars).optional(),
  /** Needed where the configuration says so. */
  amount: amountSchema.optional(),
  callback: callbackSchema.optional(),
  /** The caller asked not to be called again; kept with their words as evidence. Answered only once durable. */
  dnc: z.strictObject({ scope: dncScopeSchema, verbatim: z.string().max(2_000).optional() }).optional(),
  /** When the agent decided, by the desk's clock corrected for the relay's: an outcome may be sent hours later. */
  decided_at: time.optional(),
  /** Event id of another agent's decision that this one knowingly replaces (see `already_decided`). */
  replaces: z.string().max(300).optional(),
});
export type PutDisposition = z.infer<typeof putDispositionSchema>;

export const dispositionAnswerSchema = z.object({
  call: callIdSchema,
  /** Id of the event that holds the decision: durable by the time this is answered. */
  event: z.string(),
  value: z.string(),
  platform: dispositionPlatformSchema,
  /** With `pending` and `refused`: why, fit to read. */
  reason: z.string().optional(),
  /** The disposition of the relay's configuration that the value was understood as; absent: sent as it is. */
  disposition: z.string().optional(),
  /** What the platform is told. */
  platform_value: z.string().optional(),
});
export type DispositionAnswer = z.infer<typeof dispositionAnswerSchema>;

/** A platform's own record of a call, in the relay's words. */
export const platformRecordSchema = z.object({
  status: z.string().optional(),
  disposition: z.string().optional(),
  started_at: z.string().optional(),
  ended_at: z.string().optional(),
  duration_seconds: z.number().optional(),
  /** Short-lived on some platforms: use it now, do not store it. */
  recording_url: z.string().optional(),
  transcript_url: z.string().optional(),
  summary: z.string().optional(),
});
export type PlatformRecord = z.infer<typeof platformRecordSchema>;

export const callAnswerSchema = z.object({
  /** With `?fresh=1` the platform's record is folded in. */
  call: callSnapshotSchema,
  record: platformRecordSchema.optional(),
  sources: z.array(sourceStateSchema),
  disposition: dispositionAnswerSchema.optional(),
});
export type CallAnswer = z.infer<typeof callAnswerSchema>;

export const callQuerySchema = z.strictObject({ fresh: z.enum(['0', '1', 'true', 'false']).optional() });

/** `from` and `to` bound the last activity of a call. */
export const callsQuerySchema = z.strictObject({
  campaign_id: z.string().min(1).max(300).optional(),
  from: time.optional(),
  to: time.optional(),
  ...pageQuery,
});
export type CallsQuery = z.infer<typeof callsQuerySchema>;

export const callSummarySchema = z.object({
  call: callIdSchema,
  phase: z.string(),
  last_activity: instantSchema,
  started_at: instantSchema.optional(),
  ended_at: instantSchema.optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  campaign: z.string().optional(),
  duration_seconds: z.number().optional(),
  ai_disposition: z.string().optional(),
  agent_disposition: z.string().optional(),
  platform_disposition: z.string().optional(),
  test: z.boolean(),
});
export const callsAnswerSchema = z.object({ data: z.array(callSummarySchema), ...pageAnswer });
export type CallsAnswer = z.infer<typeof callsAnswerSchema>;

// --- Contacts ------------------------------------------------------------------------------------------------------

export const contactAnswerSchema = z.object({
  phone: z.string(),
  name: z.string().optional(),
  calls_30d: z.int().nonnegative(),
  last: z.object({ at: instantSchema, disposition: z.string().optional() }).optional(),
  /** True as soon as anybody says so; null when nobody knows. */
  dnc: z.boolean().nullable(),
  calls: z.array(
    z.object({
      call: callIdSchema.optional(),
      at: instantSchema,
      disposition: z.string().optional(),
      platform: z.string(),
    }),
  ),
  sources: z.array(sourceStateSchema),
  /** False: some source is missing, see `sources`; what is there is right but may not be all. */
  complete: z.boolean(),
});
export type ContactAnswer = z.infer<typeof contactAnswerSchema>;

// --- Webhooks, deliveries, statistics ------------------------------------------------------------------------------

export const newWebhookSchema = z.strictObject({
  platform: platformNameSchema.optional(),
  /** Public address of this relay's webhook route, ending in `/hooks/<platform>`. The secret is the configured one. */
  url: z.url().max(2_000),
  events: z.array(z.string().min(1).max(100)).min(1).max(50),
});
export type NewWebhookRequest = z.infer<typeof newWebhookSchema>;

export const webhookSchema = z.object({
  id: platformIdSchema,
  platform: platformNameSchema,
  url: z.string(),
  events: z.array(z.string()),
});
export const webhooksAnswerSchema = z.object({ data: z.array(webhookSchema), sources: z.array(sourceStateSchema) });

/** One webhook request that reached the relay. */
export const deliverySchema = z.object({
  id: z.string(),
  platform: z.string(),
  received_at: instantSchema,
  /** `accepted`, `repeated`, `unknown` (authentic, not understood), `refused`, `unavailable`. */
  verdict: z.string(),
  /** What the relay answered. */
  status: z.int(),
  duration_ms: z.number().nullable(),
  bytes: z.int(),
  trust: trustSchema.nullable(),
  late: z.boolean(),
  reason: z.string().nullable(),
  calls: z.array(z.string()),
  /** Whether the raw body is still kept. */
  kept: z.boolean(),
});
export const deliveriesQuerySchema = z.strictObject({
  platform: platformNameSchema.optional(),
  verdict: z.string().max(50).optional(),
  ...pageQuery,
});
export type DeliveriesQuery = z.infer<typeof deliveriesQuerySchema>;
export const deliveriesAnswerSchema = z.object({
  data: z.array(deliverySchema),
  ...pageAnswer,
});
export const deliveryAnswerSchema = deliverySchema.extend({
  /** The raw body as text while it is kept, for supervisors and admins only. */
  body: z.string().optional(),
});
export const replayAnswerSchema = z.object({
  id: z.string(),
  /** Events that were new to the log, and those it already had. */
  appended: z.int(),
  repeated: z.int(),
  /** Still not understood. */
  unknown: z.boolean(),
});

const spreadSchema = z.object({ count: z.int(), p50: z.number(), p95: z.number() });

export const statsAnswerSchema = z.object({
  /** Start of the agent's day, as asked for with `?from=`, else midnight UTC. */
  from: instantSchema,
  /** Calls this agent started, claimed or decided. */
  calls: z.int().nonnegative(),
  claims: z.int().nonnegative(),
  dispositions: z.int().nonnegative(),
  /** Calls this agent asked for that may have rung. */
  dials: z.int().nonnegative(),
  /** Milliseconds from an escalation to its painted pop; null before the first one. */
  context_lead_ms: spreadSchema.nullable(),
  /** The same to the first look at it. Absent in answers of older relays. */
  context_seen_ms: spreadSchema.nullable().optional(),
});
export type StatsAnswer = z.infer<typeof statsAnswerSchema>;
export const statsQuerySchema = z.strictObject({ from: time.optional() });
