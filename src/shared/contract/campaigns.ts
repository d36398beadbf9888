/**
 * Campaigns in the relay's REST API: made from contacts that are given, or from a file whose dry run was looked at; then
 * watched, paused and resumed at the platform they belong to.
 */
import { z } from 'zod';
import { countrySchema, purposeSchema } from './dialling-policies';
import { callIdSchema, platformNameSchema } from './events';
import { leadIdSchema } from './leads';
import { pageAnswer, pageQuery } from './paging';
import { e164Schema } from './phone';
import { platformIdSchema, platformRecordSchema, sourceStateSchema } from './rest';

export const CAMPAIGN_LIMITS = {
  /** Of one campaign, over every platform; a platform's own limits are in `GET /v1/campaigns`. */
  maxContacts: 10_000,
  maxNameChars: 255,
  maxAttempts: 5,
  /** Minutes between two attempts: a week. */
  maxRetryMin: 10_080,
} as const;

const time = z.iso.datetime({ offset: true });
const name = z.string().trim().min(1).max(CAMPAIGN_LIMITS.maxNameChars);

/** What a campaign is beside its contacts. Absent: the platform decides. */
export const campaignPlanSchema = z.strictObject({
  name,
  script_id: z.string().min(1).max(200).optional(),
  /** BCP 47. */
  language: z.string().min(2).max(35).optional(),
  /** Instants, and the IANA zone whose wall they were said on. */
  schedule: z
    .strictObject({ start: time.optional(), end: time.optional(), timezone: z.string().max(100).optional() })
    .optional(),
  max_attempts: z.int().min(1).max(CAMPAIGN_LIMITS.maxAttempts).optional(),
  retry_interval_minutes: z.int().min(1).max(CAMPAIGN_LIMITS.maxRetryMin).optional(),
});
export type CampaignPlan = z.infer<typeof campaignPlanSchema>;

/** The contacts of a checked file: those its dry run accepted, less those whom the rules forbid by now. */
export const contactsFileSchema = z.strictObject({
  import: leadIdSchema,
  /** Its `report.check`: what a person saw is what is made. */
  check: z.string().min(1).max(64),
});

/** `POST /v1/campaigns`: with `contacts`, or with `file`. */
export const newCampaignSchema = campaignPlanSchema
  .extend({
    platform: platformNameSchema.optional(),
    contacts: z
      .array(z.looseObject({ phone: e164Schema, name: z.string().max(200).optional() }))
      .min(1)
      .max(CAMPAIGN_LIMITS.maxContacts)
      .optional(),
    file: contactsFileSchema.optional(),
    /** With `contacts`: what the calls are about. Absent: the relay's own `dialling.purpose`. A file was checked for one. */
    purpose: purposeSchema.optional(),
  })
  .refine(({ contacts, file }) => (contacts === undefined) !== (file === undefined), {
    message: 'either contacts or file, not both',
    path: ['contacts'],
  })
  .refine(({ file, purpose }) => file === undefined || purpose === undefined, {
    message: 'the file was checked for a purpose already',
    path: ['purpose'],
  });
export type NewCampaignRequest = z.infer<typeof newCampaignSchema>;

/**
 * Query of `POST /v1/campaigns/contacts`, whose body is the file itself (`text/csv`). The answer is 202 with an import whose dry
 * run has begun: it goes on under `/v1/leads/imports/{id}`, and ends in a campaign instead of a list.
 */
export const campaignContactsQuerySchema = z.strictObject({
  platform: platformNameSchema.optional(),
  name,
  /** What the calls are about: decides which rules apply. */
  purpose: purposeSchema,
  /** Of numbers without a country code. */
  country: countrySchema.optional(),
  /** When the campaign is to begin: its rules are asked for then. */
  start: time.optional(),
  /** What the file is called, to be shown. */
  file: z.string().min(1).max(200).optional(),
});
export type CampaignContactsQuery = z.infer<typeof campaignContactsQuerySchema>;

export const campaignSchema = z.object({
  id: platformIdSchema,
  platform: platformNameSchema,
  name: z.string().optional(),
  status: z.string().optional(),
  /** Contacts and calls so far, in the platform's own counts. */
  totals: z.record(z.string(), z.unknown()).optional(),
  /** How many calls ended with which disposition, where the platform counts that. */
  outcomes: z.record(z.string(), z.unknown()).optional(),
  /** Only of one just made: who went along, and who was left out because the rules forbid it. */
  contacts: z.object({ sent: z.int().nonnegative(), left_out: z.int().nonnegative() }).optional(),
  /** Only of one just made that begins later than was asked for: when the hours of all its places are open. */
  starts_at: time.optional(),
  /** Only of one just resumed. False: this relay does not know whom it calls, and looked at no hours. */
  hours_known: z.boolean().optional(),
  /**
   * Whose pause it is: the relay's, because the hours of its people ended, or a person's. Null: nobody paused it as far as this
   * relay knows. Absent in answers of older relays.
   */
  paused_by: z.enum(['hours', 'person']).nullable().optional(),
  /** With `hours`: when it goes on by itself. Absent while nobody knows. */
  resumes_at: time.optional(),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** A platform of this relay at which campaigns can be made, and what it takes. */
export const campaignMakerSchema = z.object({
  platform: platformNameSchema,
  max_contacts: z.int().positive(),
  max_name_chars: z.int().positive(),
});
export type CampaignMaker = z.infer<typeof campaignMakerSchema>;

export const campaignsAnswerSchema = z.object({
  data: z.array(campaignSchema),
  sources: z.array(sourceStateSchema),
  /** Absent in answers of older relays. */
  makers: z.array(campaignMakerSchema).default([]),
});

export const campaignCallsQuerySchema = z.strictObject({ after: time.optional(), ...pageQuery });
export const campaignCallsAnswerSchema = z.object({
  data: z.array(
    platformRecordSchema.extend({ call: callIdSchema, phone: z.string().optional(), name: z.string().optional() }),
  ),
  ...pageAnswer,
  /** Not every platform says. */
  total: z.int().optional(),
  has_more: z.boolean(),
});
export type CampaignCallsAnswer = z.infer<typeof campaignCallsAnswerSchema>;
