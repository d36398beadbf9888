/** "May I call?" and the calls this desk asked for, as main publishes them: codes and values, instants in epoch ms. */
import { z } from 'zod';
import { blockReasonSchema, passReasonSchema, wallClockSchema } from './dialling';
import { sourceSchema } from './dialling-policies';
import { callIdSchema } from './events';
import { relayReasonSchema } from './relay-reasons';
import { callViewSchema, phoneViewSchema } from './views';

const epochMs = z.number();

/** One rule of a verdict: what it says, and where that is written. */
export const verdictLineSchema = z.object({
  rule: z.string(),
  pack: z.string(),
  version: z.string(),
  reason: z.union([blockReasonSchema, passReasonSchema]),
  source: sourceSchema,
  /** When somebody last compared the rule with its source. */
  checked: z.string(),
  /** A supervisor may decide otherwise, with a reason. */
  overridable: z.boolean(),
  zone: z.string().optional(),
  list: z.string().optional(),
  /** Age of the list, the consent or the calendar that decided, days. */
  data_age_days: z.number().optional(),
  count: z.object({ counted: z.int(), max: z.int(), hours: z.number() }).optional(),
});
export type VerdictLine = z.infer<typeof verdictLineSchema>;

/** What a rule asks to be said, shown or kept; it decides nothing. */
export const noticeLineSchema = z.object({
  rule: z.string(),
  /** The pack's own sentence, English; windows have their own words for the rules they know. */
  summary: z.string(),
  source: sourceSchema,
});
export type NoticeLine = z.infer<typeof noticeLineSchema>;

/**
 * `local`: this desk itself knows that the number must not be called; the relay need not be asked. `unknown`: nobody could
 * be asked, which permits nothing.
 */
export const verdictViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asking') }),
  z.object({ state: z.literal('unknown'), reason: relayReasonSchema }),
  z.object({ state: z.literal('local'), scope: z.string() }),
  z.object({
    state: z.enum(['allowed', 'blocked']),
    at: epochMs,
    /** The customer's clock in every zone they could be in; wall `YYYY-MM-DDTHH:mm`. */
    clocks: z.array(wallClockSchema),
    /** `blocked`: the rules in the way. `allowed`: those that looked at something and let it pass. */
    lines: z.array(verdictLineSchema),
    /** The first lawful moment; absent when allowed, or when waiting alone does not help. */
    next: z.object({ at: epochMs, clocks: z.array(wallClockSchema) }).optional(),
    /** Some pack that took part is past its review date. */
    overdue: z.boolean(),
    /** Blocked because something could not be looked up: it passes by itself. */
    temporary: z.boolean(),
    notices: z.array(noticeLineSchema),
  }),
]);
export type VerdictView = z.infer<typeof verdictViewSchema>;

/** One call this desk asked for, from the click to its outcome. */
export const dialViewSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  phone: phoneViewSchema,
  at: epochMs,
  /**
   * `sending`: asked for. `awaited`: the platform will dial. `made`: there is a call, in `call` as soon as this desk has
   * heard of it. `unclear`: it may be ringing, a person decides.
   */
  state: z.enum(['sending', 'awaited', 'made', 'unclear']),
  reason: relayReasonSchema.optional(),
  /** With `unclear`: somebody looked for the call and did not find it, at this moment. */
  looked_at: epochMs.optional(),
  call_id: callIdSchema.optional(),
  call: callViewSchema.optional(),
});
export type DialView = z.infer<typeof dialViewSchema>;
