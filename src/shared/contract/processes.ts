/**
 * Messages between the desk's main process and the programs it starts as utility processes (embedded relay, practice
 * floor). Secrets travel here and nowhere else: never in argv, environment or files.
 */
import { z } from 'zod';
import { agentRoleSchema } from './desk-protocol';

/** One voice platform as the embedded relay needs it. Shape of the relay's own config section, checked there in full. */
const embeddedConfig = z.record(z.string(), z.unknown());

export const toRelaySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    /** The relay's configuration (docs/configuration.md), with secrets in place. */
    config: embeddedConfig,
    /** The one agent of an embedded relay; created when missing, its token made anew at each start. */
    agent: z.object({
      id: z.string(),
      name: z.string(),
      numbers: z.array(z.string()).default([]),
      /** Whoever works alone on real platforms is their own supervisor and administrator. */
      role: agentRoleSchema.default('agent'),
    }),
  }),
  z.object({ type: z.literal('stop') }),
]);
export type ToRelay = z.infer<typeof toRelaySchema>;

export const fromRelaySchema = z.discriminatedUnion('type', [
  /** `url` is `http://127.0.0.1:<port>`; `token` is the agent's bearer token for this run. */
  z.object({ type: z.literal('ready'), url: z.string(), token: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type FromRelay = z.infer<typeof fromRelaySchema>;

export const toPracticeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    /** The practice floor's configuration (see its `config.ts`), relay address and webhook secrets in place. */
    config: embeddedConfig,
  }),
  /** Where to send webhooks, once the relay is up. Sent again whenever the relay comes back on another port. */
  z.object({ type: z.literal('relay'), url: z.string() }),
  /** Make one caller escalate now. */
  z.object({ type: z.literal('escalate') }),
  z.object({ type: z.literal('stop') }),
]);
export type ToPractice = z.infer<typeof toPracticeSchema>;

export const fromPracticeSchema = z.discriminatedUnion('type', [
  /** `url` is the base address of the simulated platforms' REST APIs. */
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({
    type: z.literal('sent'),
    platform: z.string(),
    call: z.string(),
    event: z.string(),
    /** Epoch ms when the request left, and when the relay's answer came. */
    sent_at: z.number(),
    answered_at: z.number().optional(),
    status: z.number().optional(),
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type FromPractice = z.infer<typeof fromPracticeSchema>;
