import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Vault, type Cipher } from '../../../src/main/secrets/vault';

let folder: string;
let problems: string[];
const file = () => path.join(folder, 'secrets.json');
const mirror = (text: string) => Array.from(text).reverse().join('');

/** Stands for the system's keychain, which no test machine has: it turns the text round. */
function keychain(available = true): Cipher {
  return {
    available: () => available,
    encrypt: (text) => Buffer.from(mirror(text)),
    decrypt: (sealed) => {
      if (sealed.toString().includes('damaged')) throw new Error('not mine');
      return mirror(sealed.toString());
    },
  };
}

const vault = (cipher = keychain()) => new Vault(file(), cipher, (what) => problems.push(what));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-vault-'));
  problems = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the vault', () => {
  it('keeps a secret over a restart, sealed and readable by nobody else', () => {
    expect(vault().set('team.token', 'canary-token')).toBe('kept');
    expect(vault().get('team.token')).toBe('canary-token');
    expect(readFileSync(file(), 'utf8')).not.toContain('canary');
  });

  it('writes nothing where there is no keychain, and remembers for this run', () => {
    const forgetful = vault(keychain(false));
    expect(forgetful.set('team.token', 'canary-token')).toBe('memory');
    expect(forgetful.get('team.token')).toBe('canary-token');
    expect(existsSync(file())).toBe(false);
    expect(vault(keychain(false)).get('team.token')).toBeUndefined();
  });

  it('asks again for a secret that the keychain no longer opens', () => {
    writeFileSync(file(), JSON.stringify({ 'team.token': Buffer.from('damaged').toString('base64') }));
    expect(vault().get('team.token')).toBeUndefined();
    expect(problems).toEqual(['secret.unreadable']);
  });

  it('survives a damaged file', () => {
    writeFileSync(file(), 'oops');
    expect(vault().get('team.token')).toBeUndefined();
    expect(vault().set('team.token', 'new')).toBe('kept');
    expect(vault().get('team.token')).toBe('new');
  });
});
