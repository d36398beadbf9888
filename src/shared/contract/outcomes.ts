/**
 * Outcomes of calls: what the agent decides in wrap-up, the draft of it, how it travels, and how main shows it. Codes,
 * not words. Instants in views are epoch ms; instants inside a decision are RFC 3339 UTC, as they go over the wire.
 */
import { z } from 'zod';
import { amountSchema, currencySchema } from './amounts';
import { agentStateSchema } from './desk-protocol';
import {
  DEFAULT_DISPOSITIONS,
  dispositionPathSchema,
  dispositionsShownSchema,
  dispositionTreeSchema,
} from './dispositions';
import { callIdSchema, instantSchema } from './events';

const epochMs = z.number();

export const OUTCOME_LIMITS = {
  /** Characters of notes: pages of typing; the platforms take far less. */
  maxNotes: 10_000,
  /** Characters of the caller's own words when they ask not to be called. */
  maxVerbatim: 2_000,
  /** Characters of an amount as typed, with all its separators. */
  maxAmount: 40,
  /** Entries in one page of the outcome list. */
  maxPage: 200,
} as const;

/** `YYYY-MM-DDTHH:mm`, what the clock on the customer's wall shows. */
export const wallTimeSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/);

/** An agreed call-back: the instant, and the zone and wall time as spoken, so that neither can drift from the other. */
export const callbackSchema = z.strictObject({
  at: instantSchema,
  /** IANA name, `Asia/Kolkata`. */
  zone: z.string().min(1).max(64),
  wall_time: wallTimeSchema,
  /** Whose it is: this agent's, or anybody's of the queue. */
  owner: z.enum(['mine', 'queue']),
});
export type Callback = z.infer<typeof callbackSchema>;

/** `automated`: no automated call, the safe reading of any stop; `all`: no call at all; `campaign`: not for this campaign. */
export const dncScopeSchema = z.enum(['automated', 'all', 'campaign']);

/** A request not to be called, with the caller's words as evidence. Cannot be undone by the agent. */
export const dncSchema = z.strictObject({
  scope: dncScopeSchema,
  verbatim: z.string().max(OUTCOME_LIMITS.maxVerbatim).optional(),
});
export type Dnc = z.infer<typeof dncSchema>;

/** What the agent decided about a call. */
export const decisionSchema = z.strictObject({
  path: dispositionPathSchema,
  notes: z.string().max(OUTCOME_LIMITS.maxNotes).optional(),
  /** What was promised or paid. */
  amount: amountSchema.optional(),
  callback: callbackSchema.optional(),
  dnc: dncSchema.optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** The form as it stands, half filled in or not: fields are kept exactly as typed. */
export const draftSchema = z.strictObject({
  path: z.array(z.string().max(64)).max(4),
  notes: z.string().max(OUTCOME_LIMITS.maxNotes),
  /** Absent: nothing typed, and every draft from before amounts were asked for. */
  amount: z.string().max(OUTCOME_LIMITS.maxAmount).optional(),
  callback: z
    .strictObject({
      date: z.string().max(20),
      time: z.string().max(20),
      zone: z.string().max(64),
      owner: z.enum(['mine', 'queue']),
    })
    .nullable(),
  dnc: z.strictObject({ scope: dncScopeSchema, verbatim: z.string().max(OUTCOME_LIMITS.maxVerbatim) }).nullable(),
});
export type OutcomeDraft = z.infer<typeof draftSchema>;

/**
 * Where an outcome is. `saved`: durable here, not tried yet; `waiting`: will be tried again by itself; `sent`: the relay
 * has it and wrote it to the platform; `kept_by_relay`: the relay has it, the platform cannot take it or has not yet;
 * `refused`: the relay said no, a person must look.
 */
export const outcomeStateSchema = z.enum(['draft', 'saved', 'sending', 'sent', 'waiting', 'kept_by_relay', 'refused']);
export type OutcomeState = z.infer<typeof outcomeStateSchema>;

/** Why an outcome waits or was refused. */
export const outcomeReasonSchema = z.enum([
  /** Nobody answers: no network, or the relay is down. */
  'unreachable',
  /** The relay does not accept the token; waits for the agent to sign in again. */
  'sign_in',
  'busy',
  /** The relay failed on this one. */
  'relay_failed',
  /** The relay's answer could not be read. */
  'bad_answer',
  'not_allowed',
  'call_unknown',
  /** By the relay's configuration the outcome needs an amount. */
  'amount_needed',
  /** The relay does not accept what it says. */
  'invalid',
  /** Somebody else's outcome stands there already; a retry knowingly replaces it. */
  'conflict',
  /** The relay has it and the platform said no. */
  'platform_refused',
]);
export type OutcomeReason = z.infer<typeof outcomeReasonSchema>;

export const whySchema = z.object({
  code: outcomeReasonSchema,
  /** The relay's own sentence, fit to show as text. */
  detail: z.string().max(500).optional(),
});

/** One outcome as decided, with its way so far. A call may have several: a correction is a new one. */
export const outcomeEntrySchema = z.object({
  id: z.string(),
  call: callIdSchema,
  decision: decisionSchema,
  /** The AI's own value when the agent decided; kept beside the decision. */
  proposal: z.string().optional(),
  decided_at: epochMs,
  state: outcomeStateSchema,
  why: whySchema.optional(),
  /** With `conflict`: what the other agent decided. */
  conflict: z.object({ value: z.string(), agent: z.string() }).optional(),
  attempts: z.int().nonnegative(),
  next_try_at: epochMs.optional(),
  settled_at: epochMs.optional(),
  /** What became of it at the platform, once the relay has it. */
  platform: z.enum(['written', 'pending', 'unsupported']).optional(),
});
export type OutcomeEntry = z.infer<typeof outcomeEntrySchema>;

/**
 * Where this desk keeps what it saves. In `memory` nothing outlives the desk, and the window must say so: without a
 * keyring nothing secret is written to disk.
 */
export const storageViewSchema = z.discriminatedUnion('kept', [
  z.object({
    kept: z.literal('disk'),
    /** An unreadable journal was put aside under this file name; a new one was begun. */
    set_aside: z.string().optional(),
  }),
  z.object({ kept: z.literal('memory'), why: z.enum(['no_key', 'newer_version', 'in_use', 'disk']) }),
]);
export type StorageView = z.infer<typeof storageViewSchema>;

/** Two words for one call that do not agree. Neither overwrites the other. */
export const differenceSchema = z.object({
  between: z.enum(['ai_and_agent', 'platform_and_agent']),
  /** The agent's decision as the platform would spell it. */
  agent: z.string(),
  other: z.string(),
});
export type OutcomeDifference = z.infer<typeof differenceSchema>;

export const wrapUpViewSchema = z.object({
  call: callIdSchema,
  entered_at: epochMs,
  /** Absent: no time limit. */
  ends_at: epochMs.optional(),
  extensions_left: z.int().nonnegative(),
  /** An outcome must be saved before this wrap-up can be left. */
  required: z.boolean(),
  /** An outcome is saved. */
  done: z.boolean(),
});
export type WrapUpView = z.infer<typeof wrapUpViewSchema>;

/** Everything the wrap-up form of one call shows. */
export const outcomeViewSchema = z.object({
  call: callIdSchema,
  storage: storageViewSchema,
  dispositions: dispositionsShownSchema,
  /** Of amounts, where the choice names none. */
  currency: currencySchema,
  draft: z.object({ rev: z.int().nonnegative(), form: draftSchema }).nullable(),
  /** The AI's value; `path` where the tree knows it. */
  proposal: z.object({ value: z.string(), path: dispositionPathSchema.optional() }).nullable(),
  /** Newest first. */
  trail: z.array(outcomeEntrySchema),
  differences: z.array(differenceSchema),
  wrap_up: wrapUpViewSchema.nullable(),
  /** Minutes by outcome after which the lead is called again at the earliest, of a call that was asked for from a desk. */
  retry_after: z.record(z.string(), z.int()),
});
export type OutcomeView = z.infer<typeof outcomeViewSchema>;

/** What the whole workspace shows about outcomes: published whenever it changes. */
export const outcomesViewSchema = z.object({
  storage: storageViewSchema,
  /** Saved here and not at the relay yet. */
  waiting: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  /** Of agents who are not signed in: they wait on this computer for them. Absent: none. */
  others: z.int().nonnegative().optional(),
  /** State per call with a recent outcome, newest first. */
  calls: z.array(z.object({ call: callIdSchema, state: outcomeStateSchema, why: whySchema.optional() })),
  wrap_ups: z.array(wrapUpViewSchema),
  /** State to take after the wrap-up, as the agent chose it; absent: the one from before the call. */
  next_state: agentStateSchema.optional(),
});
export type OutcomesView = z.infer<typeof outcomesViewSchema>;

/** Answer to saving: `id` names the outcome from now on. `reason` is a code of `saveRefusalSchema`. */
export const saveRefusalSchema = z.enum([
  'not_in_tree',
  'not_a_final_choice',
  'amount_needed',
  'note_needed',
  'callback_needed',
  'callback_not_allowed',
  'callback_time_wrong',
  'dnc_needed',
  'not_stored',
]);
export const saveReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), id: z.string() }),
  z.object({ ok: z.literal(false), reason: saveRefusalSchema }),
]);
export type SaveReply = z.infer<typeof saveReplySchema>;

/** Where an agent's choices come from, for the page that shows and edits them. */
export const outcomeSourcesSchema = z.object({
  /** What the relay's configuration names; it comes before the settings. Null: it names none. */
  relay: dispositionsShownSchema.nullable(),
  /** What a new desk starts with. */
  standard: dispositionTreeSchema,
});
export type OutcomeSources = z.infer<typeof outcomeSourcesSchema>;

/** Settings of wrap-up (section `outcomes` of the settings file). */
export const outcomeSettingsSchema = z.strictObject({
  dispositions: dispositionTreeSchema.default(DEFAULT_DISPOSITIONS),
  /** Of amounts, where the outcome names none. */
  currency: currencySchema.default('INR'),
  /** An outcome must be saved before wrap-up can be left. */
  required: z.boolean().default(true),
  /** Wrap-up ends by itself with the saved outcome. */
  leave_after_save: z.boolean().default(false),
  /** Time for wrap-up, seconds; 0: no limit. */
  wrap_up_s: z.int().min(0).max(3600).default(0),
  extension_s: z.int().min(10).max(3600).default(60),
  extensions: z.int().min(0).max(20).default(2),
});
export type OutcomeSettings = z.infer<typeof outcomeSettingsSchema>;
