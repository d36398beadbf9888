/**
 * Policy packs: the rules of "may I call?" as versioned data (`resources/policies`, docs/dialling.md), and the words that
 * rules and questions share.
 */
import { z } from 'zod';

/** Limits of a question, so that a check stays cheap whatever it is asked. */
export const DIAL_LIMITS = {
  /** Attempts looked at: far above any cap, in a window of at most a month. */
  maxAttempts: 1_000,
  maxConsents: 100,
  /** More than any country has. */
  maxZones: 60,
  maxHolidays: 1_000,
} as const;

/** `ai_voice`: an artificial voice speaks, whoever clicked. `live_human`: a person speaks from the first word. */
export const callKindSchema = z.enum(['ai_voice', 'live_human']);
export type DialKind = z.infer<typeof callKindSchema>;
export const purposeSchema = z.enum(['sales', 'service', 'collection', 'survey']);
export type DialPurpose = z.infer<typeof purposeSchema>;
export const lineTypeSchema = z.enum(['mobile', 'fixed', 'fixed_or_mobile', 'toll_free', 'other', 'unknown']);
export type LineType = z.infer<typeof lineTypeSchema>;
/** What asks: an import, the preview opening, the click, a dial timer of the preview, a callback that falls due. */
export const dialTriggerSchema = z.enum(['import', 'preview', 'click', 'auto_dial', 'callback']);
export type DialTrigger = z.infer<typeof dialTriggerSchema>;
/** `written` covers `express`. */
export const consentLevelSchema = z.enum(['express', 'written']);
/** What somebody does not want: calls of this campaign, of this seller, of any machine, any call at all. */
export const dncScopeSchema = z.enum(['campaign', 'seller', 'automated', 'all']);

export const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code');
export const dateSchema = z.iso.date();
/** Wall time `HH:MM`, to `24:00`. */
const wallSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM, at most 24:00');
/** Open from the first to before the second. */
const windowSchema = z
  .tuple([wallSchema, wallSchema])
  .refine(([from, to]) => from < to, 'must end later on the same day; split a window at midnight');
const windowsSchema = z.array(windowSchema).max(10);
export type DayWindows = z.infer<typeof windowsSchema>;

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `primary`: the law's or regulator's own text. `secondary`: somebody's account of it. `house`: ours, not law. */
export const sourceSchema = z.strictObject({
  url: z.string().regex(/^(?:https?:\/\/\S+|docs\/\S+)$/, 'must be a web address'),
  basis: z.enum(['primary', 'secondary', 'house']),
});

const ruleBase = {
  /** Stable: receipts and catalogues name it. */
  id: z.string().regex(/^[a-z]{2,10}(?:\.[a-z0-9_]+)+$/),
  /** What the rule says, one English sentence for who maintains the pack. */
  summary: z.string().min(10).max(500),
  source: sourceSchema,
  /** In force from the start of this date anywhere on Earth; null: before the pack's own date. */
  effective_from: dateSchema.nullable(),
  /** When somebody last compared the rule with its source. */
  checked: dateSchema,
  /** Everything given must match; absent means any. A number of unknown region is under the rules of every region. */
  applies: z
    .strictObject({
      regions: z.array(z.string().min(1).max(10)).min(1).optional(),
      kinds: z.array(callKindSchema).min(1).optional(),
      purposes: z.array(purposeSchema).min(1).optional(),
      line_types: z.array(lineTypeSchema).min(1).optional(),
      triggers: z.array(dialTriggerSchema).min(1).optional(),
    })
    .default({}),
  override: z.enum(['supervisor', 'never']).default('supervisor'),
};

export const policyRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('calling_window'),
    ...ruleBase,
    /** Every weekday must be given; an empty list is a closed day. */
    days: z.strictObject(
      Object.fromEntries(weekdays.map((day) => [day, windowsSchema])) as Record<
        (typeof weekdays)[number],
        typeof windowsSchema
      >,
    ),
    /** On a holiday both the weekday's windows and these must be open. Given: the rule needs a holiday calendar. */
    holiday: windowsSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('blocked_days'),
    ...ruleBase,
    weekdays: z.array(z.enum(weekdays)).default([]),
    /** True: the rule needs a holiday calendar. */
    holidays: z.boolean().default(false),
    dates: z.array(dateSchema).default([]),
  }),
  z.strictObject({
    kind: z.literal('attempt_cap'),
    ...ruleBase,
    /** At most so many within any `hours`, to the number, over every lead and campaign. */
    max: z.int().min(1).max(1_000),
    hours: z
      .number()
      .positive()
      .max(24 * 366),
    /** Which attempts count; a conversation and an abandoned call are attempts too. */
    counts: z.enum(['attempts', 'conversations', 'abandoned']).default('attempts'),
    count_kinds: z.array(callKindSchema).min(1).optional(),
    /** An attempt of unknown purpose always counts. */
    count_purposes: z.array(purposeSchema).min(1).optional(),
  }),
  z.strictObject({
    kind: z.literal('consent_required'),
    ...ruleBase,
    level: consentLevelSchema,
    /** `all`: any later withdrawal ends every earlier consent of the number; `record`: only its own. */
    revoked_by: z.enum(['all', 'record']).default('record'),
  }),
  z.strictObject({
    kind: z.literal('dnc_list'),
    ...ruleBase,
    list: z.string().min(1).max(50),
    /** Oldest copy of the list that may be relied on; absent: the list is asked live or says its own age. */
    max_age_days: z.number().positive().optional(),
    /** `note`: a list nobody looked into does not block. */
    when_missing: z.enum(['block', 'note']).default('block'),
    /** Consent of this level to this kind and purpose lets a listed number be called. */
    lifted_by: consentLevelSchema.optional(),
    /** True: an entry of any scope blocks. */
    any_scope: z.boolean().default(false),
  }),
  /** Decides nothing: what must be said, shown or kept. */
  z.strictObject({ kind: z.literal('notice'), ...ruleBase }),
]);
export type PolicyRule = z.infer<typeof policyRuleSchema>;

/** Outside `from` to `to` nobody knows whether a day is a holiday, and rules that need to know block. */
export const holidayCalendarSchema = z.strictObject({
  source: sourceSchema,
  checked: dateSchema,
  from: dateSchema,
  to: dateSchema,
  dates: z.array(dateSchema).max(DIAL_LIMITS.maxHolidays),
});

export const policyPackSchema = z
  .strictObject({
    format: z.literal(1),
    id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}(?:\.\d+)?$/, 'must be a date, as in 2026-11-21 or 2026-11-21.2'),
    title: z.string().min(1).max(200),
    /** `*`: every country, without making an unknown one known. */
    countries: z.array(z.union([countrySchema, z.literal('*')])).min(1),
    effective_from: dateSchema,
    checked: dateSchema,
    /** From this date on the pack is reported as overdue; its rules go on. */
    review_by: dateSchema,
    holidays: holidayCalendarSchema.optional(),
    rules: z.array(policyRuleSchema).max(200),
  })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, 'two rules have the same id');
export type PolicyPack = z.infer<typeof policyPackSchema>;
