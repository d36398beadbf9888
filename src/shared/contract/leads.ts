/**
 * The relay's half of the preview dialer: lists of leads, who has which lead open, and the verbs with which a preview ends
 * (docs/rest.md). A lead is one customer in one list. A *hold* is one opening of a lead by one agent; while it lasts nobody
 * else is given any lead with the same number.
 */
import { z } from 'zod';
import { bookingSchema, callbackSchema } from './callbacks';
import { dialAnswerSchema } from './dialling';
import { callKindSchema, consentLevelSchema, countrySchema, dncScopeSchema, purposeSchema } from './dialling-policies';
import { callIdSchema, instantSchema, platformNameSchema } from './events';
import { pageAnswer, pageQuery } from './paging';
import { e164Schema } from './phone';
import { platformIdSchema } from './rest';

export const LEAD_LIMITS = {
  /** A hold that is not renewed ends after this; renew at a third of it while the preview is open. */
  leaseS: 300,
  /** Leads one agent may have in hand: one that is read and some with a call under way. */
  maxHeld: 6,
  maxPhones: 5,
  maxNameChars: 200,
  maxFields: 60,
  maxFieldNameChars: 60,
  maxFieldChars: 2_000,
  maxListNameChars: 100,
  maxLists: 1_000,
  maxSegmentChars: 60,
  /** In one list. */
  maxSegments: 100,
  maxReasonChars: 64,
  maxNoteChars: 2_000,
  /** Attempts and trail entries shown with a lead, newest first. */
  shownHistory: 20,
  /** -9 last, 9 first. */
  minPriority: -9,
  maxPriority: 9,
  defaultMaxAttempts: 6,
  defaultRetryMin: 120,
  /** A skipped lead comes back after this. */
  skipMin: 60,
  /** A preview timer of fewer would leave nothing to read in. */
  minPreviewS: 5,
  maxPreviewS: 600,
  /** How often an agent may start the timer of one preview anew. */
  maxExtensions: 3,
} as const;

const person = z.object({ id: z.string(), name: z.string() });
const count = z.int().nonnegative();

/** Of a lead, a list, an import, and of a hold: one opening of a lead, which a repeated or late verb refers to. */
export const leadIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

// --- Lists ---------------------------------------------------------------------------------------------------------

/**
 * How long a lead may be read before something happens by itself; 0: as long as it takes, which is the default. `stop`: the
 * agent gets no more leads until they say so. `requeue`: back into its list, for others. `skip`: as the agent's own skip.
 * `dial`: the call is started if the rules allow it then, which they never do for an AI voice without a consent on record.
 */
export const previewTimerSchema = z.strictObject({
  seconds: z.union([z.literal(0), z.int().min(LEAD_LIMITS.minPreviewS).max(LEAD_LIMITS.maxPreviewS)]),
  action: z.enum(['stop', 'requeue', 'skip', 'dial']),
});
export type PreviewTimer = z.infer<typeof previewTimerSchema>;
export const NO_PREVIEW_TIMER: PreviewTimer = { seconds: 0, action: 'stop' };

const listSettings = {
  /** What the calls are about: decides which rules apply. */
  purpose: purposeSchema,
  /** Whose voice speaks first. */
  kind: callKindSchema,
  /** On whose behalf is called: the seller a consent must name. */
  seller: z.string().min(1).max(200).nullable(),
  /** Where its calls are started; null: the only platform that can. */
  platform: platformNameSchema.nullable(),
  campaign: platformIdSchema.nullable(),
  /** Script or voice agent at the platform. */
  script: z.string().min(1).max(200).nullable(),
  /** Queues whose agents work the list; empty: every agent. */
  queues: z.array(z.string().min(1).max(100)).max(100),
  /** ISO 3166 country of numbers without a country code. */
  country: countrySchema.nullable(),
  /** Lists with a higher one come first, as with leads. */
  priority: z.int().min(LEAD_LIMITS.minPriority).max(LEAD_LIMITS.maxPriority),
  /** After so many attempts without a final outcome a lead is exhausted. */
  max_attempts: z.int().min(1).max(100),
  /** Between an attempt without a final outcome and the next. */
  retry_minutes: z
    .int()
    .min(1)
    .max(60 * 24 * 30),
  preview: previewTimerSchema,
  /** False: nobody may skip, as for leads that must be called. */
  may_skip: z.boolean(),
  paused: z.boolean(),
};
const listName = z.string().trim().min(1).max(LEAD_LIMITS.maxListNameChars);

/** `POST /v1/leads/lists`: a list without leads yet. Names are unique. */
export const newListSchema = z.strictObject({
  name: listName,
  ...z.object(listSettings).partial().required({ purpose: true, kind: true }).shape,
});
export type NewList = z.infer<typeof newListSchema>;

/** `POST /v1/leads/lists/{id}`: changes what is given. */
export const changeListSchema = z.strictObject({
  name: listName.optional(),
  ...z.object(listSettings).partial().shape,
});
export type ChangeList = z.infer<typeof changeListSchema>;

/** How a list is worked, as a supervisor saves it, all together. */
export const listWorkSchema = z.strictObject(
  z.object(listSettings).pick({
    ...{ queues: true, script: true, seller: true, priority: true },
    ...{ max_attempts: true, retry_minutes: true, may_skip: true },
  }).shape,
);
export type ListWork = z.infer<typeof listWorkSchema>;

/** Leads of a list that are worked, and paused, together: what a column of their file says. */
const segmentNameSchema = z.string().trim().min(1).max(LEAD_LIMITS.maxSegmentChars);

/** `POST /v1/leads/lists/{id}/segments`: pauses or resumes one segment. Answers with the list. */
export const pauseSegmentSchema = z.strictObject({ segment: segmentNameSchema, paused: z.boolean() });
export type PauseSegment = z.infer<typeof pauseSegmentSchema>;

export const leadSegmentSchema = z.object({
  name: z.string(),
  paused: z.boolean(),
  /** Those that are not done with: `ready`, `later`, `blocked` and `held`. */
  left: count,
  total: count,
});
export type LeadSegment = z.infer<typeof leadSegmentSchema>;

/**
 * Where the leads of a list are. `ready`: waiting, lawful hours aside. `later`: put aside until a time (retry, callback,
 * cap). `blocked`: waiting does not help (consent or list missing). The rest has left: `done`, `exhausted`, `removed`, `dnc`.
 */
export const leadCountsSchema = z.object({
  total: count,
  ready: count,
  later: count,
  blocked: count,
  held: count,
  done: count,
  exhausted: count,
  removed: count,
  dnc: count,
});
export type LeadCounts = z.infer<typeof leadCountsSchema>;

export const leadListSchema = z.object({
  id: leadIdSchema,
  name: z.string(),
  ...listSettings,
  created_at: instantSchema,
  created_by: person,
  counts: leadCountsSchema,
  /** In the order in which they came; leads of no segment are in `counts` alone. Absent from relays that know none. */
  segments: z.array(leadSegmentSchema).optional(),
  /** How old the counts are; they are refreshed every few seconds. */
  counted_at: instantSchema,
  /** Whether the hours let somebody of it be called now. */
  open_now: z.boolean(),
  /** When hours open next for those for whom they are closed; null: for nobody. */
  next_at: instantSchema.nullable(),
  /** An import under way. */
  import: z.string().nullable(),
});
export type LeadList = z.infer<typeof leadListSchema>;

export const listsQuerySchema = z.strictObject({ ...pageQuery });
/** Newest first. `platforms`: where calls from lists can be started; absent from relays that do not tell. */
export const listsAnswerSchema = z.object({
  data: z.array(leadListSchema),
  ...pageAnswer,
  platforms: z.array(z.object({ name: platformNameSchema, label: z.string() })).optional(),
});
export type ListsAnswer = z.infer<typeof listsAnswerSchema>;

// --- Leads ---------------------------------------------------------------------------------------------------------

export const leadStateSchema = z.enum(['ready', 'later', 'blocked', 'held', 'done', 'exhausted', 'removed', 'dnc']);
export type LeadState = z.infer<typeof leadStateSchema>;

/** Consent as the record states it; the consents room decides with it and with what else is known. */
export const leadConsentSchema = z.object({
  level: consentLevelSchema,
  given_at: instantSchema.nullable(),
  source: z.string().nullable(),
});

/** One dial of a number. `outcome` as the caps count it; null while the call goes on. */
export const leadAttemptSchema = z.object({
  at: instantSchema,
  phone: e164Schema,
  kind: callKindSchema,
  agent: person,
  call: callIdSchema.nullable(),
  /** `unclear`: the platform did not answer; it may have rung, and counts. */
  outcome: z.enum(['attempt', 'conversation', 'abandoned', 'unclear']).nullable(),
  /** The agent's disposition. */
  value: z.string().nullable(),
});
export type LeadAttempt = z.infer<typeof leadAttemptSchema>;

export const leadVerbSchema = z.enum([
  'open',
  'skip',
  'reject',
  'remove',
  'dnc',
  'reschedule',
  'release',
  'call',
  'outcome',
  'expired',
]);
export type LeadVerb = z.infer<typeof leadVerbSchema>;

export const leadTrailSchema = z.object({
  at: instantSchema,
  verb: leadVerbSchema,
  agent: person,
  reason: z.string().nullable(),
  note: z.string().nullable(),
});

export const leadSchema = z.object({
  id: leadIdSchema,
  list: z.object({
    id: leadIdSchema,
    name: z.string(),
    purpose: purposeSchema,
    kind: callKindSchema,
    seller: z.string().nullable(),
    may_skip: z.boolean(),
    preview: previewTimerSchema,
  }),
  platform: platformNameSchema.nullable(),
  campaign: platformIdSchema.nullable(),
  script: z.string().nullable(),
  name: z.string().nullable(),
  /** The first one is who the lead is: a list has each number once. */
  phones: z
    .array(
      z.object({
        phone: e164Schema,
        /** What its column was called. */
        label: z.string().nullable(),
        /** Of this number, over every list. */
        attempts: count,
        last_at: instantSchema.nullable(),
      }),
    )
    .min(1)
    .max(LEAD_LIMITS.maxPhones),
  /** BCP 47. */
  language: z.string().nullable(),
  /** IANA zone, state or province, and postcode of the record, as far as it says. */
  zone: z.string().nullable(),
  region: z.string().nullable(),
  postcode: z.string().nullable(),
  /** The customer's id in the file's system. */
  external_id: z.string().nullable(),
  /** Of its list; null: in none. Absent from relays that know none. */
  segment: z.string().nullable().optional(),
  /** Columns of the file under their own names, as text. */
  fields: z.record(z.string(), z.string()),
  consent: leadConsentSchema.nullable(),
  priority: z.int(),
  state: leadStateSchema,
  /** With `later`: until when. */
  not_before: instantSchema.nullable(),
  /** With `blocked`: the rule and its reason code. */
  blocked_by: z.object({ rule: z.string(), reason: z.string() }).nullable(),
  attempts_made: count,
  attempts: z.array(leadAttemptSchema),
  trail: z.array(leadTrailSchema),
  last_outcome: z.string().nullable(),
  callback: callbackSchema.nullable(),
  created_at: instantSchema,
});
export type Lead = z.infer<typeof leadSchema>;

/** `GET /v1/leads/lists/{id}/leads`: for supervisors. `phone` finds one number, `segment` those of one segment. */
export const leadsQuerySchema = z.strictObject({
  state: leadStateSchema.optional(),
  phone: e164Schema.optional(),
  segment: segmentNameSchema.optional(),
  ...pageQuery,
});
export type LeadsQuery = z.infer<typeof leadsQuerySchema>;
export const leadRowSchema = leadSchema
  .pick({
    id: true,
    name: true,
    priority: true,
    state: true,
    not_before: true,
    blocked_by: true,
    attempts_made: true,
    last_outcome: true,
    created_at: true,
  })
  .extend({ phone: e164Schema, held_by: person.nullable() });
export type LeadRow = z.infer<typeof leadRowSchema>;
/** `total` is left out where counting would take long. */
export const leadsAnswerSchema = z.object({
  data: z.array(leadRowSchema),
  has_more: z.boolean(),
  limit: z.int(),
  offset: z.int(),
});

/** One opening of a lead. `calling`: a call was started from it, and it stays held until the outcome. */
export const holdSchema = z.object({
  id: leadIdSchema,
  agent: person,
  since: instantSchema,
  until: instantSchema,
  phase: z.enum(['preview', 'calling']),
});
export type Hold = z.infer<typeof holdSchema>;

// --- Next ----------------------------------------------------------------------------------------------------------

/** `POST /v1/leads/next`. Who already reads a lead gets that one again, so a lost answer costs nothing. */
export const nextLeadSchema = z.strictObject({
  /** Only from these; absent or empty: from every list the agent works. */
  lists: z.array(leadIdSchema).max(100).optional(),
});
export type NextLead = z.infer<typeof nextLeadSchema>;

/** Why this one. `in_hand`: it was open already. */
export const nextWhySchema = z.enum(['in_hand', 'my_callback', 'queue_callback', 'priority', 'age', 'chosen']);
export type NextWhy = z.infer<typeof nextWhySchema>;

/** May it be called, per number in the order of `phones`. Ask again at the click: the last check counts. */
const dial = z.array(z.object({ phone: e164Schema, answer: dialAnswerSchema.nullable() }));

/** What `next` and `open` say of a lead in hand. */
export const openedLeadSchema = z.object({
  lead: leadSchema,
  hold: holdSchema,
  /** Seconds until the hold ends unless it is renewed. */
  lease_s: z.number(),
  why: nextWhySchema,
  /** The number to dial first: the first one that may be called now, else the first. */
  phone: e164Schema,
  dial,
});
export type OpenedLead = z.infer<typeof openedLeadSchema>;

/** `GET /v1/leads/{id}`: the lead, who has it, and what the rules say now. Takes it into nobody's hands. */
export const shownLeadSchema = leadSchema.extend({ hold: holdSchema.nullable(), dial });
export type ShownLead = z.infer<typeof shownLeadSchema>;

/**
 * Why there is none. `empty`: no list of the agent has leads left; `later`: all of them wait for `next_at` (null: for
 * something else than time); `held`: colleagues have them; `paused`: what is left is in paused lists and segments; `hands_full`: see
 * LEAD_LIMITS.maxHeld; `sorting`: leads at the head of the line turned out to be blocked and were put aside, ask again.
 */
export const noLeadSchema = z.object({
  reason: z.enum(['empty', 'later', 'held', 'paused', 'hands_full', 'sorting']),
  next_at: instantSchema.nullable(),
  /** When to ask again at the soonest, seconds. */
  retry_after_s: z.number(),
});
export type NoLead = z.infer<typeof noLeadSchema>;

/** Exactly one of the two is null. */
export const nextAnswerSchema = z.object({ next: openedLeadSchema.nullable(), nothing: noLeadSchema.nullable() });
export type NextAnswer = z.infer<typeof nextAnswerSchema>;

// --- Verbs ---------------------------------------------------------------------------------------------------------

/** `lead-reasons.ts` holds the codes that the desk offers; any short code is taken. */
const reason = z.string().trim().min(1).max(LEAD_LIMITS.maxReasonChars);
const verb = {
  /** The opening that this ends. Absent: the agent's present one. With it a repeat is recognised and changes nothing. */
  hold: leadIdSchema.optional(),
  note: z.string().max(LEAD_LIMITS.maxNoteChars).optional(),
};

/** Not now: comes back after a while, to anybody. */
export const skipLeadSchema = z.strictObject({ ...verb, reason });
/** To somebody else: this agent is not given it again. */
export const rejectLeadSchema = z.strictObject({ ...verb, reason });
/** Out of this list. */
export const removeLeadSchema = z.strictObject({ ...verb, reason });
/** Never: the number is blocked in every list at once, and an agent cannot undo it. */
export const dncLeadSchema = z.strictObject({
  ...verb,
  scope: dncScopeSchema.default('all'),
  /** Which number; absent: every number of the lead. */
  phone: e164Schema.optional(),
  /** The customer's words, as evidence. */
  verbatim: z.string().max(2_000).optional(),
});
/** At another time: books a callback. */
export const rescheduleLeadSchema = z.strictObject({ ...verb, callback: bookingSchema, reason: reason.optional() });
/** Still reading: the hold lasts `lease_s` from now. */
export const renewLeadSchema = z.strictObject({ hold: leadIdSchema.optional() });
/** Back as it was, without a reason: the page was closed. Supervisors may take a lead out of anybody's hands. */
export const releaseLeadSchema = z.strictObject({ ...verb, reason: reason.optional() });
/** `POST /v1/leads/{id}/open`: this lead, from a callback or a search. Answers as `next` does. */
export const openLeadSchema = z.strictObject({});

export const verbAnswerSchema = z.object({
  lead: leadIdSchema,
  state: leadStateSchema,
  /** True: this had been done before, and nothing changed. */
  repeated: z.boolean(),
  not_before: instantSchema.nullable(),
  /** Only of `reschedule`: what was booked, and what the rules say of that time. */
  callback: callbackSchema.optional(),
  verdict: dialAnswerSchema.nullable().optional(),
  /** Only of `dnc`: leads in every list that this took out. */
  blocked: count.optional(),
});
export type VerbAnswer = z.infer<typeof verbAnswerSchema>;
export const renewAnswerSchema = z.object({ hold: holdSchema, lease_s: z.number() });

/** `GET /v1/leads/held`: the agent's own; all for supervisors. Oldest first. */
export const heldAnswerSchema = z.object({
  data: z.array(
    z.object({
      hold: holdSchema,
      lead: leadIdSchema,
      list: z.object({ id: leadIdSchema, name: z.string() }),
      name: z.string().nullable(),
      phone: e164Schema,
      call: callIdSchema.nullable(),
    }),
  ),
});
export type HeldAnswer = z.infer<typeof heldAnswerSchema>;

// --- Simulator -----------------------------------------------------------------------------------------------------

/** `POST /v1/leads/simulate`: how many of a list may be called when, before a shift. Changes nothing. */
export const simulateSchema = z.strictObject({
  list: leadIdSchema,
  /** Start; absent: now. */
  at: z.iso.datetime({ offset: true }).optional(),
  hours: z.int().min(1).max(48).default(12),
  /** What if it were this kind of call. */
  kind: callKindSchema.optional(),
});
export type SimulateRequest = z.infer<typeof simulateSchema>;

export const simulationSchema = z.object({
  list: leadIdSchema,
  at: instantSchema,
  /** Leads that are not done with. */
  leads: count,
  callable_at_start: count,
  /** One per half hour. `callable`: whose hours, consent and lists allow it, whether somebody has called them or not. */
  slots: z.array(z.object({ from: instantSchema, callable: count })),
  /** What stands in the way at the start, by rule; a lead may have several. */
  rules: z.array(
    z.object({
      rule: z.string(),
      pack: z.string(),
      reason: z.string(),
      leads: count,
      /** When it no longer stands in the way of any of them, earliest first; null: waiting does not help. */
      opens_at: instantSchema.nullable(),
    }),
  ),
  /** By where the customers could be. */
  places: z.array(
    z.object({
      country: z.string().nullable(),
      regions: z.array(z.string()),
      zones: z.array(z.string()),
      leads: count,
      callable: count,
      next_at: instantSchema.nullable(),
    }),
  ),
  overdue: dialAnswerSchema.shape.overdue,
});
export type Simulation = z.infer<typeof simulationSchema>;
