/** Lists of leads as main publishes them to supervisors: where the leads are, who holds which, imports, a simulated shift. */
import { z } from 'zod';
import { callKindSchema, purposeSchema } from './dialling-policies';
import { platformNameSchema } from './events';
import { importJobSchema } from './lead-imports';
import {
  holdSchema,
  leadCountsSchema,
  leadIdSchema,
  leadSegmentSchema,
  leadStateSchema,
  previewTimerSchema,
} from './leads';
import { agentLimitsSchema } from './receipts';
import { relayReasonSchema } from './relay-reasons';
import { phoneViewSchema } from './views';

const epochMs = z.number();

export const listRowSchema = z.object({
  id: leadIdSchema,
  name: z.string(),
  purpose: purposeSchema,
  kind: callKindSchema,
  platform_label: z.string().optional(),
  paused: z.boolean(),
  counts: leadCountsSchema,
  segments: z.array(leadSegmentSchema),
  /** The hours let somebody of it be called now. */
  open_now: z.boolean(),
  next_at: epochMs.optional(),
  importing: z.boolean(),
  max_attempts: z.int(),
  retry_minutes: z.int(),
  may_skip: z.boolean(),
  /** Queues whose agents work it; none: every agent. */
  queues: z.array(z.string()),
  priority: z.int(),
  /** Script or voice agent at the platform. */
  script: z.string().optional(),
  /** On whose behalf is called. */
  seller: z.string().optional(),
  preview: previewTimerSchema,
  changing: z.boolean(),
});
export type ListRow = z.infer<typeof listRowSchema>;

/** A lead in somebody's hands. */
export const heldRowSchema = z.object({
  lead: leadIdSchema,
  list: z.string(),
  name: z.string().optional(),
  phone: phoneViewSchema,
  agent: z.string(),
  since: epochMs,
  until: epochMs,
  phase: holdSchema.shape.phase,
});
export type HeldRow = z.infer<typeof heldRowSchema>;

/** One lead of a list, as a supervisor looks for it. */
export const leadRowViewSchema = z.object({
  id: leadIdSchema,
  name: z.string().optional(),
  phone: phoneViewSchema,
  state: leadStateSchema,
  /** With `later`: until when. */
  not_before: epochMs.optional(),
  /** With `blocked`: the reason code of the rule that stands in the way. */
  blocked_by: z.string().optional(),
  attempts: z.int(),
  last_outcome: z.string().optional(),
  held_by: z.string().optional(),
});
export type LeadRowView = z.infer<typeof leadRowViewSchema>;

export const listLeadsSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loading') }),
  z.object({ state: z.literal('failed'), reason: relayReasonSchema }),
  z.object({ state: z.literal('ready'), rows: z.array(leadRowViewSchema), more: z.boolean() }),
]);

/** `simulationSchema` with its instants in epoch ms. */
export const simulationViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running') }),
  z.object({ state: z.literal('failed'), reason: relayReasonSchema }),
  z.object({
    state: z.literal('ready'),
    at: epochMs,
    leads: z.int(),
    callable_at_start: z.int(),
    slots: z.array(z.object({ from: epochMs, callable: z.int() })),
    rules: z.array(
      z.object({
        rule: z.string(),
        pack: z.string(),
        reason: z.string(),
        leads: z.int(),
        opens_at: epochMs.optional(),
      }),
    ),
    places: z.array(
      z.object({
        country: z.string().optional(),
        regions: z.array(z.string()),
        zones: z.array(z.string()),
        leads: z.int(),
        callable: z.int(),
        next_at: epochMs.optional(),
      }),
    ),
    overdue: z.boolean(),
  }),
]);
export type SimulationView = z.infer<typeof simulationViewSchema>;

/** Why a file did not even reach the relay. */
export const fileFaultSchema = z.enum(['file_unreadable', 'file_too_large', 'file_empty']);

/** One import, from the file to the list. The job speaks in codes; its instants are the relay's. */
export const importViewSchema = z.object({
  /** What the file is called; where it lies is main's to know. */
  file: z.string(),
  state: z.enum(['uploading', 'working', 'checked', 'done', 'failed', 'cancelled']),
  reason: z.union([relayReasonSchema, fileFaultSchema]).optional(),
  job: importJobSchema.nullable(),
});
export type ImportView = z.infer<typeof importViewSchema>;

export const listsViewSchema = z.object({
  state: z.enum(['loading', 'ready', 'failed']),
  reason: relayReasonSchema.optional(),
  at: epochMs.optional(),
  /** Newest first. */
  rows: z.array(listRowSchema),
  /** There are older ones. */
  more: z.boolean(),
  /** Where calls from lists can be started. */
  platforms: z.array(z.object({ name: platformNameSchema, label: z.string() })),
  held: z.array(heldRowSchema),
  open: z
    .object({
      id: leadIdSchema,
      simulation: simulationViewSchema.nullable(),
      /** The leads that are looked at: those in one state, or all. */
      shown: leadStateSchema.nullable(),
      leads: listLeadsSchema,
    })
    .nullable(),
  import: importViewSchema.nullable(),
  /** How many AI calls agents may have at once; null: not read yet. */
  limits: z.object({ general: z.int(), agents: agentLimitsSchema.shape.data }).nullable(),
});
export type ListsView = z.infer<typeof listsViewSchema>;
