/**
 * The policy file that a company's IT places on each machine (docs/managed-settings.md). What it names is in force and
 * cannot be changed by the person; strict, so that a misspelt key is told and not silently without effect.
 */
import { z } from 'zod';
import { settingsSchema } from './settings';

/** Every setting a person has can be set by the company. */
export const settingKeySchema = settingsSchema.keyof();
export type SettingKey = z.infer<typeof settingKeySchema>;

/** A host as it stands in an address: no scheme, no path. */
const hostSchema = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/, 'must be a host like crm.example.com');

export const policySchema = z.strictObject({
  /** Relay addresses of the team, `wss://host[:port]`; the desk is then in team mode and joins no other. */
  relays: z.array(z.string().max(300)).min(1).max(10).optional(),
  /** Hosts that the CRM link may lead to; an empty list: none. */
  crm_hosts: z.array(hostSchema).max(100).optional(),
  /** `hidden`: names, numbers and summaries are shown only when pointed at. */
  privacy: z.enum(['hidden', 'shown']).optional(),
  /** Understood and without effect: IT installs new versions, and no desk ever restarts itself. */
  update_channel: z.enum(['stable', 'beta', 'none']).optional(),
  /** Settings by the names of the settings file, with their values. */
  settings: z.partialRecord(settingKeySchema, z.unknown()).optional(),
  /** Settings the person may not change; those without a value above stay at the standard. */
  locked: z.array(settingKeySchema).max(50).optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** What the settings page shows of the policy. `ignored`: the file is not the company's; `broken`: safe values hold. */
export const policyViewSchema = z.object({
  state: z.enum(['none', 'in_force', 'broken', 'ignored']),
  locked: z.array(settingKeySchema),
  crm_hosts: z.array(z.string()).optional(),
  /** Where the file is looked for. */
  file: z.string(),
});
export type PolicyView = z.infer<typeof policyViewSchema>;
