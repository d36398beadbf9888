/** The settings file in the profile, through electron-store (atomic writes). */
import path from 'node:path';
import Store from 'electron-store';
import type { Settings } from '../../shared/contract/settings';
import { readSettings } from './settings-file';
import type { SettingsRead } from './settings-file';

/** @param profile folder of the profile */
export function openSettingsFile(profile: string, now: Date): SettingsRead & { save: (settings: Settings) => void } {
  const read = readSettings(path.join(profile, 'settings.json'), now);
  const store = new Store<Settings>({ name: 'settings', cwd: profile, accessPropertiesByDotNotation: false });
  return {
    ...read,
    save: (settings) => {
      store.store = settings;
    },
  };
}
