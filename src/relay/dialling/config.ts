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
  callbacks: z
    .strictObject({
      owner_away: z
        .enum(['release', 'keep'])
        .default('release')
        .describe(
          'What becomes of a callback whose owner is away when it is due: the queue’s, or overdue until somebody decides',
        ),
      grace_minutes: z
        .int()
        .min(0)
        .max(24 * 60)
        .default(15)
        .describe('How long after its time its owner may still be away'),
    })
    .prefault({}),
});
export type DialSettings = z.infer<typeof dialSettingsSchema>;
