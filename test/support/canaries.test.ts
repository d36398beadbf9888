import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canariesIn, canariesInArguments, keepPerson, keepSecret } from './canaries';

const TOKEN = 'canary-token-of-this-test-only';
const NAME = 'Canary Caller of this test';
keepSecret(TOKEN);
keepPerson(NAME);

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'handover-canaries-'));
});
afterEach(() => {
  rmSync(profile, { recursive: true, force: true });
});

function put(name: string, content: string | Buffer): void {
  const file = path.join(profile, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

describe('what a closed desk left behind', () => {
  it('is nothing when there is nothing', () => {
    put('settings.json', '{"mode":"practice"}');
    expect(canariesIn(profile)).toEqual([]);
  });

  it('is found in any file, in the letters of Windows too, and never repeated', () => {
    put('logs/desk.log', `x ${TOKEN} y`);
    put('Local Storage/leveldb/1.log', Buffer.from(`{"name":"${NAME}"}`, 'utf16le'));
    const found = canariesIn(profile);
    expect(found.sort()).toEqual(["Local Storage/leveldb/1.log: a caller's details", 'logs/desk.log: a secret']);
    expect(found.join()).not.toContain(NAME);
  });

  it('may be a caller in an embedded relay’s own log, but no secret even there', () => {
    put('practice/relay.db', NAME);
    expect(canariesIn(profile)).toEqual([]);
    put('solo/relay.db', TOKEN);
    expect(canariesIn(profile)).toEqual(['solo/relay.db: a secret']);
  });

  it('is looked for in the arguments of running programs', () => {
    expect(canariesInArguments(process.execPath)).toEqual([]);
    keepSecret(path.basename(process.argv[1] ?? ''));
    expect(canariesInArguments(process.execPath).length).toBeGreaterThan(0);
  });
});
