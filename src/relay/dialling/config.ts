/** The `dialling` section of the relay's configuration. */
import { z } from 'zod';
import { purposeSchema } from '../../shared/contract/dialling-policies';

export const dialSettingsSchema = z.strictObject({
  seller: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('own')
    .describe('Who calls, as consents name it; consents and stops that name nobody are of this one'),
  purpose: purposeSchema.default('sales').describe('Of calls that name none; sales has the strictest rules'),
  calls_at_once: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe('AI calls one agent may have under way, until a supervisor says otherwise'),
});
export type DialSettings = z.infer<typeof dialSettingsSchema>;
