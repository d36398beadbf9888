import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platforms } from '../../../src/platforms/registry';
import { parseConfig } from '../../../src/relay/config/load';
import { soloRelayConfig } from '../../../src/main/processes/configs';
import { Vault, type Cipher } from '../../../src/main/secrets/vault';
import { SoloKeys } from '../../../src/main/solo/solo-keys';
import { soloViewSchema, type SoloForm, type SoloPlatform } from '../../../src/shared/contract/solo';

const SECRET = 'canary-webhook-secret-1234567890';
const KEY = 'canary-api-key-1234567890';

/** Reversible, and nothing like its input. */
const cipher: Cipher = {
  available: () => true,
  encrypt: (text) => Buffer.from(Buffer.from(text).map((byte) => byte ^ 0x5a)),
  decrypt: (sealed) => Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString(),
};

let folder: string;
const open = (using: Cipher = cipher) =>
  new SoloKeys(new Vault(path.join(folder, 'secrets.json'), using, (what) => expect.fail(what)));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-solo-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const FORMS: Record<SoloPlatform, SoloForm> = {
  vinfer: { webhook_secret: SECRET, api_key: KEY },
  voiceinfra: { webhook_secret: SECRET, api_key: KEY, agent: 'agent_1', from: '+14155550100' },
  infer: { api_key: KEY, agent: 'va_1' },
  salpre: { api_key: KEY, agent: '5', from: 'salprebox:1' },
};
const NAMES = Object.keys(FORMS) as SoloPlatform[];

describe('the keys of a solo desk', () => {
  it('make a configuration that the relay takes, for every platform', () => {
    const keys = open();
    for (const name of NAMES) expect(keys.save(name, FORMS[name])).toEqual({ ok: true, kept: 'kept' });
    const config = soloRelayConfig(folder, 4780, keys.sections() ?? {});
    const sources = { env: () => undefined, file: () => expect.fail('reads no files') };
    expect([...parseConfig(config, platforms, folder, sources).platforms.keys()].sort()).toEqual([...NAMES].sort());
  });

  it('survive a restart, and are in no file in clear', () => {
    for (const name of NAMES) open().save(name, FORMS[name]);
    expect(open().sections()?.vinfer).toMatchObject({ secrets: [SECRET], api: { key: KEY } });
    for (const name of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(KEY);
    }
  });

  it('are held for this run only where there is no keychain', () => {
    const none = { ...cipher, available: () => false };
    const keys = open(none);
    expect(keys.save('vinfer', FORMS.vinfer)).toEqual({ ok: true, kept: 'memory' });
    expect(keys.sections()?.vinfer).toBeDefined();
    expect(keys.view({ port: 4780 }).keychain).toBe(false);
    expect(open(none).sections()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a window is told that they are set and no letter of them', () => {
    const keys = open();
    for (const name of NAMES) keys.save(name, FORMS[name]);
    const view = soloViewSchema.parse(keys.view({ port: 4780, public_url: 'https://desk.example.com' }));
    const text = JSON.stringify(view);
    for (const section of Object.values(keys.sections() ?? {})) {
      for (const secret of [...(section.secrets ?? []), section.path_secret, section.header?.value, section.api?.key]) {
        if (secret !== undefined) expect(text).not.toContain(secret);
      }
    }
    expect(view.platforms.map(({ address }) => address)).toContain('https://desk.example.com/hooks/infer/…');
    expect(text).toContain('agent_1');
  });

  it('the address for the clipboard carries the secret path that the desk made', () => {
    const keys = open();
    keys.save('infer', {});
    const address = keys.addressOf('infer', { port: 4780 }) ?? '';
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:4780\/hooks\/infer\/[\w-]{32}$/);
    expect(keys.addressOf('vinfer', { port: 4780 })).toBeUndefined();
  });

  it('an empty secret keeps the one there is; a new one leaves the old valid beside it', () => {
    const keys = open();
    keys.save('vinfer', FORMS.vinfer);
    keys.save('vinfer', { webhook_secret: '', api_key: '' });
    expect(keys.sections()?.vinfer).toMatchObject({ secrets: [SECRET], api: { key: KEY } });
    keys.save('vinfer', { webhook_secret: 'another-secret' });
    expect(keys.sections()?.vinfer?.secrets).toEqual(['another-secret', SECRET]);
    expect(keys.webhookSecretOf('vinfer')).toBe('another-secret');
  });

  it('are gone when they are removed', () => {
    const keys = open();
    keys.save('vinfer', FORMS.vinfer);
    keys.remove('vinfer');
    expect(keys.sections()).toBeUndefined();
    expect(open().sections()).toBeUndefined();
  });

  it.each<[SoloPlatform, SoloForm, string, string]>([
    ['vinfer', {}, 'webhook_secret', 'missing'],
    ['voiceinfra', { webhook_secret: SECRET, api_key: KEY }, 'agent', 'missing'],
    ['voiceinfra', { ...FORMS.voiceinfra, from: '555' }, 'from', 'not_a_number'],
    [
      'vinfer',
      { webhook_secret: SECRET, api_key: KEY, api_base: 'http://api.example.com' },
      'api_base',
      'not_an_address',
    ],
    ['vinfer', { webhook_secret: 'has a space' }, 'webhook_secret', 'not_printable'],
    ['infer', { path_secret: 'short' }, 'path_secret', 'too_short'],
    ['infer', { path_secret: 'a/../b'.repeat(6) }, 'path_secret', 'not_a_path'],
    ['salpre', { header_name: 'x y', header_value: SECRET }, 'header_name', 'not_a_header'],
  ])('%s with %j is refused at %s: %s, and nothing is kept', (platform, form, field, fault) => {
    const keys = open();
    expect(keys.save(platform, form)).toEqual({ ok: false, field, fault });
    expect(keys.sections()).toBeUndefined();
  });
});
