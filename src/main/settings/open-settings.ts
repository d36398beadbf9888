/** The settings file in the profile, through electron-store (atomic writes). */
import path from 'node:path';
import Store from 'electron-store';
import type { Settings } from '../../shared/contract/settings';
import { createSettings } from './settings';
import type { SettingsOptions, SettingsStore } from './settings';
import { readSettings } from './settings-file';

export interface OpenSettings extends Pick<SettingsOptions, 'changed' | 'failed'> {
  /** Folder of the profile. */
  profile: string;
  now: Date;
}

/** `setAside`: name under which a broken file was kept; the settings are the defaults then. */
export function openSettings({ profile, now, changed, failed }: OpenSettings): {
  settings: SettingsStore;
  setAside: string | undefined;
} {
  const read = readSettings(path.join(profile, 'settings.json'), now);
  const store = new Store<Settings>({ name: 'settings', cwd: profile, accessPropertiesByDotNotation: false });
  const save = (settings: Settings) => {
    store.store = settings;
  };
  return {
    settings: createSettings({ initial: read.settings, save, changed, failed }),
    setAside: read.setAside === undefined ? undefined : path.basename(read.setAside),
  };
}
