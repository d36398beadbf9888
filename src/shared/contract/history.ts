/** History as this desk saw it: search, one row per call, today's own numbers. Instants are epoch ms. */
import { z } from 'zod';
import { amountSchema } from './amounts';
import { callIdSchema } from './events';
import { outcomeEntrySchema } from './outcomes';
import { callViewSchema, phoneViewSchema, triggerKindSchema } from './views';

const epochMs = z.number();

export const HISTORY_LIMITS = {
  /** Characters of a search. */
  maxQuery: 200,
  /** Rows in one page. */
  maxPage: 200,
} as const;

/** `answered`: this agent claimed it; `missed`: it was offered here and nobody of this desk took it; `other`: only seen. */
export const historyKindSchema = z.enum(['answered', 'missed', 'other']);
export type HistoryKind = z.infer<typeof historyKindSchema>;

export const historyQuerySchema = z.strictObject({
  /** Words of names, summaries, notes and what was said, or digits of a number in any format. Empty: everything. */
  text: z.string().max(HISTORY_LIMITS.maxQuery),
  filters: z
    .strictObject({
      kind: historyKindSchema.optional(),
      platform: z.string().max(32).optional(),
      campaign: z.string().max(200).optional(),
      /** The agent's decision, else the AI's. */
      disposition: z.string().max(100).optional(),
      direction: z.enum(['inbound', 'outbound']).optional(),
      from: epochMs.optional(),
      to: epochMs.optional(),
      tests: z.boolean().optional(),
    })
    .default({}),
  /** From the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(HISTORY_LIMITS.maxPage).default(50),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** A search without its pages: everything it finds is exported. */
export const historyExportSchema = historyQuerySchema.omit({ cursor: true, limit: true });
export type HistoryExport = z.infer<typeof historyExportSchema>;

/** Where a search hit: pieces of text in order, `hit` ones to be marked. Text only, never markup. */
export const snippetSchema = z.object({
  where: z.enum(['who', 'summary', 'notes', 'said']),
  parts: z.array(z.object({ text: z.string(), hit: z.boolean() })),
});
export type Snippet = z.infer<typeof snippetSchema>;

export const historyRowSchema = z.object({
  call: callIdSchema,
  kind: historyKindSchema,
  /** First event of the call. */
  at: epochMs,
  ended_at: epochMs.optional(),
  name: z.string().optional(),
  phone: phoneViewSchema.optional(),
  platform: z.string(),
  campaign: z.string().optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  trigger: triggerKindSchema,
  duration_s: z.number().optional(),
  ai_disposition: z.string().optional(),
  agent_disposition: z.string().optional(),
  /** What the agent's decision says was promised or paid. */
  amount: amountSchema.optional(),
  test: z.boolean(),
  snippet: snippetSchema.optional(),
});
export type HistoryRow = z.infer<typeof historyRowSchema>;

export const historyPageSchema = z.object({
  rows: z.array(historyRowSchema),
  /** Present while there is more. */
  next: z.string().optional(),
  /** All that match; `capped`: at least that many. */
  total: z.object({ count: z.int().nonnegative(), capped: z.boolean() }),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

/** One call of the past with its outcomes, newest first; `call` is null when this desk does not keep it any more. */
export const historyCallSchema = z.object({
  call: callViewSchema.nullable(),
  outcomes: z.array(outcomeEntrySchema),
});
export type HistoryCall = z.infer<typeof historyCallSchema>;

/** This agent's own day, by this computer's calendar. Tests never count. */
export const todaySchema = z.object({
  /** `YYYY-MM-DD`. */
  day: z.string(),
  calls: z.int().nonnegative(),
  /** AI calls this desk asked for that may have rung. */
  dials: z.int().nonnegative(),
  /** From claim to the end of the call, seconds. */
  talk_s: z.number().nonnegative(),
  /** From entering wrap-up to the saved outcome, seconds. */
  wrap_up_s: z.number().nonnegative(),
  /** Of the calls taken today: how many had their summary on screen before they were claimed. */
  seen_first: z.int().nonnegative(),
});
export type Today = z.infer<typeof todaySchema>;
