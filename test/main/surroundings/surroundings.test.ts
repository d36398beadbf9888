import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, setAutostart } from '../../../src/main/surroundings/autostart';
import { GlobalShortcut } from '../../../src/main/surroundings/shortcuts';

describe('starting with the computer', () => {
  let home: string;
  let did: string[];
  const PROGRAM = '/opt/Handover Desk/handover-desk';
  const set = (on: boolean, changes: { platform?: NodeJS.Platform; program?: string } = {}) => {
    setAutostart(on, {
      platform: 'linux',
      configHome: home,
      program: PROGRAM,
      setLoginItem: (wanted) => did.push(`login item ${wanted}`),
      failed: (what) => did.push(what),
      ...changes,
    });
  };
  const file = () => path.join(home, 'autostart', 'handover-desk.desktop');

  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'handover-autostart-'));
    did = [];
  });

  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('is an entry in the autostart folder, written once and taken away again', () => {
    set(true);
    set(true);
    expect(readFileSync(file(), 'utf8')).toContain('Exec="/opt/Handover Desk/handover-desk"\n');
    set(false);
    expect(readdirSync(path.join(home, 'autostart'))).toEqual([]);
    expect(did).toEqual([]);
  });

  it('follows the program to another place', () => {
    set(true);
    set(true, { program: '/home/asha/desk.AppImage' });
    expect(readFileSync(file(), 'utf8')).toContain('"/home/asha/desk.AppImage"');
  });

  it('neither writes over nor removes an entry of somebody else', () => {
    mkdirSync(path.dirname(file()), { recursive: true });
    writeFileSync(file(), '[Desktop Entry]\nExec=other\n');
    set(true);
    set(false);
    expect(readFileSync(file(), 'utf8')).toBe('[Desktop Entry]\nExec=other\n');
  });

  it('starts the program and nothing else, whatever its path holds', () => {
    expect(autostartEntry('/a/$(x)`y`"z"\\100%')).toContain('Exec="/a/\\\\$(x)\\\\`y\\\\`\\\\"z\\\\"\\\\\\\\100%%"\n');
    expect(autostartEntry('/a\nExec=evil')).toBeUndefined();
    expect(autostartEntry('relative')).toBeUndefined();
  });

  it('says in the log when it cannot be done', () => {
    set(true, { program: '/a\nExec=evil' });
    expect(did).toEqual(['autostart.failed']);
    expect(readdirSync(home)).toEqual([]);
  });

  it.each(['win32', 'darwin'] as const)('is the system’s own login item on %s', (platform) => {
    set(true, { platform });
    set(false, { platform });
    expect(did).toEqual(['login item true', 'login item false']);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('the key that works from any program', () => {
  let taken: Set<string>;
  let held: Set<string>;
  let said: string[];
  let shortcut: GlobalShortcut;

  beforeEach(() => {
    taken = new Set();
    held = new Set();
    said = [];
    shortcut = new GlobalShortcut({
      system: {
        register: (accelerator) => {
          if (accelerator.includes('#')) throw new Error('conversion failure');
          if (taken.has(accelerator)) return false;
          held.add(accelerator);
          return true;
        },
        unregister: (accelerator) => held.delete(accelerator),
      },
      pressed: () => undefined,
      changed: (chord, ours) => said.push(`${chord} ${ours ? 'ours' : 'taken'}`),
    });
  });

  it('is another one after a change, and none after the end', () => {
    shortcut.use('Ctrl+Shift+Space');
    shortcut.use('Ctrl+Shift+Space');
    shortcut.use('F9');
    expect([...held]).toEqual(['F9']);
    expect(shortcut.ours).toBe(true);
    shortcut.stop();
    expect(shortcut.ours).toBe(false);
    expect([...held]).toEqual([]);
    expect(said).toEqual(['Ctrl+Shift+Space ours', 'F9 ours']);
  });

  it('is reported while another program has it, and taken once it is free', () => {
    taken.add('F9');
    shortcut.use('F9');
    expect(shortcut.ours).toBe(false);
    taken.clear();
    shortcut.use('F9');
    expect(said).toEqual(['F9 taken', 'F9 ours']);
    expect([...held]).toEqual(['F9']);
  });

  it('is no key of another program’s that it lets go of', () => {
    taken.add('F9');
    held.add('F9');
    shortcut.use('F9');
    shortcut.stop();
    expect([...held]).toEqual(['F9']);
  });

  it('may be one that the system cannot spell', () => {
    shortcut.use('Ctrl+#');
    expect(said).toEqual(['Ctrl+# taken']);
  });
});
