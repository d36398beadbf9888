/**
 * Do not call: the relay's own list, made of what people said, and copies of registers. An agent adds to the own list and
 * never takes from it; a mistake is corrected by a supervisor, and the correction stays beside the entry.
 */
import { z } from 'zod';
import { dncScopeSchema } from './dialling-policies';
import { callIdSchema, instantSchema } from './events';
import { pageAnswer, pageQuery } from './paging';
import { e164Schema } from './phone';

export const DNC_LIMITS = {
  maxVerbatimChars: 2_000,
  maxReasonChars: 500,
  /** Bytes of one uploaded register: the US national list, 250 million numbers of 10 digits, fits. */
  maxListBytes: 4 * 1024 ** 3,
  /** Longest line of an uploaded register, characters. */
  maxLineChars: 1_000,
} as const;

/** How the person said it. */
export const dncChannelSchema = z.enum(['call', 'sms', 'email', 'web', 'post', 'other']);
/** Who recorded it: a person at a desk, the AI that heard it, the platform's own list, or an import. */
export const dncOriginSchema = z.enum(['agent', 'ai', 'platform', 'import']);

const time = z.iso.datetime({ offset: true });

/** Body of `POST /v1/dnc`: somebody asked not to be called. Without a call: a letter, a message, a walk-in. */
export const newDncSchema = z
  .strictObject({
    phone: e164Schema,
    scope: dncScopeSchema,
    /** Their own words. */
    verbatim: z.string().max(DNC_LIMITS.maxVerbatimChars).optional(),
    channel: dncChannelSchema,
    call: callIdSchema.optional(),
    /** Scope `campaign`: the campaign, or the list that the lead came from. Absent: any campaign. */
    campaign: z.string().min(1).max(300).optional(),
    /** Scope `seller`. Absent: the seller of the configuration. */
    seller: z.string().min(1).max(200).optional(),
    /** When they said it, where that was earlier. */
    requested_at: time.optional(),
  })
  .refine(({ scope, campaign }) => campaign === undefined || scope === 'campaign', 'campaign: only with its own scope')
  .refine(({ scope, seller }) => seller === undefined || scope === 'seller', 'seller: only with its own scope');
export type NewDnc = z.infer<typeof newDncSchema>;

/** Where an entry stands with a platform: sent on until acknowledged, or the platform has no such list. */
export const dncPlatformSchema = z.object({
  platform: z.string(),
  state: z.enum(['pending', 'written', 'unsupported', 'refused']),
  attempts: z.int(),
  reason: z.string().optional(),
});

export const dncEntrySchema = z.object({
  id: z.string(),
  /** Absent once the person was forgotten: the entry still holds, by the number's hash. */
  phone: e164Schema.optional(),
  scope: dncScopeSchema,
  campaign: z.string().optional(),
  seller: z.string().optional(),
  verbatim: z.string().optional(),
  channel: dncChannelSchema,
  origin: dncOriginSchema,
  agent: z.string().optional(),
  call: callIdSchema.optional(),
  requested_at: instantSchema,
  recorded_at: instantSchema,
  /** A corrected entry no longer stands. */
  corrected: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).optional(),
  platforms: z.array(dncPlatformSchema),
});
export type DncEntry = z.infer<typeof dncEntrySchema>;

export const dncQuerySchema = z.strictObject({ phone: e164Schema.optional(), ...pageQuery });
export const dncAnswerListSchema = z.object({ data: z.array(dncEntrySchema), ...pageAnswer });

/** Body of `POST /v1/dnc/{id}/correct`: it was never said, or of another number. For supervisors. */
export const correctDncSchema = z.strictObject({ reason: z.string().trim().min(3).max(DNC_LIMITS.maxReasonChars) });

// --- Registers -----------------------------------------------------------------------------------------------------

/** As rules of policy packs name them: `us.national`, `uk.tps`, `tr.iys` … `own` is the relay's own. */
export const dncListIdSchema = z
  .string()
  .regex(/^[a-z]{2}(?:\.[a-z0-9_]{1,40}){1,3}$/, 'must be a list of a policy pack, as in us.national');

/** One copy of a register: whole, dated by its publisher, and never changed. A newer one takes its place. */
export const dncListSchema = z.object({
  list: dncListIdSchema,
  /** The day the register was copied at its publisher. */
  date: instantSchema,
  imported_at: instantSchema,
  imported_by: z.string(),
  numbers: z.int(),
  /** Lines that held no number, such as a heading. */
  refused: z.int(),
  /** What dial checks look into; earlier copies are kept until they are replaced. */
  current: z.boolean(),
  age_days: z.number(),
  /** By the strictest rule of the packs that uses the list; absent where no rule sets one. */
  max_age_days: z.number().optional(),
  stale: z.boolean(),
});
export type DncList = z.infer<typeof dncListSchema>;
/** `missing`: lists that rules ask for and nobody has imported: they block. */
export const dncListsAnswerSchema = z.object({ data: z.array(dncListSchema), missing: z.array(z.string()) });

/** Query of `POST /v1/dnc/lists/{id}`; the body is the register, a number at the start of each line. */
export const importDncListSchema = z.strictObject({
  date: z.iso.date(),
  /** Country of numbers without a country code; absent: the list's own. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Somebody looked: many lines without a number, or far fewer numbers than before, are right. */
  confirm: z.enum(['true', 'false']).optional(),
});
export const dncListImportedSchema = z.object({
  list: dncListIdSchema,
  date: instantSchema,
  numbers: z.int(),
  refused: z.int(),
  /** The first few lines that were refused, by line number. */
  refused_lines: z.array(z.int()),
});
