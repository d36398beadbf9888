/** Outcome of a command between windows and main. */
import { z } from 'zod';
import { refusalSchema } from './refusals';

/** As a value that can be shown: the windows have words for every `reason`. */
export const outcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  refusalSchema.extend({ ok: z.literal(false) }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
