/** The `platforms.salpre` section of the relay's configuration. */
import { z } from 'zod';
import { baseSchema, keySchema } from '../lib/config';

/** The header is all that tells Salpre from anybody else; shorter values can be guessed. */
const MIN_HEADER_SECRET_CHARS = 16;

export const salpreConfigSchema = z.strictObject({
  /** The custom header set in Salpre under Settings > Integrations > Custom Webhook > Additional Headers. */
  header: z.strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be a header name')
      .toLowerCase(),
    value: keySchema.min(MIN_HEADER_SECRET_CHARS, `must have at least ${MIN_HEADER_SECRET_CHARS} characters`),
  }),
  api: z
    .strictObject({
      base: baseSchema('https://ai.salpre.com'),
      key: keySchema,
      /** The line calls go out on: `salprebox:SERIAL`. */
      from: z.string().min(1),
      agent_id: z.union([z.int().nonnegative(), z.string().min(1)]),
    })
    .optional(),
});
export type SalpreConfig = z.infer<typeof salpreConfigSchema>;
