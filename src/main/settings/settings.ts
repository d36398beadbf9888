/** The settings in force. Every change is checked, saved, then announced. */
import { settingsSchema } from '../../shared/contract/settings';
import type { Outcome } from '../../shared/contract/ipc';
import type { Settings } from '../../shared/contract/settings';
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
function checkRelays(relays: readonly string[]): { ok: true; relays: string[] } | { ok: false; reason: string } {
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
      if (!parsed.success) return { ok: false, reason: 'These settings are not complete. Nothing was changed.' };
      const relays = checkRelays(parsed.data.team.relays);
      if (!relays.ok) return relays;
      const next = { ...parsed.data, team: { ...parsed.data.team, relays: relays.relays } };
      try {
        options.save(next);
      } catch (error) {
        options.failed(error);
        return { ok: false, reason: 'The settings file could not be written. Nothing was changed.' };
      }
      const before = current;
      current = next;
      options.changed(next, before);
      return { ok: true };
    },
  };
}
