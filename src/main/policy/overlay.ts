/** The company's values over the person's. Pure. */
import { settingKeySchema } from '../../shared/contract/policy';
import type { Policy, SettingKey } from '../../shared/contract/policy';
import { settingsSchema } from '../../shared/contract/settings';
import type { Settings } from '../../shared/contract/settings';

/** While the company's file cannot be understood: nothing shown that it may want hidden, no link it may forbid. */
export const SAFE_POLICY: Policy = { privacy: 'hidden', crm_hosts: [] };

const STANDARD = settingsSchema.parse({});

/** Settings that the policy names, as the settings file would hold them; `issues` name what cannot be used. */
export function settingsOf({ relays, privacy, settings = {}, locked = [] }: Policy): {
  values: Partial<Settings>;
  issues: string[];
} {
  const issues: string[] = [];
  const wanted: Record<string, unknown> = { ...settings };
  if (relays !== undefined) {
    wanted.mode = 'team';
    wanted.team = { relays };
  }
  if (privacy !== undefined) wanted.privacy = privacy === 'hidden';
  for (const key of locked) wanted[key] ??= STANDARD[key];
  const entries = Object.entries(wanted).map(([name, value]) => {
    const key = settingKeySchema.parse(name);
    const parsed = settingsSchema.shape[key].safeParse(value);
    if (!parsed.success) issues.push(`settings.${key}: is not a value of this setting`);
    return [key, parsed.data];
  });
  // Each value was read by its own key's schema.
  return { values: Object.fromEntries(entries) as Partial<Settings>, issues };
}

/** Names of the settings that the person cannot change. */
export function lockedBy(policy: Policy): SettingKey[] {
  return settingKeySchema.options.filter((key) => key in settingsOf(policy).values);
}

export function underPolicy(own: Settings, policy: Policy): Settings {
  const all = { ...own, ...settingsOf(policy).values };
  const { crm_hosts: hosts } = policy;
  return all.crm === undefined || hosts === undefined ? all : { ...all, crm: { ...all.crm, hosts } };
}

/** Whether a change touches what the company set. */
export function touches(wanted: Settings, now: Settings, policy: Policy): boolean {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const { crm_hosts: hosts } = policy;
  if (hosts !== undefined && wanted.crm !== undefined && !same(wanted.crm.hosts, hosts)) return true;
  return lockedBy(policy).some((key) => !same(wanted[key], now[key]));
}
