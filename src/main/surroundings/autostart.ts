/** Starting with the computer: a login item on Windows and macOS, an entry of the desktop's autostart folder on Linux. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { desktopEntry } from '../storage/desktop-entry';
import { writeFileAtomic } from '../storage/atomic-file';

export interface AutostartOptions {
  platform: NodeJS.Platform;
  /** Linux: `$XDG_CONFIG_HOME`, or where it is without that. */
  configHome: string;
  /** What to start: the program, or the AppImage that holds it. */
  program: string;
  /** Windows and macOS. */
  setLoginItem: (on: boolean) => void;
  failed: (what: string, cause: unknown) => void;
}

const FILE = 'handover-desk.desktop';
/** What is not marked so was made by somebody else and stays. */
const MARK = 'X-Handover-Desk=true';

/** The entry's text; undefined for a program whose name cannot stand in one. */
export function autostartEntry(program: string): string | undefined {
  return desktopEntry(program, { keys: ['X-GNOME-Autostart-enabled=true', MARK] });
}

function isOurs(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').split('\n').includes(MARK);
}

/** Writes what differs, removes only what is ours. */
function setEntry(on: boolean, { configHome, program }: AutostartOptions): void {
  const file = path.join(configHome, 'autostart', FILE);
  if (!on) {
    if (isOurs(file)) rmSync(file);
    return;
  }
  const wanted = autostartEntry(program);
  if (wanted === undefined) throw new Error('the program’s own path cannot stand in an autostart entry');
  if (existsSync(file) && (!isOurs(file) || readFileSync(file, 'utf8') === wanted)) return;
  writeFileAtomic(file, wanted);
}

/** Makes the system start the desk, or no longer. Never throws: a desk that cannot be started by itself still works. */
export function setAutostart(on: boolean, options: AutostartOptions): void {
  try {
    if (options.platform === 'linux') setEntry(on, options);
    else options.setLoginItem(on);
  } catch (error) {
    options.failed('autostart.failed', error);
  }
}
