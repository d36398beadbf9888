/**
 * The settings in force: the person's own, under the company's policy. Every change is checked, saved, then announced;
 * what the company set is refused here, whatever a window shows, and is never written into the person's file.
 */
import { settingsSchema } from '../../shared/contract/settings';
import type { Outcome } from '../../shared/contract/ipc';
import type { Policy } from '../../shared/contract/policy';
import type { Refusal } from '../../shared/contract/refusals';
import type { Settings } from '../../shared/contract/settings';
import { KEY_ACTIONS, keyRefusal, keysInForce } from '../../shared/lib/keys';
import { crmRefusal } from '../crm-link/template';
import { lockedBy, touches, underPolicy } from '../policy/overlay';
import { checkRelayAddress } from '../relay-client/address';

export interface SettingsStore {
  get: () => Settings;
  set: (settings: Settings) => Outcome;
}

export interface SettingsOptions {
  /** The person's own. */
  initial: Settings;
  policy?: Policy;
  /** Writes the file; throws when it cannot. */
  save: (settings: Settings) => void;
  changed: (now: Settings, before: Settings) => void;
  failed: (cause: unknown) => void;
}

/** Addresses in the form in which they are used; or why one of them will not do. */
function checkRelays(relays: readonly string[]): { ok: true; relays: string[] } | ({ ok: false } & Refusal) {
  const checks = relays.map(checkRelayAddress);
  const bad = checks.find((check) => !check.ok);
  if (bad?.ok === false) return bad;
  return { ok: true, relays: checks.flatMap((check) => (check.ok ? [check.relay] : [])) };
}

export function createSettings(options: SettingsOptions): SettingsStore {
  const { policy = {} } = options;
  const locked = lockedBy(policy);
  let own = options.initial;
  let current = underPolicy(own, policy);
  return {
    get: () => current,
    set(wanted) {
      const parsed = settingsSchema.safeParse(wanted);
      if (!parsed.success) return { ok: false, reason: 'settings_incomplete' };
      const keys = keysInForce(parsed.data.keys);
      const key = KEY_ACTIONS.map((action) => keyRefusal(keys, action)).find((refusal) => refusal !== undefined);
      if (key?.reason === 'key_conflict') return { ok: false, reason: key.reason, name: key.with };
      if (key !== undefined) return { ok: false, ...key };
      const crm = parsed.data.crm === undefined ? undefined : crmRefusal(parsed.data.crm);
      if (crm !== undefined) return crm;
      const relays = checkRelays(parsed.data.team.relays);
      if (!relays.ok) return relays;
      const next = { ...parsed.data, team: { ...parsed.data.team, relays: relays.relays } };
      if (touches(next, current, policy)) return { ok: false, reason: 'set_by_company' };
      const kept = { ...next, ...Object.fromEntries(locked.map((key) => [key, own[key]])) };
      try {
        options.save(kept);
      } catch (error) {
        options.failed(error);
        return { ok: false, reason: 'settings_not_saved' };
      }
      const before = current;
      own = kept;
      current = underPolicy(own, policy);
      options.changed(current, before);
      return { ok: true };
    },
  };
}
