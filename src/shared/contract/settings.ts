/** The desk's settings file (electron-store). No secret ever lives here. Unknown keys are kept out by the schema. */
import { z } from 'zod';
import { LARGEST_TEXT, NORMAL_TEXT } from '../lib/text-size';
import { crmLinkSettingsSchema } from './crm-link';
import { keySettingsSchema } from './keys';
import { outcomeSettingsSchema } from './outcomes';
import { soloSettingsSchema } from './solo';
import { soundSettingsSchema } from './sound';
import { deskModeSchema } from './views';

export const settingsSchema = z.strictObject({
  mode: deskModeSchema.default('practice'),
  team: z
    .strictObject({
      /** Relay addresses, `wss://host[:port]` or `ws://` on loopback; tried in order. */
      relays: z.array(z.string().max(300)).max(10).default([]),
    })
    .default({ relays: [] }),
  solo: soloSettingsSchema.prefault({}),
  pop: z
    .strictObject({
      enabled: z.boolean().default(true),
      display: z.enum(['cursor', 'primary', 'fixed', 'all']).default('cursor'),
      /** The display of `fixed`: the system's number of it, and its name for when it is not connected. */
      fixed_display: z.strictObject({ id: z.number(), label: z.string().max(200) }).optional(),
      /** When other windows cover the pop, notify and sound even where both are switched off. Absent: yes. */
      insist: z.boolean().optional(),
      /** What makes a platform's calls pop, where it is not the platform's default. */
      rules: z.record(z.string().max(32), z.strictObject({ escalated: z.boolean(), ringing: z.boolean() })).optional(),
      /** Test events pop too. In practice they always do. */
      tests: z.boolean().optional(),
    })
    .default({ enabled: true, display: 'cursor' }),
  /** Minutes without keyboard and mouse after which the agent counts as away; 0: never. Absent: 15. */
  away_after_min: z.int().min(0).max(240).optional(),
  notifications: z.strictObject({ enabled: z.boolean().default(true) }).default({ enabled: true }),
  /** Absent: calls lead into no CRM. */
  crm: crmLinkSettingsSchema.optional(),
  /** Absent: the standard sound. */
  sound: soundSettingsSchema.optional(),
  /** Keys that differ from the standard. */
  keys: keySettingsSchema.optional(),
  /** Starts with the computer. Absent: no. */
  start_at_login: z.boolean().optional(),
  outcomes: outcomeSettingsSchema.prefault({}),
  /** How long this desk keeps the calls it saw, days. Outcomes that have not reached the relay are kept for ever. */
  history: z.strictObject({ keep_days: z.int().min(1).max(3650).default(90) }).prefault({}),
  /** Hide name, number and summary until pointed at; toasts carry none. */
  privacy: z.boolean().default(false),
  language: z.enum(['system', 'en', 'hi', 'tr']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** How large everything in the windows is, percent. Absent: 100. */
  text_size: z.int().min(NORMAL_TEXT).max(LARGEST_TEXT).optional(),
});
export type Settings = z.infer<typeof settingsSchema>;
