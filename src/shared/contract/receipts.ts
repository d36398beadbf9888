/**
 * What is kept of every attempt to call: who, whom, why it was allowed and by which rules, and what became of it. Written
 * before the platform is asked, so that no attempt is without one; kept for years, apart from the event log.
 */
import { z } from 'zod';
import { agentRoleSchema } from './desk-protocol';
import { dialReceiptSchema } from './dialling';
import { callIdSchema, instantSchema } from './events';

/**
 * `sending`: on its way to the platform. `made`: the platform took it. `dialling`: the platform will dial, and the call has
 * no id yet. `unclear`: nobody knows whether it rang. `not_made`: certainly not. `lost`: as older relays
 * said of one that the platform took and had not dialled.
 */
export const attemptStateSchema = z.enum(['sending', 'made', 'dialling', 'unclear', 'not_made', 'lost']);
export type AttemptState = z.infer<typeof attemptStateSchema>;

/** Who said that a call is wanted although an earlier, unclear attempt may be ringing. */
export const confirmationSchema = z.object({
  agent: z.string(),
  /** As it was then: of a colleague's attempt only a supervisor says so. */
  role: agentRoleSchema,
  /** Whose attempts may have been ringing. */
  attempts_of: z.array(z.string()),
});
export type Confirmation = z.infer<typeof confirmationSchema>;

export const callReceiptSchema = z.object({
  id: z.string(),
  state: attemptStateSchema,
  at: instantSchema,
  agent: z.string(),
  platform: z.string(),
  call: callIdSchema.optional(),
  campaign: z.string().optional(),
  list: z.string().optional(),
  lead: z.string().optional(),
  /** SHA-256 of the number, hex: stays when a person is forgotten, and `phone` in the check does not. */
  phone_hash: z.string(),
  /** Absent once the person was forgotten. */
  check: dialReceiptSchema.optional(),
  /** Said that an earlier, unclear attempt may be ringing, and that this one is wanted all the same. */
  confirmed_unclear: z.boolean(),
  /** Where there was one. Absent in receipts of older relays. */
  confirmed_by: confirmationSchema.optional(),
});
export type CallReceipt = z.infer<typeof callReceiptSchema>;

/** AI calls that one agent may have under way at once. */
const callsAtOnce = z.int().min(1).max(50);

export const callLimitsQuerySchema = z.strictObject({ agent: z.string().min(1).max(100).optional() });
export const callLimitsSchema = z.object({
  agent: z.string(),
  calls_at_once: callsAtOnce,
  /** For agents who have no limit of their own. */
  general: callsAtOnce,
  /** Calls of the agent that count towards it now. */
  under_way: z.int().nonnegative(),
});
export type CallLimits = z.infer<typeof callLimitsSchema>;

/** Body of `PUT /v1/call-limits`. Without `agent`: for everybody who has none of their own. Null: no longer one of their own. */
export const setCallLimitSchema = z
  .strictObject({ agent: z.string().min(1).max(100).optional(), calls_at_once: callsAtOnce.nullable() })
  .refine(
    ({ agent, calls_at_once }) => agent !== undefined || calls_at_once !== null,
    'agent: there is always a general one',
  );

/** `GET /v1/call-limits/agents`: for supervisors, by name. */
export const agentLimitsSchema = z.object({
  general: callsAtOnce,
  data: z.array(
    z.object({
      agent: z.string(),
      name: z.string(),
      /** Null: the general one holds. */
      own: callsAtOnce.nullable(),
      under_way: z.int().nonnegative(),
    }),
  ),
});
export type AgentLimits = z.infer<typeof agentLimitsSchema>;
