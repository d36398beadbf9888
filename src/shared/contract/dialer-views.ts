/** The preview dialer as main publishes it: the one lead in hand, and the calls this desk asked for. */
import { z } from 'zod';
import { dialViewSchema, verdictViewSchema } from './dial-views';
import { callKindSchema, consentLevelSchema, purposeSchema } from './dialling-policies';
import { leadIdSchema, leadAttemptSchema, leadVerbSchema, nextWhySchema, noLeadSchema } from './leads';
import { e164Schema } from './phone';
import { relayReasonSchema } from './relay-reasons';
import { contactHistoryViewSchema, phoneViewSchema } from './views';

const epochMs = z.number();
const count = z.int().nonnegative();

/** One number of the lead, with what the rules say of it now. */
export const leadNumberSchema = z.object({
  e164: e164Schema,
  phone: phoneViewSchema,
  /** What its column was called. */
  label: z.string().optional(),
  /** Calls to this number, over every list. */
  attempts: count,
  last_at: epochMs.optional(),
  verdict: verdictViewSchema,
});
export type LeadNumber = z.infer<typeof leadNumberSchema>;

export const leadViewSchema = z.object({
  id: leadIdSchema,
  name: z.string().optional(),
  list: z.object({ name: z.string(), purpose: purposeSchema, kind: callKindSchema, may_skip: z.boolean() }),
  platform_label: z.string().optional(),
  /** Why this one. */
  why: nextWhySchema,
  language: z.string().optional(),
  /** IANA zone of the record, where it says. */
  zone: z.string().optional(),
  /** The number that Call dials. */
  chosen: e164Schema,
  numbers: z.array(leadNumberSchema).min(1),
  history: contactHistoryViewSchema,
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  consent: z
    .object({ level: consentLevelSchema, given_at: epochMs.optional(), source: z.string().optional() })
    .optional(),
  attempts_made: count,
  /** Newest first. */
  attempts: z.array(
    z.object({
      at: epochMs,
      phone: phoneViewSchema,
      agent: z.string(),
      outcome: leadAttemptSchema.shape.outcome,
      value: z.string().optional(),
    }),
  ),
  /** What was done with it before, newest first. */
  trail: z.array(
    z.object({
      at: epochMs,
      verb: leadVerbSchema,
      agent: z.string(),
      reason: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  last_outcome: z.string().optional(),
  callback: z.object({ at: epochMs, zone: z.string().optional(), note: z.string().optional() }).optional(),
});
export type LeadView = z.infer<typeof leadViewSchema>;

/**
 * `lost`: the lead is in somebody else's hands or back in its list. `idle`: nobody was at the desk for too long.
 * `unreachable`: the relay could not be told in time that it is still read.
 */
export const leaseViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('held') }),
  z.object({ state: z.literal('lost'), why: z.enum(['idle', 'unreachable', 'taken']) }),
]);

export const previewViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('asking') }),
  z.object({ state: z.literal('failed'), reason: relayReasonSchema }),
  z.object({ state: z.literal('nothing'), why: noLeadSchema.shape.reason, next_at: epochMs.optional() }),
  z.object({ state: z.literal('open'), lead: leadViewSchema, lease: leaseViewSchema }),
]);
export type PreviewView = z.infer<typeof previewViewSchema>;

export const dialerViewSchema = z.object({
  preview: previewViewSchema,
  /** Calls of this desk that are not finished with, oldest first. */
  calls: z.array(dialViewSchema),
  /** Requests never to be called that have not reached the relay yet; they hold on this desk already. */
  unsent_dnc: count,
});
export type DialerView = z.infer<typeof dialerViewSchema>;
