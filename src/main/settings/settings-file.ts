/** Reads the settings file before anything trusts it. One that is broken is set aside and reported, never overwritten. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { settingsSchema } from '../../shared/contract/settings';
import type { Settings } from '../../shared/contract/settings';

export interface SettingsRead {
  settings: Settings;
  /** File name under which a broken file was kept. */
  setAside?: string;
}

function parse(file: string): Settings | undefined {
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Throws only when a broken file cannot be moved out of the way: then it must not be written either. */
export function readSettings(file: string, now: Date): SettingsRead {
  if (!existsSync(file)) return { settings: settingsSchema.parse({}) };
  const settings = parse(file);
  if (settings !== undefined) return { settings };
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
  const setAside = file.replace(/\.json$/, `.broken-${stamp}.json`);
  renameSync(file, setAside);
  return { settings: settingsSchema.parse({}), setAside };
}
