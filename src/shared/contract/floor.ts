/** `GET /v1/floor`: what a supervisor sees of the whole floor (docs/rest.md). */
import { z } from 'zod';
import { agentRoleSchema } from './desk-protocol';
import { callIdSchema, instantSchema } from './events';
import { leadIdSchema } from './leads';

/** What an agent does right now: `call` holds a claim on a call that goes on, the rest is their own word. */
export const floorDoingSchema = z.enum(['call', 'available', 'busy', 'wrapup', 'break', 'offline']);

export const floorAgentSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: agentRoleSchema,
  queues: z.array(z.string()),
  doing: floorDoingSchema,
  /** Since when; absent where the relay has not seen it begin. */
  since: instantSchema.optional(),
  call: callIdSchema.optional(),
});
export const floorCallSchema = z.object({
  call: callIdSchema,
  name: z.string().optional(),
  /** When the caller began to wait. */
  since: instantSchema,
  trigger: z.string().optional(),
  /** Names of the queues and agents it is for. */
  meant_for: z.array(z.string()),
});
export const floorListSchema = z.object({
  id: leadIdSchema,
  name: z.string(),
  paused: z.boolean(),
  /** Leads that wait to be called, now or later. */
  left: z.int().nonnegative(),
  /** Of them, those whose turn and whose hours it is. */
  callable: z.int().nonnegative(),
  held: z.int().nonnegative(),
  /** With nobody callable: when the next of them lawfully is; null: somebody is, or waiting does not help. */
  next_at: instantSchema.nullable(),
});
export const floorAnswerSchema = z.object({
  now: instantSchema,
  /** Start of the day that is counted. */
  from: instantSchema,
  agents: z.array(floorAgentSchema),
  /** Oldest first: who waits longest is on top. */
  waiting: z.array(floorCallSchema),
  missed: z.array(floorCallSchema),
  counts: z.object({ escalations: z.int(), claimed: z.int(), missed: z.int(), decided: z.int() }),
  /** Milliseconds from an escalation to its painted pop, over all agents; null before the first one. */
  context_lead_ms: z.object({ count: z.int(), p50: z.number(), p95: z.number() }).nullable(),
  /** Lists with leads left come first, in the order in which they are worked. Absent in answers of older relays. */
  lists: z.array(floorListSchema).default([]),
  /** What the AI proposed against what a person decided, most frequent first. */
  outcomes: z.array(z.object({ ai: z.string(), agent: z.string(), count: z.int() })),
});
export type FloorAnswer = z.infer<typeof floorAnswerSchema>;
