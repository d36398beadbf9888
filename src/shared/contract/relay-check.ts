/** `POST /v1/check`: the relay's part of an agent's desk check (docs/rest.md). */
import { z } from 'zod';
import { callIdSchema, platformNameSchema, trustSchema } from './events';

export const checkAnswerSchema = z.object({
  /** The test call, on its way to the agent who asked; absent where no configured platform can be played. */
  call: callIdSchema.optional(),
  platform: platformNameSchema.optional(),
  /** Each hop in order. `note` says what went wrong, fit to show. */
  hops: z.array(z.object({ hop: z.string(), ok: z.boolean(), ms: z.number(), note: z.string().optional() })),
  /** How well each configured platform proves itself. */
  platforms: z.array(z.object({ platform: platformNameSchema, label: z.string(), trust: trustSchema })),
});
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
