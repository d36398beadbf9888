/**
 * A call as folded from its events. This is both the fold's own state and the snapshot that the relay sends, so a desk
 * can go on folding from where the relay stood. Everything in it is a join: the same set of events, in any order and
 * any number of times, gives the same snapshot.
 */
import { z } from 'zod';
import { amountSchema } from './amounts';
import { callIdSchema, instantSchema, speakerSchema, trustSchema, turnSchema } from './events';

/** A value with the event that set it: the later event time wins, ties go to the greater event id. */
function stamped<T extends z.ZodType>(value: T) {
  return z.object({ value, at: instantSchema, event: z.string() });
}
export interface Stamped<T> {
  value: T;
  at: string;
  event: string;
}

/** What platforms say about a call in passing; each field keeps its latest word. */
export const callFieldsSchema = z.object({
  direction: stamped(z.enum(['inbound', 'outbound'])).optional(),
  from: stamped(z.string()).optional(),
  to: stamped(z.string()).optional(),
  campaign: stamped(z.string()).optional(),
  contact_name: stamped(z.string()).optional(),
  contact_phone: stamped(z.string()).optional(),
  /** Id of the agent who started the call from a desk. */
  origin_agent: stamped(z.string()).optional(),
  language: stamped(z.string()).optional(),
  custom_fields: stamped(z.record(z.string(), z.unknown())).optional(),
  end_reason: stamped(z.string()).optional(),
  duration_seconds: stamped(z.number()).optional(),
  outcome: stamped(z.string()).optional(),
  /** Summary written after the call; the escalation's own summary lives with the escalation. */
  end_summary: stamped(z.string()).optional(),
  callback_time: stamped(instantSchema).optional(),
  recording_url: stamped(z.string()).optional(),
  transcript_url: stamped(z.string()).optional(),
  sentiment: stamped(z.string()).optional(),
  qa_score: stamped(z.number()).optional(),
});
export type CallFields = z.infer<typeof callFieldsSchema>;

const milestoneSchema = z.object({ at: instantSchema, event: z.string() });

export const escalationSchema = z.object({
  at: instantSchema,
  received: instantSchema,
  late: z.boolean(),
  transfer: z.enum(['warm', 'cold', 'unknown']),
  trigger: z.string().optional(),
  to: z.string().optional(),
  label: z.string().optional(),
  summary: z.string().optional(),
});
export type Escalation = z.infer<typeof escalationSchema>;

export const callTurnSchema = z.object({
  speaker: speakerSchema,
  text: z.string(),
  partial: z.boolean(),
  /** When it was said if known, else when the event happened: the order of turns. */
  at: instantSchema,
  /** Stamp of the version kept: a later event replaces, and a final version beats a partial one. */
  stamp: instantSchema,
  event: z.string(),
});
export type CallTurn = z.infer<typeof callTurnSchema>;

export const dispositionSchema = z.object({
  value: z.string(),
  agent: z.string().optional(),
  notes: z.string().optional(),
  amount: z.looseObject(amountSchema.shape).optional(),
  callback: z
    .looseObject({ at: instantSchema, zone: z.string().optional(), wall_time: z.string().optional() })
    .optional(),
});

export const callSnapshotSchema = z.object({
  call: callIdSchema,
  /** True as soon as any event of the call was a test. */
  test: z.boolean(),
  /** The weakest trust of any platform event so far. */
  trust: trustSchema,
  fields: callFieldsSchema,
  /** Earliest known instant per step. A step no platform event spoke of is absent, not assumed. */
  milestones: z.object({
    started: milestoneSchema.optional(),
    ringing: milestoneSchema.optional(),
    answered: milestoneSchema.optional(),
    ended: milestoneSchema.optional(),
    failed: milestoneSchema.extend({ message: z.string() }).optional(),
  }),
  /** By event id. */
  escalations: z.record(z.string(), escalationSchema),
  /** Live turns by utterance key. */
  turns: z.record(z.string(), callTurnSchema),
  /** The complete conversation, once the platform sent or we fetched it; supersedes `turns` for display. */
  transcript: stamped(z.array(turnSchema)).optional(),
  /** By event id. */
  tools: z.record(
    z.string(),
    z.object({
      at: instantSchema,
      name: z.string(),
      arguments: z.unknown().optional(),
      result: z.unknown().optional(),
    }),
  ),
  /** Interruptions and stalls by event id. */
  disturbances: z.record(
    z.string(),
    z.object({ at: instantSchema, kind: z.enum(['interrupted', 'stalled']), text: z.string().optional() }),
  ),
  /** The latest word per author: the AI's proposal, the agent's decision, the platform's later value. None overwrites another. */
  dispositions: z.object({
    ai: stamped(dispositionSchema).optional(),
    agent: stamped(dispositionSchema).optional(),
    platform: stamped(dispositionSchema).optional(),
  }),
  /** The claim register: highest `seq` wins. `lease_until` absent means released. */
  claim: z
    .object({
      seq: z.int().nonnegative(),
      agent: z.object({ id: z.string(), name: z.string() }),
      lease_until: instantSchema.optional(),
      reason: z.string().optional(),
      at: instantSchema,
    })
    .optional(),
});
export type CallSnapshot = z.infer<typeof callSnapshotSchema>;
