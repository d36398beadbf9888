/** Campaigns as main publishes them to the workspace: complete snapshots of codes and values. */
import { z } from 'zod';
import { callIdSchema } from './events';
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

export const campaignsViewSchema = z.object({
  state: z.enum(['loading', 'ready', 'failed']),
  /** With `failed`. What was read before stays in `rows`. */
  reason: relayReasonSchema.optional(),
  /** When the rows were read. */
  at: epochMs.optional(),
  rows: z.array(campaignRowSchema),
  /** Platforms whose campaigns are missing from the rows. */
  missing: z.array(sourceStateSchema.extend({ label: z.string() })),
  /** The campaign whose calls are open. */
  open: z.object({ id: platformIdSchema, calls: campaignCallsSchema }).nullable(),
});
export type CampaignsView = z.infer<typeof campaignsViewSchema>;
