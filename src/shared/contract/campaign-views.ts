/** Campaigns as main publishes them to the workspace: complete snapshots of codes and values. */
import { z } from 'zod';
import { CAMPAIGN_LIMITS, campaignMakerSchema } from './campaigns';
import { countrySchema, purposeSchema } from './dialling-policies';
import { callIdSchema, platformNameSchema } from './events';
import { importViewSchema } from './list-views';
import { relayReasonSchema } from './relay-reasons';
import { platformIdSchema, sourceStateSchema } from './rest';
import { phoneViewSchema } from './views';

const epochMs = z.number();
const count = z.int().nonnegative();

/** `unknown`: the platform says nothing, or a word of its own, which is `status_raw`. */
export const campaignStatusSchema = z.enum(['scheduled', 'running', 'paused', 'completed', 'stopped', 'unknown']);
export type CampaignStatus = z.infer<typeof campaignStatusSchema>;

export const campaignRowSchema = z.object({
  id: platformIdSchema,
  platform_label: z.string(),
  name: z.string().optional(),
  status: campaignStatusSchema,
  status_raw: z.string().optional(),
  /** Contacts in all and those dialled so far, where the platform counts them. */
  progress: z.object({ total: count, attempted: count }).optional(),
  /** How its calls ended, most frequent first. */
  outcomes: z.array(z.object({ value: z.string(), count })),
  /** Being paused or resumed right now. */
  changing: z.boolean(),
  /** Of one that is paused, whose pause it is as far as the relay knows: its people's hours ended, or a person did it. */
  paused_by: z.enum(['hours', 'person']).optional(),
  /** With `hours`: when it goes on by itself. */
  resumes_at: epochMs.optional(),
});
export type CampaignRow = z.infer<typeof campaignRowSchema>;

export const campaignCallRowSchema = z.object({
  call: callIdSchema,
  name: z.string().optional(),
  phone: phoneViewSchema.optional(),
  status: z.string().optional(),
  disposition: z.string().optional(),
  at: epochMs.optional(),
  duration_s: z.number().optional(),
  /** This desk knows the call: it can be opened. */
  here: z.boolean(),
});
export type CampaignCallRow = z.infer<typeof campaignCallRowSchema>;

export const campaignCallsSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loading') }),
  z.object({ state: z.literal('ready'), rows: z.array(campaignCallRowSchema), more: z.boolean() }),
  z.object({ state: z.literal('failed'), reason: relayReasonSchema }),
]);

/** What a supervisor typed of a new campaign; its times as instants, with the zone on whose wall they were said. */
export const campaignFormSchema = z.strictObject({
  platform: platformNameSchema,
  name: z.string().trim().min(1).max(CAMPAIGN_LIMITS.maxNameChars),
  purpose: purposeSchema,
  country: countrySchema.optional(),
  script: z.string().trim().min(1).max(200).optional(),
  language: z.string().trim().min(2).max(35).optional(),
  schedule: z.strictObject({
    start: z.iso.datetime().optional(),
    end: z.iso.datetime().optional(),
    zone: z.string().min(1).max(100),
  }),
  max_attempts: z.int().min(1).max(CAMPAIGN_LIMITS.maxAttempts),
  retry_minutes: z.int().min(1).max(CAMPAIGN_LIMITS.maxRetryMin),
});
export type CampaignForm = z.infer<typeof campaignFormSchema>;

/**
 * A campaign in the making. `unclear`: the platform did not answer and may have made it, a person decides; `unanswered`: the relay
 * did not, and asking it again makes no second one; `refused`: certainly not made.
 */
export const campaignDraftSchema = z.object({
  form: campaignFormSchema,
  /** Its file and the dry run; null once it is made. */
  import: importViewSchema.nullable(),
  making: z.discriminatedUnion('state', [
    z.object({ state: z.enum(['none', 'making', 'unclear']) }),
    z.object({ state: z.literal('unanswered'), reason: relayReasonSchema }),
    z.object({ state: z.literal('refused'), reason: relayReasonSchema }),
    z.object({
      ...{ state: z.literal('made'), campaign: platformIdSchema, sent: count, left_out: count },
      /** It begins later than was asked for: when everybody in it may be called. */
      starts_at: epochMs.optional(),
    }),
  ]),
});
export type CampaignDraftView = z.infer<typeof campaignDraftSchema>;

export const campaignsViewSchema = z.object({
  state: z.enum(['loading', 'ready', 'failed']),
  /** With `failed`. What was read before stays in `rows`. */
  reason: relayReasonSchema.optional(),
  /** When the rows were read. */
  at: epochMs.optional(),
  rows: z.array(campaignRowSchema),
  /** Platforms whose campaigns are missing from the rows. */
  missing: z.array(sourceStateSchema.extend({ label: z.string() })),
  /** Platforms at which a campaign can be made. */
  makers: z.array(campaignMakerSchema.extend({ label: z.string() })),
  draft: campaignDraftSchema.nullable(),
  /** The campaign whose calls are open. */
  open: z.object({ id: platformIdSchema, calls: campaignCallsSchema }).nullable(),
});
export type CampaignsView = z.infer<typeof campaignsViewSchema>;
