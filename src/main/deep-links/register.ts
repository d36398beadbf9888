/**
 * Makes the system hand our links to this program. macOS and the installed Linux package know it from the bundle and the
 * desktop file (`protocols` in electron-builder.yml); the Windows installer registers nothing (its uninstaller takes
 * away what is written here, resources/installer), and an AppImage has none.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunHelper } from '../session-bus/session-bus';
import { writeFileAtomic } from '../storage/atomic-file';
import { desktopEntry } from '../storage/desktop-entry';
import { LINK_SCHEME } from './deep-link';

export interface RegisterOptions {
  platform: NodeJS.Platform;
  /** A program under development leaves the system as it is. */
  packaged: boolean;
  /** Windows: what to start. */
  program: string;
  appImage: string | undefined;
  /** Linux: `$XDG_DATA_HOME`, or where it is without that. */
  dataHome: string;
  /** Windows: writes it into the person's own registry. */
  claim: (scheme: string, program: string, args: string[]) => boolean;
  run: RunHelper;
  failed: (what: string, cause: unknown) => void;
}

const FILE = 'handover-desk-links.desktop';
const TYPE = `x-scheme-handler/${LINK_SCHEME}`;

async function registerAppImage(appImage: string, { dataHome, run }: RegisterOptions): Promise<void> {
  const file = path.join(dataHome, 'applications', FILE);
  const entry = desktopEntry(appImage, { field: '%u', keys: ['NoDisplay=true', `MimeType=${TYPE};`] });
  if (entry === undefined) throw new Error('the program’s own path cannot stand in a desktop entry');
  // What the person chose since then stays chosen.
  if (existsSync(file) && readFileSync(file, 'utf8') === entry) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomic(file, entry);
  const { status } = await run('xdg-mime', ['default', FILE, TYPE]);
  if (status !== 'answered') throw new Error(`xdg-mime: ${status}`);
}

/** Never rejects: a desk that no link leads to still works. */
export async function registerLinks(options: RegisterOptions): Promise<void> {
  const { platform, packaged, program, appImage, claim, failed } = options;
  if (!packaged) return;
  try {
    if (platform === 'linux' && appImage !== undefined) await registerAppImage(appImage, options);
    // After `--` nothing counts as a switch, whatever a link says.
    if (platform === 'win32' && !claim(LINK_SCHEME, program, ['--'])) throw new Error('the registry refused');
  } catch (error) {
    failed('links.not_registered', error);
  }
}
