/**
 * Every IPC channel between main and its windows, with the schemas of what crosses it in both directions. The bridge
 * type, the handlers and the sender checks are all derived from this map; there is no other IPC.
 */
import { z } from 'zod';
import { diallingMessages, diallingRequests } from './dialling-ipc';
import { deskCheckAnswersSchema, deskCheckSchema } from './desk-check';
import { agentStateSchema } from './desk-protocol';
import { callIdSchema } from './events';
import { historyCallSchema, historyExportSchema, historyPageSchema, historyQuerySchema, todaySchema } from './history';
import {
  decisionSchema,
  draftSchema,
  OUTCOME_LIMITS,
  outcomeEntrySchema,
  outcomeSourcesSchema,
  outcomeStateSchema,
  outcomesViewSchema,
  outcomeViewSchema,
  saveReplySchema,
} from './outcomes';
import { outcomeSchema } from './outcome';
import { floorAnswerSchema } from './floor';
import { joinViewSchema, MAX_INVITE_CHARS } from './joining';
import { policyViewSchema } from './policy';
import { refusalSchema } from './refusals';
import { settingsSchema } from './settings';
import { soloFormSchema, soloPlatformSchema, soloSaveReplySchema, soloViewSchema } from './solo';
import { deskViewSchema, displayViewSchema, popViewSchema } from './views';

export const windowNameSchema = z.enum(['screen-pop', 'workspace']);
export type WindowName = z.infer<typeof windowNameSchema>;

export type { Outcome } from './outcome';

/** `saved` is false when the person thought better of it. */
const exportReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), saved: z.boolean(), rows: z.int().nonnegative() }),
  refusalSchema.extend({ ok: z.literal(false) }),
]);

const call = z.strictObject({ call: callIdSchema });
const nothing = z.strictObject({});
const both = ['screen-pop', 'workspace'] as const;

/** Requests from a window to main: argument, reply, and the windows that may ask. */
export const ipcRequests = {
  /** The window has painted its first frame and listens: main sends the current view. */
  'window:ready': { from: both, args: nothing, reply: outcomeSchema },
  'call:claim': { from: both, args: call, reply: outcomeSchema },
  'call:decline': {
    from: both,
    args: z.strictObject({ call: callIdSchema, reason: z.enum(['busy', 'wrong_skill', 'not_mine', 'other']) }),
    reply: outcomeSchema,
  },
  'call:release': { from: both, args: call, reply: outcomeSchema },
  /** Opens the call in the workspace, showing that window if needed. */
  'call:open': { from: both, args: call, reply: outcomeSchema },
  'call:copy-number': { from: both, args: call, reply: outcomeSchema },
  /** Into the clipboard: an address of the recording that is valid now. No window ever holds one. */
  'call:copy-recording': { from: ['workspace'], args: call, reply: outcomeSchema },
  /** Opens the customer in the CRM, in the system's browser. */
  'call:open-crm': { from: both, args: call, reply: outcomeSchema },
  'pop:select': { from: ['screen-pop'], args: call, reply: outcomeSchema },
  /** Sent after the second animation frame that follows the content; `at` is epoch ms, fractional. */
  'pop:painted': {
    from: ['screen-pop'],
    args: z.strictObject({ call: callIdSchema, event: z.string().max(300), at: z.number() }),
    reply: outcomeSchema,
  },
  /** The person has turned to the call: by pointing at the window, by a key, by giving it the keyboard. */
  'pop:seen': { from: ['screen-pop'], args: call, reply: outcomeSchema },
  /** Height the content needs, CSS px; main clamps it. */
  'pop:resize': {
    from: ['screen-pop'],
    args: z.strictObject({ height: z.number().min(0).max(4000) }),
    reply: outcomeSchema,
  },
  /** The pop is hidden without an answer; the call stays in the workspace's waiting list. */
  'pop:dismiss': { from: ['screen-pop'], args: call, reply: outcomeSchema },
  'agent:set-state': { from: ['workspace'], args: z.strictObject({ value: agentStateSchema }), reply: outcomeSchema },
  'settings:get': { from: ['workspace'], args: nothing, reply: settingsSchema },
  'settings:set': {
    from: ['workspace'],
    args: z.strictObject({ settings: settingsSchema }),
    reply: outcomeSchema,
  },
  /** Join a team's relay: stores the address, keeps the token in the keychain (or for this run only), connects. */
  'team:join': {
    from: ['workspace'],
    args: z.strictObject({ relay: z.string().min(1).max(300), token: z.string().min(1).max(500) }),
    reply: outcomeSchema,
  },
  /** Reads an invite and says whose relay it names (`team:invite`). Nothing is sent before `team:accept`. */
  'team:read-invite': {
    from: ['workspace'],
    args: z.strictObject({ code: z.string().max(MAX_INVITE_CHARS), address: z.string().max(300) }),
    reply: outcomeSchema,
  },
  'team:invite': { from: ['workspace'], args: nothing, reply: joinViewSchema },
  /** The person has seen the host and said yes: the invite is exchanged for the agent's token. */
  'team:accept': { from: ['workspace'], args: nothing, reply: outcomeSchema },
  'team:decline': { from: ['workspace'], args: nothing, reply: outcomeSchema },
  /** Which platform keys are set. No secret ever goes this way. */
  'solo:get': { from: ['workspace'], args: nothing, reply: soloViewSchema },
  'solo:save': {
    from: ['workspace'],
    args: z.strictObject({ platform: soloPlatformSchema, form: soloFormSchema }),
    reply: soloSaveReplySchema,
  },
  'solo:remove': { from: ['workspace'], args: z.strictObject({ platform: soloPlatformSchema }), reply: outcomeSchema },
  /** Into the clipboard: the address to give the platform, or what it must sign with or send along. */
  'solo:copy': {
    from: ['workspace'],
    args: z.strictObject({ platform: soloPlatformSchema, what: z.enum(['address', 'secret']) }),
    reply: outcomeSchema,
  },
  /** Asks the platform to deliver to this desk's public address, where the platform can be asked. */
  'solo:register': {
    from: ['workspace'],
    args: z.strictObject({ platform: soloPlatformSchema }),
    reply: outcomeSchema,
  },
  'policy:get': { from: ['workspace'], args: nothing, reply: policyViewSchema },
  'desk-check:run': { from: ['workspace'], args: nothing, reply: deskCheckSchema },
  /** Into the clipboard, as text without names, numbers or addresses. */
  'desk-check:copy': { from: ['workspace'], args: deskCheckAnswersSchema, reply: outcomeSchema },
  /** Supervisors: the whole floor now; null while it cannot be had. */
  'floor:get': { from: ['workspace'], args: nothing, reply: z.object({ floor: floorAnswerSchema.nullable() }) },
  /** Asks where to, then writes the floor as CSV. */
  'floor:export': { from: ['workspace'], args: nothing, reply: outcomeSchema },
  /** After a terminal stop (taken over, token refused): try again because the person said so. */
  'connection:retry': { from: ['workspace'], args: nothing, reply: outcomeSchema },
  /** Everything the wrap-up form of this call shows, the draft that survived included. */
  'outcome:get': { from: ['workspace'], args: call, reply: outcomeViewSchema },
  /**
   * The form after a keystroke; `rev` counts up per form, an older one never replaces a newer one. Answered once it is
   * durable. Send every keystroke, wait for no answer: main keeps only the newest while the disk is busy.
   */
  'outcome:draft': {
    from: ['workspace'],
    args: z.strictObject({ call: callIdSchema, rev: z.int().nonnegative(), form: draftSchema }),
    reply: outcomeSchema,
  },
  /** Answered once it is durable here: "Saved here" may be said after this, never before. Sending follows by itself. */
  'outcome:save': {
    from: ['workspace'],
    args: z.strictObject({ call: callIdSchema, decision: decisionSchema }),
    reply: saveReplySchema,
  },
  /** Try a refused outcome again, because the person said so. */
  'outcome:retry': { from: ['workspace'], args: z.strictObject({ id: z.string().max(100) }), reply: outcomeSchema },
  /** The trail over all calls, newest first. */
  'outcome:list': {
    from: ['workspace'],
    args: z.strictObject({
      states: z.array(outcomeStateSchema).max(7).optional(),
      before: z.number().optional(),
      limit: z.int().min(1).max(OUTCOME_LIMITS.maxPage),
    }),
    reply: z.object({ entries: z.array(outcomeEntrySchema) }),
  },
  /** Where the choices of wrap-up come from. */
  'outcome:sources': { from: ['workspace'], args: nothing, reply: outcomeSourcesSchema },
  'wrap-up:extend': { from: ['workspace'], args: call, reply: outcomeSchema },
  /** Leaves wrap-up; refused (`outcome_required`) while an outcome is required and none is saved. */
  'wrap-up:leave': { from: ['workspace'], args: call, reply: outcomeSchema },
  'history:search': { from: ['workspace'], args: historyQuerySchema, reply: historyPageSchema },
  'history:call': { from: ['workspace'], args: call, reply: historyCallSchema },
  'history:today': { from: ['workspace'], args: nothing, reply: todaySchema },
  /** Writes what a search finds into a file of the person's choosing. */
  'history:export': { from: ['workspace'], args: historyExportSchema, reply: exportReplySchema },
  /** Shows the folder of the desk's own logs in the file manager. */
  'logs:open': { from: ['workspace'], args: nothing, reply: outcomeSchema },
  /** The displays there are, for the setting that names one. */
  'displays:list': { from: ['workspace'], args: nothing, reply: z.object({ displays: z.array(displayViewSchema) }) },
  ...diallingRequests,
  'notice:dismiss': { from: ['workspace'], args: z.strictObject({ id: z.string().max(100) }), reply: outcomeSchema },
} as const;
export type IpcRequest = keyof typeof ipcRequests;

/** Messages from main to a window. Queued per window until it says `window:ready`; only the latest of each is kept. */
export const ipcMessages = {
  'pop:view': { to: ['screen-pop'], data: popViewSchema },
  'desk:view': { to: ['workspace'], data: deskViewSchema },
  'outcomes:view': { to: ['workspace'], data: outcomesViewSchema },
  ...diallingMessages,
  /** The settings were changed, by whatever: what a page still holds is out of date. */
  'settings:view': { to: ['workspace'], data: settingsSchema },
  /** Bring this page of the workspace up (tray, toast click, deep link). */
  'desk:navigate': {
    to: ['workspace'],
    data: z.strictObject({ page: z.enum(['calls', 'dialer', 'callbacks', 'settings', 'first-run']) }),
  },
} as const;
export type IpcMessage = keyof typeof ipcMessages;

export type IpcArgs<C extends IpcRequest> = z.infer<(typeof ipcRequests)[C]['args']>;
export type IpcReply<C extends IpcRequest> = z.infer<(typeof ipcRequests)[C]['reply']>;
export type IpcData<C extends IpcMessage> = z.infer<(typeof ipcMessages)[C]['data']>;

/** What a preload script exposes as `window.desk`. */
export interface DeskBridge {
  request<C extends IpcRequest>(channel: C, args: IpcArgs<C>): Promise<IpcReply<C>>;
  /** Returns a function that stops listening. */
  on<C extends IpcMessage>(channel: C, listener: (data: IpcData<C>) => void): () => void;
}
