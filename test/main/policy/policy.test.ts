import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockedBy, underPolicy } from '../../../src/main/policy/overlay';
import { looseness, parsePolicy, policyFile, readPolicy } from '../../../src/main/policy/read-policy';
import { createSettings } from '../../../src/main/settings/settings';
import { settingsSchema, type Settings } from '../../../src/shared/contract/settings';

const STANDARD = settingsSchema.parse({});

describe('the policy file', () => {
  it('lies where only administrators write, on each system', () => {
    expect(policyFile('linux', '')).toBe('/etc/handover-desk/policy.json');
    expect(policyFile('darwin', '')).toBe('/Library/Application Support/Handover Desk/policy.json');
    expect(policyFile('win32', 'C:\\ProgramData')).toBe('C:\\ProgramData\\Handover Desk\\policy.json');
  });

  it('counts only when root alone may write it', () => {
    expect(looseness({ uid: 0, mode: 0o100644 })).toBeUndefined();
    expect(looseness({ uid: 1000, mode: 0o100644 })).toContain('root');
    expect(looseness({ uid: 0, mode: 0o100664 })).toContain('root');
    expect(looseness({ uid: 0, mode: 0o100646 })).toContain('root');
  });

  it.each([
    ['{', 'it is not JSON'],
    ['{"relay":["wss://a.example"]}', 'relay'],
    ['{"relays":[]}', 'relays'],
    ['{"relays":["ws://relay.example.com"]}', 'relays'],
    ['{"crm_hosts":["https://crm.example.com/x"]}', 'crm_hosts.0'],
    ['{"settings":{"theme":"pink"}}', 'settings.theme'],
    ['{"settings":{"colour":"pink"}}', 'settings'],
    ['{"locked":["everything"]}', 'locked.0'],
  ])('that cannot be used says where, never what: %s', (text, where) => {
    const read = parsePolicy(text);
    expect(read.state).toBe('broken');
    expect(read).toHaveProperty('why', expect.stringContaining(where));
    expect(JSON.stringify(read)).not.toContain('pink');
  });

  describe('on disk', () => {
    let folder: string;
    let file: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'handover-policy-'));
      file = path.join(folder, 'policy.json');
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('may be missing', () => {
      expect(readPolicy(file, 'linux')).toEqual({ state: 'none' });
    });

    it('is ignored when others may write it, or its folder', () => {
      writeFileSync(file, '{}');
      chmodSync(file, 0o666);
      expect(readPolicy(file, 'linux').state).toBe('ignored');
      chmodSync(file, 0o644);
      chmodSync(folder, 0o777);
      expect(readPolicy(file, 'linux').state).toBe('ignored');
    });

    it.runIf(process.getuid?.() === 0)('is in force when root wrote it', () => {
      writeFileSync(file, '{"privacy":"hidden"}');
      expect(readPolicy(file, 'linux')).toEqual({ state: 'in_force', policy: { privacy: 'hidden' } });
    });

    it.runIf(process.getuid?.() !== 0)('is ignored when the person at the desk wrote it', () => {
      writeFileSync(file, '{"privacy":"shown"}');
      expect(readPolicy(file, 'linux').state).toBe('ignored');
    });

    it('is ignored on Windows when the person at the desk can write it', () => {
      writeFileSync(file, '{}');
      expect(readPolicy(file, 'win32').state).toBe('ignored');
    });

    it('that is a folder is ignored', () => {
      mkdirSync(file);
      expect(['ignored', 'broken']).toContain(readPolicy(file, 'linux').state);
    });
  });
});

describe('settings under a policy', () => {
  it('relays mean team mode, hidden means privacy, and both are locked', () => {
    const policy = { relays: ['wss://a.example', 'wss://b.example'], privacy: 'hidden' as const };
    expect(underPolicy(STANDARD, policy)).toMatchObject({
      mode: 'team',
      team: { relays: ['wss://a.example', 'wss://b.example'] },
      privacy: true,
    });
    expect(lockedBy(policy).sort()).toEqual(['mode', 'privacy', 'team']);
  });

  it('a locked setting without a value stays at the standard', () => {
    expect(underPolicy({ ...STANDARD, theme: 'dark' }, { locked: ['theme'] }).theme).toBe('system');
  });

  it('the CRM leads only to the company’s hosts', () => {
    const crm = { template: 'https://crm.example.com/?q={phone}', hosts: ['crm.example.com', 'else.example'] };
    const policy = { crm_hosts: ['crm.example.com'] };
    const own = settingsSchema.parse({ crm: { ...crm, open_on_claim: false } });
    expect(underPolicy(own, policy).crm?.hosts).toEqual(['crm.example.com']);
    const store = createSettings({
      initial: own,
      policy,
      save: () => undefined,
      changed: () => undefined,
      failed: () => undefined,
    });
    expect(store.set({ ...store.get(), crm: { ...crm, open_on_claim: false } })).toMatchObject({
      reason: 'set_by_company',
    });
    expect(store.set({ ...store.get(), theme: 'dark' })).toEqual({ ok: true });
  });

  it('are refused when a window tries to change one, and the company’s values never reach the file', () => {
    const saved: Settings[] = [];
    const store = createSettings({
      initial: STANDARD,
      policy: { privacy: 'hidden', settings: { language: 'hi' } },
      save: (settings) => saved.push(settings),
      changed: () => undefined,
      failed: () => undefined,
    });
    expect(store.get()).toMatchObject({ privacy: true, language: 'hi' });
    expect(store.set({ ...store.get(), privacy: false })).toEqual({ ok: false, reason: 'set_by_company' });
    expect(saved).toEqual([]);
    expect(store.set({ ...store.get(), theme: 'dark' })).toEqual({ ok: true });
    expect(saved).toEqual([{ ...STANDARD, theme: 'dark' }]);
    expect(store.get()).toMatchObject({ privacy: true, language: 'hi', theme: 'dark' });
  });
});
