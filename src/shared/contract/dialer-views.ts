/** The preview dialer as main publishes it: the one lead in hand, and the calls this desk asked for. */
import { z } from 'zod';
import { dialViewSchema, verdictViewSchema } from './dial-views';
import { callKindSchema, consentLevelSchema, purposeSchema } from './dialling-policies';
import {
  leadIdSchema,
  leadAttemptSchema,
  leadVerbSchema,
  nextWhySchema,
  noLeadSchema,
  previewTimerSchema,
} from './leads';
import { e164Schema } from './phone';
import { refusalCodeSchema } from './refusals';
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
  segment: z.string().optional(),
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

/** The lead as the window has it: before somebody's eyes, behind a dialog or a menu, or out of sight. */
export const sightSchema = z.enum(['read', 'dialog', 'hidden']);
export type Sight = z.infer<typeof sightSchema>;

const timerView = {
  action: previewTimerSchema.shape.action,
  /** How often it may still be extended. */
  extensions: count,
};
/** What happens by itself when the lead was read for long enough. */
export const previewTimerViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), ends_at: epochMs, ...timerView }),
  z.object({
    ...{ state: z.literal('paused'), left_ms: z.number(), ...timerView },
    why: z.enum(['dialog', 'hidden', 'offline', 'away', 'busy', 'wrap_up']),
  }),
  /** Time was up; `reason`: why nothing came of it. */
  z.object({ state: z.literal('over'), reason: refusalCodeSchema.optional(), ...timerView }),
]);
export type PreviewTimerView = z.infer<typeof previewTimerViewSchema>;

export const previewViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('asking') }),
  z.object({ state: z.literal('failed'), reason: relayReasonSchema }),
  z.object({ state: z.literal('nothing'), why: noLeadSchema.shape.reason, next_at: epochMs.optional() }),
  z.object({
    state: z.literal('open'),
    lead: leadViewSchema,
    lease: leaseViewSchema,
    timer: previewTimerViewSchema.optional(),
  }),
]);
export type PreviewView = z.infer<typeof previewViewSchema>;

export const dialerViewSchema = z.object({
  preview: previewViewSchema,
  /** Calls of this desk that are not finished with, oldest first. */
  calls: z.array(dialViewSchema),
  /** AI calls under way and allowed, as the relay counts them; absent: not known yet. */
  limit: z.object({ at_once: count, under_way: count }).optional(),
  /** Requests never to be called that have not reached the relay yet; they hold on this desk already. */
  unsent_dnc: count,
});
export type DialerView = z.infer<typeof dialerViewSchema>;
