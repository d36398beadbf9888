/**
 * What main publishes to the windows: complete snapshots, already decided. Windows render them and send commands back;
 * they compute no verdicts. Codes, not words: words come from the renderer's catalogues. Instants are epoch ms on this
 * computer's clock, already corrected for the relay's clock.
 */
import { z } from 'zod';
import { amountSchema } from './amounts';
import { agentRoleSchema, agentStateSchema } from './desk-protocol';
import { callIdSchema, speakerSchema, trustSchema } from './events';
import { keysViewSchema } from './keys';
import { refusalSchema } from './refusals';
import { soundSettingsSchema } from './sound';

const epochMs = z.number();

/** A language that has a catalogue. Optional in views: absent means the system's, else English. */
export const languageSchema = z.enum(['en', 'hi', 'tr']);
export type Language = z.infer<typeof languageSchema>;

/** A phone number as people read it. `national` and `country` are missing when the number could not be parsed. */
export const phoneViewSchema = z.object({
  raw: z.string(),
  national: z.string().optional(),
  international: z.string().optional(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().optional(),
});
export type PhoneView = z.infer<typeof phoneViewSchema>;

export const turnViewSchema = z.object({
  key: z.string(),
  speaker: speakerSchema,
  text: z.string(),
  partial: z.boolean(),
  at: epochMs.optional(),
});
export type TurnView = z.infer<typeof turnViewSchema>;

/** Why a person is needed, as a kind that has words in every language; `raw` is the platform's own term. */
export const triggerKindSchema = z.enum([
  'upset',
  'asked_for_person',
  'keyword',
  'too_long',
  'compliance',
  'transfer',
  'ringing',
  'custom',
  'unknown',
]);
export type TriggerKind = z.infer<typeof triggerKindSchema>;

export const summaryViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('present'), text: z.string(), at: epochMs }),
  /**
   * `not_offered`: this platform never sends one; `missing`: it should have come and has not yet; `none_came`: the call is
   * over without one; `empty`: it came empty.
   */
  z.object({ state: z.literal('absent'), reason: z.enum(['not_offered', 'missing', 'none_came', 'empty']) }),
]);

/** Something the AI already did or said, not to be repeated or contradicted. */
export const factViewSchema = z.discriminatedUnion('kind', [
  /** In the platform's own words. */
  z.object({ kind: z.enum(['tool', 'field', 'amount', 'date']), label: z.string(), value: z.string() }),
  /** An outcome's value that says that something was promised. */
  z.object({ kind: z.literal('promise'), disposition: z.string() }),
  /** A call-back that was agreed. */
  z.object({ kind: z.literal('callback'), at: epochMs }),
]);
export type FactView = z.infer<typeof factViewSchema>;

/** What is known of this customer beyond the call; arrives a moment later, its place is kept. */
export const contactHistoryViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loading') }),
  z.object({
    state: z.literal('ready'),
    calls_30d: z.int().nonnegative(),
    last: z.object({ at: epochMs, disposition: z.string().optional() }).optional(),
    /** `null`: nobody knows. */
    dnc: z.boolean().nullable(),
  }),
  z.object({ state: z.literal('unavailable'), reason: z.string() }),
]);
export type ContactHistoryView = z.infer<typeof contactHistoryViewSchema>;

/** Everything both windows show about one call. */
export const callViewSchema = z.object({
  call: callIdSchema,
  platform: z.string(),
  platform_label: z.string(),
  trust: trustSchema,
  test: z.boolean(),
  phase: z.enum(['unknown', 'started', 'ringing', 'live', 'escalated', 'ended', 'failed']),
  trigger: z.object({ kind: triggerKindSchema, raw: z.string().optional() }),
  escalated_at: epochMs.optional(),
  ended_at: epochMs.optional(),
  /** Escalated too long before we heard of it: a missed call. */
  late: z.boolean(),
  name: z.string().optional(),
  phone: phoneViewSchema.optional(),
  language: z.string().optional(),
  campaign: z.string().optional(),
  summary: summaryViewSchema,
  facts: z.array(factViewSchema),
  transcript: z.object({
    /** False: this platform sends no live transcript, and the window says so. */
    offered: z.boolean(),
    turns: z.array(turnViewSchema),
    /** Index of the first turn said after the summary was written. */
    since_summary: z.int().nonnegative().optional(),
  }),
  transfer: z.object({
    mode: z.enum(['warm', 'cold', 'unknown']),
    to: phoneViewSchema.optional(),
    label: z.string().optional(),
  }),
  history: contactHistoryViewSchema,
  claim: z.discriminatedUnion('state', [
    z.object({ state: z.literal('open') }),
    z.object({ state: z.literal('claiming') }),
    z.object({ state: z.literal('mine'), since: epochMs }),
    z.object({ state: z.literal('other'), name: z.string() }),
    /** The claim did not go through. */
    refusalSchema.extend({ state: z.literal('refused') }),
  ]),
  duration_s: z.number().optional(),
  /** Outcome words as they came: the AI's proposal and the agent's decision side by side. */
  ai_disposition: z.string().optional(),
  agent_disposition: z.string().optional(),
  /** Of the agent's decision. */
  agent_amount: amountSchema.optional(),
  /** The platform's own grade of the call, as it came. */
  qa_score: z.number().optional(),
  /** The platform has a recording; `until`: the address that came with the call is good until then, where that is known. */
  recording: z.object({ until: epochMs.optional() }).optional(),
});
export type CallView = z.infer<typeof callViewSchema>;

export const popViewSchema = z.object({
  /** The call shown in full, or null while the window is idle and hidden. */
  current: callViewSchema.nullable(),
  /** Event that made the current call pop; goes back with `pop:painted`. */
  event: z.string().nullable(),
  /** Other calls waiting, newest first. */
  waiting: z.array(
    z.object({ call: callIdSchema, name: z.string().optional(), escalated_at: epochMs, trigger: triggerKindSchema }),
  ),
  /** Hide name, number and summary until pointed at. */
  privacy: z.boolean(),
  /** Not connected: what is shown may be out of date. */
  stale: z.boolean(),
  /** What the current call sounds like, from the settings. Absent: the standard sound. */
  sound: soundSettingsSchema.optional(),
  /** Something covers this window: it sounds until seen, whatever was chosen. */
  insist: z.boolean().optional(),
  /** The person has turned to the current call, in whichever of the windows: it does not sound again. */
  seen: z.boolean().optional(),
  /** A CRM is set up: the call can be opened in it. */
  crm: z.boolean().optional(),
  /** Absent: the standard keys. */
  keys: keysViewSchema.optional(),
  language: languageSchema.optional(),
});
export type PopView = z.infer<typeof popViewSchema>;

/** One row of the call list. */
export const callRowSchema = z.object({
  call: callIdSchema,
  group: z.enum(['waiting', 'live', 'wrapup', 'missed', 'ended']),
  name: z.string().optional(),
  phone: phoneViewSchema.optional(),
  trigger: triggerKindSchema,
  at: epochMs,
  claim: z.enum(['open', 'mine', 'other']),
  claimed_by: z.string().optional(),
  test: z.boolean(),
  late: z.boolean(),
});
export type CallRow = z.infer<typeof callRowSchema>;

/** A display as its system names it; `label` may be empty. */
export const displayViewSchema = z.object({
  id: z.number(),
  label: z.string(),
  /** Physical px. */
  width: z.number(),
  height: z.number(),
  primary: z.boolean(),
});
export type DisplayView = z.infer<typeof displayViewSchema>;

export const connectionViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('live'), since: epochMs }),
  z.object({ state: z.literal('reconnecting'), since: epochMs, next_try_at: epochMs.optional() }),
  /** Terminal until the person does something. */
  z.object({
    state: z.literal('stopped'),
    reason: z.enum(['token_refused', 'token_missing', 'taken_over', 'protocol', 'relay_failed', 'not_configured']),
    message: z.string().optional(),
  }),
]);
export type ConnectionView = z.infer<typeof connectionViewSchema>;

export const deskModeSchema = z.enum(['practice', 'solo', 'team']);
export type DeskMode = z.infer<typeof deskModeSchema>;

/** Something the person must be told that belongs to no call: a settings file set aside, a keychain that is missing. */
export const noticeViewSchema = z.object({
  id: z.string(),
  kind: z.enum([
    'policy_broken',
    'policy_ignored',
    'settings_set_aside',
    'keychain_missing',
    'notifications_unavailable',
    'tray_missing',
    'pop_covered',
    'shortcut_taken',
    /** A deep link named a call that this desk does not have. */
    'link_call_missing',
    'nothing_kept',
    /** Rules of "may I call?" whose sources are due to be looked at again; `detail`: the packs. */
    'packs_overdue',
  ]),
  detail: z.string().optional(),
});

export const deskViewSchema = z.object({
  mode: deskModeSchema,
  connection: connectionViewSchema,
  agent: z.object({ id: z.string(), name: z.string(), role: agentRoleSchema, queues: z.array(z.string()) }).nullable(),
  state: z.object({ value: agentStateSchema, since: epochMs }),
  rows: z.array(callRowSchema),
  /** The call open in the detail pane. */
  selected: callViewSchema.nullable(),
  notices: z.array(noticeViewSchema),
  /** Callbacks that are due or overdue, of the agent's own and of the queue. Absent: none. */
  callbacks_due: z.int().nonnegative().optional(),
  /** A CRM is set up: calls can be opened in it. */
  crm: z.boolean().optional(),
  /** Absent: the standard keys. */
  keys: keysViewSchema.optional(),
  language: languageSchema.optional(),
});
export type DeskView = z.infer<typeof deskViewSchema>;
