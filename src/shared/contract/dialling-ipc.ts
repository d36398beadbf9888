/** IPC of the dialling pages (dialer, callbacks, campaigns, lists): a part of the map in `ipc.ts`, kept in a file of its own. */
import { z } from 'zod';
import { callbacksViewSchema } from './callback-views';
import { CALLBACK_LIMITS, callbackIdSchema, wallTimeSchema } from './callbacks';
import { campaignFormSchema, campaignsViewSchema } from './campaign-views';
import { verdictViewSchema } from './dial-views';
import { dialerViewSchema, sightSchema } from './dialer-views';
import { countrySchema, dncScopeSchema, purposeSchema } from './dialling-policies';
import { platformNameSchema } from './events';
import { importSettingsSchema } from './lead-imports';
import {
  LEAD_LIMITS,
  leadIdSchema,
  leadStateSchema,
  listWorkSchema,
  pauseSegmentSchema,
  previewTimerSchema,
} from './leads';
import { listsViewSchema } from './list-views';
import { outcomeSchema } from './outcome';
import { e164Schema } from './phone';
import { platformIdSchema } from './rest';

const from = ['workspace'] as const;
const nothing = z.strictObject({});
const reply = outcomeSchema;
const lead = leadIdSchema;
const note = z.string().max(LEAD_LIMITS.maxNoteChars).optional();
const reason = z.string().min(1).max(LEAD_LIMITS.maxReasonChars);
/** Asked names one wish, so that a repeat of the page is no second one. */
const dial = z.string().min(1).max(100);
/** Wall time in a zone; `at` where the wall shows it twice. */
const when = { wall_time: wallTimeSchema, zone: z.string().min(1).max(100), at: z.iso.datetime().optional() };
const callback = z.strictObject({ id: callbackIdSchema });

export const diallingRequests = {
  'dialer:next': { from, args: nothing, reply },
  /** This number of the lead is looked at, and dialled by Call. */
  'dialer:number': { from, args: z.strictObject({ phone: e164Schema }), reply },
  /** Whether the lead is before somebody's eyes: its timer runs only while it is. */
  'dialer:sight': { from, args: z.strictObject({ lead, sight: sightSchema }), reply },
  /** More time to read it. */
  'dialer:extend': { from, args: z.strictObject({ lead }), reply },
  /** What the rules say is asked anew. */
  'dialer:recheck': { from, args: nothing, reply },
  /** `override`: a supervisor's reason to call although a rule that may be overridden says no. */
  'dialer:call': {
    from,
    args: z.strictObject({ lead, phone: e164Schema, override: z.string().trim().min(3).max(500).optional() }),
    reply,
  },
  'dialer:skip': { from, args: z.strictObject({ lead, reason, note }), reply },
  /** To somebody else. */
  'dialer:pass': { from, args: z.strictObject({ lead, reason, note }), reply },
  'dialer:remove': { from, args: z.strictObject({ lead, reason, note }), reply },
  /** Without `phone`: every number of the lead. Answered once it is durable and holds on this desk. */
  'dialer:never': {
    from,
    args: z.strictObject({
      ...{ lead, scope: dncScopeSchema, phone: e164Schema.optional() },
      verbatim: z.string().max(2_000).optional(),
    }),
    reply,
  },
  'dialer:later': {
    from,
    args: z.strictObject({ lead, ...when, owner: z.enum(['mine', 'queue']), note }),
    reply,
  },
  /** Back as it was: the page was left. */
  'dialer:release': { from, args: z.strictObject({ lead }), reply },
  /** What the rules say of this number at another time, epoch ms: a warning when a callback is agreed. */
  'dialer:when': {
    from,
    args: z.strictObject({ phone: e164Schema, at: z.number() }),
    reply: verdictViewSchema,
  },
  /** Looks whether an unclear call has appeared. */
  'dialer:look': { from, args: z.strictObject({ dial }), reply },
  /** Another attempt, although the first may be ringing: the agent's own decision. */
  'dialer:call-again': { from, args: z.strictObject({ dial }), reply },
  'dialer:put-away': { from, args: z.strictObject({ dial }), reply },

  /** Opens its lead in the dialer. */
  'callbacks:open': { from, args: callback, reply },
  /** It was kept, or is no longer needed. */
  'callbacks:done': { from, args: callback.extend({ cancelled: z.boolean() }), reply },
  'callbacks:defer': {
    from,
    args: callback.extend({ minutes: z.int().min(1).max(CALLBACK_LIMITS.maxDeferMin) }),
    reply,
  },
  /** To the queue. */
  'callbacks:release': { from, args: callback, reply },
  /** From the queue, to be one's own. */
  'callbacks:take': { from, args: callback, reply },
  'callbacks:move': { from, args: callback.extend(when), reply },

  /** The campaigns page is in sight or not: the platforms are read only while it is. */
  'campaigns:watch': { from, args: z.strictObject({ on: z.boolean() }), reply },
  /** Opens a campaign's calls; null closes them. */
  'campaigns:open': { from, args: z.strictObject({ campaign: platformIdSchema.nullable() }), reply },
  /** The next page of the open campaign's calls. */
  'campaigns:more': { from, args: nothing, reply },
  'campaigns:set-running': {
    from,
    args: z.strictObject({ campaign: platformIdSchema, running: z.boolean() }),
    reply,
  },
  /** Main asks the person for a file of contacts, sends it to the relay and has it checked; nothing is made yet. */
  'campaigns:contacts': { from, args: z.strictObject({ form: campaignFormSchema }), reply },
  /** Makes it from what was checked. `anyway`: the first request may have made it, and the person wants another all the same. */
  'campaigns:create': { from, args: z.strictObject({ anyway: z.boolean() }), reply },
  'campaigns:draft-close': { from, args: nothing, reply },
  /** Main asks the person where to keep every row that is left out, with its reason. */
  'campaigns:refused': { from, args: nothing, reply },

  'lists:watch': { from, args: z.strictObject({ on: z.boolean() }), reply },
  /** The next page of lists. */
  'lists:more': { from, args: nothing, reply },
  'lists:open': { from, args: z.strictObject({ list: leadIdSchema.nullable() }), reply },
  /** Looks at the leads of the open list: those in one state, or all. */
  'lists:leads': { from, args: z.strictObject({ state: leadStateSchema.nullable() }), reply },
  /** The next page of them. */
  'lists:leads-more': { from, args: nothing, reply },
  /** Opens one in the dialer. */
  'lists:open-lead': { from, args: z.strictObject({ lead }), reply },
  'lists:simulate': { from, args: z.strictObject({ list: leadIdSchema }), reply },
  'lists:set-paused': { from, args: z.strictObject({ list: leadIdSchema, paused: z.boolean() }), reply },
  'lists:set-segment-paused': {
    from,
    args: z.strictObject({ list: leadIdSchema, ...pauseSegmentSchema.shape }),
    reply,
  },
  'lists:set-preview': { from, args: z.strictObject({ list: leadIdSchema, preview: previewTimerSchema }), reply },
  'lists:set-work': { from, args: z.strictObject({ list: leadIdSchema, work: listWorkSchema }), reply },
  /** How many AI calls at once: of one agent, or of everybody; `calls` null: none of their own any more. */
  'lists:set-limit': {
    from,
    args: z.strictObject({ agent: z.string().min(1).max(100).nullable(), calls: z.int().min(1).max(50).nullable() }),
    reply,
  },
  /** Takes a lead out of somebody's hands. */
  'lists:take': { from, args: z.strictObject({ lead }), reply },
  /** Main asks the person for a file, sends it to the relay and has it checked; nothing is imported yet. */
  'lists:import': {
    from,
    args: z.strictObject({
      list: z.string().trim().min(1).max(LEAD_LIMITS.maxListNameChars),
      purpose: purposeSchema,
      country: countrySchema.optional(),
      /** Of a new list, where there are several that can start calls. */
      platform: platformNameSchema.optional(),
    }),
    reply,
  },
  /** The dry run again, with other settings. */
  'lists:import-check': { from, args: z.strictObject({ settings: importSettingsSchema }), reply },
  /** Imports what the dry run checked. */
  'lists:import-run': { from, args: nothing, reply },
  'lists:import-close': { from, args: nothing, reply },
  /** Main asks the person where to keep every refused row with its reason. */
  'lists:import-refused': { from, args: nothing, reply },
} as const;

export const diallingMessages = {
  'dialer:view': { to: from, data: dialerViewSchema },
  'callbacks:view': { to: from, data: callbacksViewSchema },
  'campaigns:view': { to: from, data: campaignsViewSchema },
  'lists:view': { to: from, data: listsViewSchema },
} as const;
