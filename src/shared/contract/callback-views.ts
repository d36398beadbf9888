/** Callbacks as main publishes them: what was promised to whom, which of it is due, and what reminds of it. */
import { z } from 'zod';
import { callbackIdSchema } from './callbacks';
import { purposeSchema } from './dialling-policies';
import { callIdSchema } from './events';
import { leadIdSchema } from './leads';
import { relayReasonSchema } from './relay-reasons';
import { phoneViewSchema } from './views';

const epochMs = z.number();
const count = z.int().nonnegative();

export const callbackRowSchema = z.object({
  id: callbackIdSchema,
  state: z.enum(['waiting', 'due', 'overdue']),
  /** The promised moment. */
  at: epochMs,
  /** IANA zone and wall time (`YYYY-MM-DDTHH:mm`) as the customer said them. */
  zone: z.string().optional(),
  wall_time: z.string().optional(),
  /** When it reminds: the promised moment, or what it was deferred to. */
  remind_at: epochMs,
  deferred: count,
  owner: z.enum(['mine', 'queue', 'other']),
  owner_name: z.string().optional(),
  /** It was somebody's own. */
  released_from: z.string().optional(),
  /** They were away when it was due, have left, no longer work the list, or gave it back. */
  released_why: z.enum(['away', 'gone', 'moved', 'given']).optional(),
  name: z.string().optional(),
  phone: phoneViewSchema,
  /** Opens in the dialer. */
  lead: leadIdSchema.optional(),
  list: z.string().optional(),
  call: callIdSchema.optional(),
  purpose: purposeSchema,
  note: z.string().optional(),
  /** Who reads it right now. */
  held_by: z.string().optional(),
  /** Agreed on this desk and not at the relay yet. */
  unsent: z.boolean(),
});
export type CallbackRow = z.infer<typeof callbackRowSchema>;

export const callbacksViewSchema = z.object({
  state: z.enum(['loading', 'ready', 'failed']),
  /** With `failed`. What was known before stays in `rows`. */
  reason: relayReasonSchema.optional(),
  /** Soonest first. */
  rows: z.array(callbackRowSchema),
  /** More than are shown. */
  more: z.boolean(),
  due: count,
  overdue: count,
  /** Own ones that want an answer now: each stays until it is done or deferred. */
  reminders: z.array(callbackIdSchema),
});
export type CallbacksView = z.infer<typeof callbacksViewSchema>;
