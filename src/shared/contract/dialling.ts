/**
 * "May I call?": the question about one dial, the verdict, and the receipt that is kept with the call. A verdict holds
 * codes and values; words come from the desk's catalogues, or for API users from `explain`. A help, not legal advice.
 */
import { z } from 'zod';
import {
  callKindSchema,
  consentLevelSchema,
  countrySchema,
  dateSchema,
  DIAL_LIMITS,
  dialTriggerSchema,
  dncScopeSchema,
  lineTypeSchema,
  purposeSchema,
  sourceSchema,
} from './dialling-policies';
import { instantSchema } from './events';
import { e164Schema } from './phone';

// --- Question ------------------------------------------------------------------------------------------------------

export const consentRecordSchema = z.strictObject({
  id: z.string().max(200).optional(),
  level: consentLevelSchema,
  kinds: z.array(callKindSchema).min(1),
  purposes: z.array(purposeSchema).min(1),
  given_at: instantSchema,
  expires_at: instantSchema.optional(),
  revoked_at: instantSchema.optional(),
});
export type ConsentRecord = z.infer<typeof consentRecordSchema>;

/** What one do-not-call list says of the number. `failed`: it could not be asked. */
export const dncAnswerSchema = z.strictObject({
  list: z.string().min(1).max(50),
  state: z.enum(['listed', 'not_listed', 'failed']),
  /** How old the copy is that was looked into; absent for a live one. */
  list_date: instantSchema.optional(),
  scope: dncScopeSchema.default('all'),
  /** With scope `campaign`. */
  campaign: z.string().max(300).optional(),
  /** Said of another campaign or seller: it concerns only rules for which every stop counts, whatever its scope. */
  elsewhere: z.boolean().optional(),
});
export type DncAnswer = z.input<typeof dncAnswerSchema>;

export const attemptSchema = z.strictObject({
  at: instantSchema,
  kind: callKindSchema,
  purpose: purposeSchema.optional(),
  outcome: z.enum(['attempt', 'conversation', 'abandoned']),
});
export type DialAttempt = z.infer<typeof attemptSchema>;

export const overrideSchema = z.strictObject({
  by: z.string().min(1).max(200),
  role: z.enum(['agent', 'supervisor', 'admin']),
  reason: z.string().min(1).max(500),
});

/** One dial, with all that is known. Places are every one the number or its record could mean. */
export const dialQuestionSchema = z.strictObject({
  at: instantSchema,
  phone: e164Schema,
  kind: callKindSchema,
  purpose: purposeSchema,
  trigger: dialTriggerSchema.default('click'),
  line_type: lineTypeSchema.default('unknown'),
  country: countrySchema.nullable(),
  regions: z.array(z.string().min(1).max(10)).max(DIAL_LIMITS.maxZones),
  /** IANA names. None: unknown. */
  zones: z.array(z.string().min(1).max(100)).max(DIAL_LIMITS.maxZones),
  consents: z.array(consentRecordSchema).max(DIAL_LIMITS.maxConsents).default([]),
  dnc: z.array(dncAnswerSchema).max(100).default([]),
  attempts: z.array(attemptSchema).max(DIAL_LIMITS.maxAttempts).default([]),
  /** Holidays beside those of the packs, by the customer's wall. */
  holidays: z.array(dateSchema).max(DIAL_LIMITS.maxHolidays).default([]),
  campaign: z.string().max(300).optional(),
  override: overrideSchema.optional(),
});
export type DialQuestion = z.infer<typeof dialQuestionSchema>;

// --- Verdict -------------------------------------------------------------------------------------------------------

/** Why a rule stands in the way. */
export const blockReasonSchema = z.enum([
  'outside_hours',
  'blocked_day',
  'holiday',
  'holidays_unknown',
  'attempt_cap',
  'consent_missing',
  'consent_revoked',
  'consent_expired',
  'dnc_listed',
  'dnc_list_missing',
  'dnc_list_stale',
  'dnc_lookup_failed',
  'zone_unknown',
  'country_unknown',
  'country_without_rules',
]);
export type BlockReason = z.infer<typeof blockReasonSchema>;
/** Why a rule does not. */
export const passReasonSchema = z.enum([
  'within_hours',
  'open_day',
  'under_cap',
  'consent_held',
  'dnc_not_listed',
  'dnc_lifted',
  'dnc_not_asked',
]);
export type PassReason = z.infer<typeof passReasonSchema>;

const packRef = { pack: z.string(), pack_version: z.string() };

/** What one rule says. `overridden`: it stood in the way and a supervisor lifted it. */
export const findingSchema = z.object({
  rule: z.string(),
  ...packRef,
  effect: z.enum(['pass', 'block', 'overridden']),
  reason: z.union([blockReasonSchema, passReasonSchema]),
  source: sourceSchema,
  checked: dateSchema,
  overridable: z.boolean(),
  /** The zone whose clock decided. */
  zone: z.string().optional(),
  /** When this rule alone would no longer stand in the way. */
  opens_at: instantSchema.optional(),
  list: z.string().optional(),
  /** The data that decided: the list's copy, the consent, the holiday calendar. */
  data_date: instantSchema.optional(),
  data_age_days: z.number().optional(),
  count: z.object({ counted: z.int(), max: z.int(), hours: z.number() }).optional(),
  /** The id of the consent that was relied on. */
  consent: z.string().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const wallClockSchema = z.object({ zone: z.string(), wall: z.string() });
export type WallClock = z.infer<typeof wallClockSchema>;

export const dialVerdictSchema = z.object({
  verdict: z.enum(['allowed', 'blocked']),
  at: instantSchema,
  country: z.string().nullable(),
  regions: z.array(z.string()),
  /** The customer's clock, in every zone they could be in; wall `YYYY-MM-DDTHH:mm`. */
  clocks: z.array(wallClockSchema),
  /** Every rule that applied, those in the way first. */
  findings: z.array(findingSchema),
  notices: z.array(z.object({ rule: z.string(), ...packRef, summary: z.string(), source: sourceSchema })),
  /** The first lawful instant after `at`; null when allowed now, or when waiting alone does not help. */
  next: z.object({ at: instantSchema, clocks: z.array(wallClockSchema) }).nullable(),
  /** Packs that took part and are past their review date. */
  overdue: z.array(z.object({ ...packRef, review_by: dateSchema })),
});
export type DialVerdict = z.infer<typeof dialVerdictSchema>;

/** What is kept with a call: enough to say years later why it was dialled. */
export const dialReceiptSchema = z.object({
  checked_at: instantSchema,
  phone: e164Schema,
  kind: callKindSchema,
  purpose: purposeSchema,
  trigger: dialTriggerSchema,
  verdict: z.enum(['allowed', 'blocked']),
  clocks: z.array(wallClockSchema),
  packs: z.array(z.object({ id: z.string(), version: z.string() })),
  rules: z.array(findingSchema.pick({ rule: true, effect: true, reason: true })),
  lists: z.array(z.object({ list: z.string(), date: instantSchema.optional() })),
  consents: z.array(z.string()),
  attempts: z.int(),
  next_at: instantSchema.optional(),
  override: overrideSchema.optional(),
});
export type DialReceipt = z.infer<typeof dialReceiptSchema>;

// --- REST ----------------------------------------------------------------------------------------------------------

/** Query of `GET /v1/dial-check`. The relay adds what it knows of the number itself. */
export const dialRequestSchema = z.strictObject({
  phone: e164Schema,
  kind: callKindSchema,
  purpose: purposeSchema,
  trigger: dialTriggerSchema.default('click'),
  /** From the customer's record. */
  zone: z.string().min(1).max(100).optional(),
  region: z.string().min(1).max(10).optional(),
  postcode: z.string().min(1).max(20).optional(),
  campaign: z.string().min(1).max(300).optional(),
  /** The list the lead is from. */
  list: z.string().min(1).max(100).optional(),
  /** On whose behalf; absent: the seller of the relay's configuration. */
  seller: z.string().min(1).max(200).optional(),
  /** What if it were then. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** What if such a consent were on record for this kind and purpose. */
  consent: consentLevelSchema.optional(),
});
export type DialRequest = z.infer<typeof dialRequestSchema>;

/** One policy pack that this relay checks with. */
export const dialPackSchema = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  countries: z.array(z.string()),
  effective_from: dateSchema,
  checked: dateSchema,
  review_by: dateSchema,
  /** Its review date has come. Its rules go on; whoever calls should know that they may be old. */
  overdue: z.boolean(),
  /** Where its rules come from, each address once. */
  sources: z.array(sourceSchema),
});
/** Answer of `GET /v1/dial-check/packs`: what a desk's banner needs. */
export const dialPacksAnswerSchema = z.object({
  data: z.array(dialPackSchema),
  overdue: z.array(z.string()),
  /** Says that this is a help and not legal advice. */
  notice: z.string(),
});
export type DialPacksAnswer = z.infer<typeof dialPacksAnswerSchema>;

export const dialAnswerSchema = dialVerdictSchema.extend({
  /** English, a sentence for each rule in the way. */
  explanation: z.array(z.string()),
  /** True: the answer is to a "what if", and permits nothing. */
  simulated: z.boolean(),
  receipt: dialReceiptSchema,
});
export type DialAnswer = z.infer<typeof dialAnswerSchema>;
