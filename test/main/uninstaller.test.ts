import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LINK_SCHEME } from '../../src/main/deep-links/deep-link';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** The part of the NSIS options that names the script; electron-builder looks for it from the repository's root. */
const script = () => /^nsis:\n(?: {2}.*\n)*? {2}include: (\S+)$/m.exec(read('electron-builder.yml'))?.[1] ?? '';

test('what the desk writes into the registry by itself leaves with it', () => {
  expect(existsSync(path.join(root, script()))).toBe(true);
  const macro = /^!macro customUnInstall\n([\s\S]*?)^!macroend$/m.exec(read(script()))?.[1] ?? '';
  expect(macro).toContain(`DeleteRegKey HKCU "Software\\Classes\\${LINK_SCHEME}"`);
  // An update uninstalls the old version: its links and its start with the computer stay.
  expect(macro).toMatch(/^ *\$\{ifNot\} \$\{isUpdated\}$/im);
  // Electron names the login item by the program's id.
  expect(macro).toContain('DeleteRegValue HKCU "Software\\Microsoft\\Windows\\CurrentVersion\\Run" "${APP_ID}"');
});
