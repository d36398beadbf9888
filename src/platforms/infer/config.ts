/** The `platforms.infer` section of the relay's configuration. */
import { z } from 'zod';
import { baseSchema, keySchema } from '../lib/config';

/** 22 base64url characters are 132 bits: the path is all that tells Infer from anybody else. */
const MIN_PATH_SECRET_CHARS = 22;

export const inferConfigSchema = z.strictObject({
  path_secret: z
    .string()
    .regex(/^[\w.~-]+$/, 'may hold only letters, digits and . _ ~ -, so that it survives in an address')
    .min(MIN_PATH_SECRET_CHARS, `must have at least ${MIN_PATH_SECRET_CHARS} characters (128 bits)`)
    .max(200),
  /** Addresses or networks that may deliver; absent allows any. */
  allow: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be an IP address or a network like 10.0.0.0/8'))
    .min(1)
    .max(100)
    .optional(),
  api: z
    .strictObject({
      base: baseSchema('https://voiceagent.infers.co'),
      key: keySchema,
      voice_agent_id: z.string().min(1),
    })
    .optional(),
});
export type InferConfig = z.infer<typeof inferConfigSchema>;
