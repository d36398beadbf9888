/** The settings file in the profile, through electron-store (atomic writes). */
import { existsSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import type { Settings } from '../../shared/contract/settings';
import { createSettings } from './settings';
import type { SettingsOptions, SettingsStore } from './settings';
import { readSettings } from './settings-file';

export interface OpenSettings extends Pick<SettingsOptions, 'policy' | 'changed' | 'failed'> {
  /** Folder of the profile. */
  profile: string;
  now: Date;
}

/**
 * `setAside`: name under which a broken file was kept; the settings are the defaults then. `first`: nobody has chosen
 * anything on this profile yet.
 */
export function openSettings({ profile, now, policy = {}, changed, failed }: OpenSettings): {
  settings: SettingsStore;
  setAside: string | undefined;
  first: boolean;
} {
  const file = path.join(profile, 'settings.json');
  const first = !existsSync(file);
  const read = readSettings(file, now);
  const store = new Store<Settings>({ name: 'settings', cwd: profile, accessPropertiesByDotNotation: false });
  const save = (settings: Settings) => {
    store.store = settings;
  };
  return {
    settings: createSettings({ initial: read.settings, policy, save, changed, failed }),
    setAside: read.setAside === undefined ? undefined : path.basename(read.setAside),
    first,
  };
}
