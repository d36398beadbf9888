/** The `platforms.voiceinfra` section of the relay's configuration. */
import { z } from 'zod';
import { baseSchema, keySchema, secretsSchema } from '../lib/config';

export const voiceinfraConfigSchema = z
  .strictObject({
    secrets: secretsSchema.default([]),
    /**
     * Accept webhooks nobody signed, marked `open`: VoiceInfra works without a secret, and then anybody who learns the
     * address can send records. Never by leaving something out.
     */
    unsigned: z.boolean().default(false),
    api: z
      .strictObject({
        base: baseSchema('https://api.voiceinfra.ai'),
        key: keySchema,
        /** The voice agent that makes calls, and the number it calls from (E.164). */
        agent_id: z.string().min(1),
        from_number: z.string().regex(/^\+[1-9]\d{5,14}$/, 'must be an E.164 number'),
      })
      .optional(),
  })
  .refine(({ secrets, unsigned }) => secrets.length > 0 || unsigned, {
    path: ['secrets'],
    message: 'set the webhook secret here, or "unsigned": true to accept records from anybody',
  })
  .refine(({ secrets, unsigned }) => secrets.length === 0 || !unsigned, {
    path: ['unsigned'],
    message: 'cannot be combined with secrets: either every record is signed or none needs to be',
  });
export type VoiceinfraConfig = z.infer<typeof voiceinfraConfigSchema>;
