import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSettings } from '../../../src/main/settings/settings';
import { readSettings } from '../../../src/main/settings/settings-file';
import { settingsSchema, type Settings } from '../../../src/shared/contract/settings';

let folder: string;
const file = () => path.join(folder, 'settings.json');
const NOW = new Date('2026-03-02T10:00:00.000Z');

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-settings-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the settings file', () => {
  it('may be missing: the first start is practice', () => {
    expect(readSettings(file(), NOW)).toEqual({ settings: settingsSchema.parse({}) });
    expect(readSettings(file(), NOW).settings.mode).toBe('practice');
  });

  it('may say only some things', () => {
    writeFileSync(file(), '{"mode":"team","privacy":true}');
    expect(readSettings(file(), NOW).settings).toMatchObject({ mode: 'team', privacy: true, language: 'system' });
  });

  it.each(['{"mode":', '{"mode":"flying"}', '{"unknown":1}', ''])('is set aside when it is broken: %s', (text) => {
    writeFileSync(file(), text);
    const { settings, setAside } = readSettings(file(), NOW);
    expect(settings).toEqual(settingsSchema.parse({}));
    expect(readdirSync(folder)).toEqual(['settings.broken-2026-03-02T10-00-00-000Z.json']);
    expect(readFileSync(setAside ?? '', 'utf8')).toBe(text);
  });
});

describe('settings in force', () => {
  const make = (save: (settings: Settings) => void = () => undefined) => {
    const changes: string[] = [];
    const store = createSettings({
      initial: settingsSchema.parse({}),
      save,
      changed: (now, before) => changes.push(`${before.mode} → ${now.mode}`),
      failed: () => undefined,
    });
    return { store, changes };
  };
  const team = (relays: string[]) => settingsSchema.parse({ mode: 'team', team: { relays } });

  it('are saved, then announced', () => {
    const saved: Settings[] = [];
    const { store, changes } = make((settings) => saved.push(settings));
    expect(store.set(team([' https://relay.example.com/ ']))).toEqual({ ok: true });
    expect(store.get().team.relays).toEqual(['wss://relay.example.com']);
    expect(saved).toEqual([store.get()]);
    expect(changes).toEqual(['practice → team']);
  });

  it('keep out an address that is not safe', () => {
    const { store, changes } = make();
    expect(store.set(team(['ws://relay.example.com']))).toMatchObject({ ok: false });
    expect(store.get().mode).toBe('practice');
    expect(changes).toEqual([]);
  });

  it('stay as they were when the file cannot be written, and say so', () => {
    const { store } = make(() => {
      throw new Error('disk full');
    });
    expect(store.set(team([]))).toMatchObject({ ok: false });
    expect(store.get().mode).toBe('practice');
  });
});
