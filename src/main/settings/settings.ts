/** The settings in force. Every change is checked, saved, then announced. */
import { settingsSchema } from '../../shared/contract/settings';
import type { Outcome } from '../../shared/contract/ipc';
import type { Refusal } from '../../shared/contract/refusals';
import type { Settings } from '../../shared/contract/settings';
import { KEY_ACTIONS, keyRefusal, keysInForce } from '../../shared/lib/keys';
import { crmRefusal } from '../crm-link/template';
import { checkRelayAddress } from '../relay-client/address';

export interface SettingsStore {
  get: () => Settings;
  set: (settings: Settings) => Outcome;
}

export interface SettingsOptions {
  initial: Settings;
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
  let current = options.initial;
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
      try {
        options.save(next);
      } catch (error) {
        options.failed(error);
        return { ok: false, reason: 'settings_not_saved' };
      }
      const before = current;
      current = next;
      options.changed(next, before);
      return { ok: true };
    },
  };
}
