/** Invites over REST: an administrator makes one, a desk exchanges it once for its agent's token (docs/rest.md). */
import { z } from 'zod';
import { agentRoleSchema } from './desk-protocol';
import { instantSchema } from './events';
import { e164Schema } from './phone';

/** How long an invite may stand open, seconds: a month at most, a day when nothing is said. */
export const INVITE_LIMITS = { minS: 60, maxS: 30 * 24 * 3600, usualS: 24 * 3600 } as const;

/** Ids of agents: what a person can type and a log can hold. */
export const agentIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$/, 'letters, digits and . _ @ - only, at most 100');

export const newInviteSchema = z.strictObject({
  id: agentIdSchema,
  name: z.string().min(1).max(200),
  numbers: z.array(e164Schema).max(20).default([]),
  queues: z.array(z.string().min(1).max(100)).max(100).default([]),
  role: agentRoleSchema.default('agent'),
  expires_in_s: z.int().min(INVITE_LIMITS.minS).max(INVITE_LIMITS.maxS).default(INVITE_LIMITS.usualS),
  /** `host[:port]` at which desks reach this relay; becomes part of the code. */
  host: z.string().max(260).optional(),
});
export type NewInvite = z.infer<typeof newInviteSchema>;

/** The code is told once and stored nowhere. */
export const inviteAnswerSchema = z.object({
  code: z.string(),
  /** `handover-desk://join/<code>`. */
  link: z.string(),
  id: z.string(),
  expires_at: instantSchema,
});
export type InviteAnswer = z.infer<typeof inviteAnswerSchema>;

/** `code` without its host. The same code with the same nonce gives the same token, so that a lost answer costs nothing. */
export const joinSchema = z.strictObject({
  code: z.string().min(1).max(100),
  nonce: z.string().regex(/^[\w-]{22,100}$/, 'must be 22 to 100 letters, digits, _ or -'),
});
export const joinAnswerSchema = z.object({
  token: z.string(),
  agent: z.object({ id: z.string(), name: z.string(), role: agentRoleSchema }),
});
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;
