/**
 * Solo mode: one agent, their own voice platforms, the relay on this computer. What is asked for each platform is the
 * relay's own configuration section (docs/configuration.md). Secrets go one way, from the form to main's vault: a window
 * learns that one is set, nothing of it.
 */
import { z } from 'zod';

export const soloPlatformSchema = z.enum(['vinfer', 'voiceinfra', 'infer', 'salpre']);
export type SoloPlatform = z.infer<typeof soloPlatformSchema>;

export const soloFieldSchema = z.enum([
  'webhook_secret',
  'path_secret',
  'header_name',
  'header_value',
  'api_key',
  'api_base',
  'agent',
  'from',
]);
export type SoloField = z.infer<typeof soloFieldSchema>;

/** Longest value of any field, characters: an API key that is a signed token. */
const MAX_VALUE_CHARS = 4_096;
export const soloFormSchema = z.partialRecord(soloFieldSchema, z.string().max(MAX_VALUE_CHARS));
export type SoloForm = z.infer<typeof soloFormSchema>;

/** Why a form was not taken; words are in the catalogues. */
export const soloFaultSchema = z.enum([
  'missing',
  'too_short',
  'not_printable',
  'not_a_path',
  'not_a_header',
  'not_an_address',
  'not_a_number',
]);
export type SoloFault = z.infer<typeof soloFaultSchema>;

export const soloSaveReplySchema = z.discriminatedUnion('ok', [
  /** `memory`: no keychain here, so it is kept for this run only. */
  z.object({ ok: z.literal(true), kept: z.enum(['kept', 'memory']) }),
  z.object({ ok: z.literal(false), field: soloFieldSchema, fault: soloFaultSchema }),
]);

export const soloViewSchema = z.object({
  /** Whether this computer keeps secrets over a restart. */
  keychain: z.boolean(),
  /** Where the relay on this computer listens, and the address in front of it that platforms can reach, if there is one. */
  local: z.string(),
  public_url: z.string().optional(),
  platforms: z.array(
    z.object({
      platform: soloPlatformSchema,
      set: z.boolean(),
      fields: z.array(
        z.object({
          field: soloFieldSchema,
          set: z.boolean(),
          /** Of fields that are no secret. */
          value: z.string().optional(),
        }),
      ),
      /** What to give the platform; a secret path is left out of it. */
      address: z.string(),
    }),
  ),
});
export type SoloView = z.infer<typeof soloViewSchema>;

export const soloSettingsSchema = z.strictObject({
  /** Fixed, because the platforms' dashboards hold the address that leads here. */
  port: z.int().min(1024).max(65_535).default(4780),
  /** `https://…` of the tunnel or proxy that leads to this computer. */
  public_url: z.string().max(300).optional(),
});
