/** The `platforms.vinfer` section of the relay's configuration. */
import { z } from 'zod';
import { baseSchema, keySchema, secretsSchema } from '../lib/config';

/**
 * How an outcome is written back. VInfer lists no such route: `PATCH /v1/calls/{id}` is the likeliest, and an account
 * with another one names it here. `{id}` stands for the call id.
 */
const dispositionRouteSchema = z.strictObject({
  method: z.enum(['PATCH', 'PUT', 'POST']).default('PATCH'),
  path: z
    .string()
    .regex(/^\/[\w\-./]*\{id\}[\w\-./]*$/, 'must start with / and hold {id}')
    .default('/calls/{id}'),
});

/** How a number is put on the platform's do-not-call list. None is published: an account that has one names it here. */
const suppressRouteSchema = z.strictObject({
  method: z.enum(['PATCH', 'PUT', 'POST']).default('POST'),
  path: z.string().regex(/^\/[\w\-./]*(?:\{phone\}[\w\-./]*)?$/, 'must start with /, and may hold {phone}'),
});

export const vinferConfigSchema = z.strictObject({
  secrets: secretsSchema.min(1),
  api: z
    .strictObject({
      base: baseSchema('https://api.vinfer.ai'),
      key: keySchema,
      /** `calls`: `POST /v1/calls`, and a campaign of one contact where the account has no such route. */
      start_call: z.enum(['calls', 'campaign']).default('calls'),
      disposition: dispositionRouteSchema.prefault({}),
      dnc: suppressRouteSchema.optional(),
      /** Used for calls that name none. */
      script_id: z.string().min(1).optional(),
      language: z.string().min(1).optional(),
    })
    .optional(),
});
export type VinferConfig = z.infer<typeof vinferConfigSchema>;
