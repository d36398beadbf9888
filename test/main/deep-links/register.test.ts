import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registerLinks } from '../../../src/main/deep-links/register';
import type { RegisterOptions } from '../../../src/main/deep-links/register';

let home: string;
let did: string[];
const IMAGE = '/home/asha/Handover Desk.AppImage';
const entry = () => path.join(home, 'applications', 'handover-desk-links.desktop');

const register = (changes: Partial<RegisterOptions>) =>
  registerLinks({
    platform: 'linux',
    packaged: true,
    program: 'C:\\Programs\\handover-desk.exe',
    appImage: undefined,
    dataHome: home,
    claim: (scheme, program, args) => {
      did.push(`claim ${scheme}: ${program} ${args.join(' ')}`);
      return true;
    },
    run: (command, args) => {
      did.push([command, ...args].join(' '));
      return Promise.resolve({ status: 'answered', output: '' });
    },
    failed: (what) => did.push(what),
    ...changes,
  });

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'handover-links-'));
  did = [];
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

test('on Windows the program registers itself, and a link can be no switch', async () => {
  await register({ platform: 'win32' });
  expect(did).toEqual(['claim handover-desk: C:\\Programs\\handover-desk.exe --']);
});

test('an AppImage is made known to the desktop once, and again from another place', async () => {
  const asked = 'xdg-mime default handover-desk-links.desktop x-scheme-handler/handover-desk';
  await register({ appImage: IMAGE });
  await register({ appImage: IMAGE });
  expect(did).toEqual([asked]);
  const text = readFileSync(entry(), 'utf8');
  expect(text).toContain(`Exec="${IMAGE}" %u\n`);
  expect(text).toContain('MimeType=x-scheme-handler/handover-desk;\n');
  await register({ appImage: '/opt/desk.AppImage' });
  expect(did).toEqual([asked, asked]);
});

test.each([
  ['a program under development', { packaged: false, platform: 'win32' }],
  ['an installed Linux package', {}],
  ['macOS', { platform: 'darwin' }],
] as const)('%s registers nothing', async (_who, changes) => {
  await register(changes);
  expect(did).toEqual([]);
  expect(existsSync(entry())).toBe(false);
});

test('what cannot be registered is said in the log', async () => {
  await register({ platform: 'win32', claim: () => false });
  await register({ appImage: '/a\nExec=evil' });
  await register({ appImage: IMAGE, run: () => Promise.resolve({ status: 'not_installed' }) });
  expect(did).toEqual(Array.from({ length: 3 }, () => 'links.not_registered'));
});
