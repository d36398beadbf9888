import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Badge } from '../../../src/main/tray/badge';
import { trayPicture, trayState } from '../../../src/main/tray/icon';
import { trayMenu, trayTip } from '../../../src/main/tray/menu';
import type { TrayFacts } from '../../../src/main/tray/menu';
import { wordsFor } from '../../../src/main/words/words';

const ICONS = path.resolve(import.meta.dirname, '../../../resources/icons/tray');
const words = wordsFor('en');
let did: string[];

beforeEach(() => {
  did = [];
});

describe('the tray icon', () => {
  it('puts not connected before everything else', () => {
    expect(trayState({ live: false, state: 'available', waiting: 2 })).toBe('offline');
    expect(trayState({ live: true, state: 'available', waiting: 2 })).toBe('waiting');
    expect(trayState({ live: true, state: 'break', waiting: 0 })).toBe('away');
    expect(trayState({ live: true, state: 'wrapup', waiting: 0 })).toBe('busy');
    expect(trayState({ live: true, state: 'available', waiting: 0 })).toBe('available');
  });

  it('has a picture for every state, panel and system, a sharper one beside it', () => {
    const states = ['available', 'busy', 'away', 'waiting', 'offline'] as const;
    for (const state of states) {
      for (const dark of [true, false]) {
        for (const platform of ['win32', 'linux', 'darwin'] as const) {
          const file = path.join(ICONS, trayPicture(state, dark, platform));
          expect(existsSync(file), file).toBe(true);
          expect(existsSync(file.replace('.png', '@2x.png')), file).toBe(true);
        }
      }
    }
  });
});

describe('the tray menu', () => {
  const facts = (changes: Partial<TrayFacts> = {}): TrayFacts => ({
    live: true,
    state: 'available',
    waiting: [
      { call: 'vinfer:2', name: 'Rao & Sons', trigger: 'upset' },
      { call: 'vinfer:1', trigger: 'ringing' },
    ],
    due: 0,
    words,
    practice: false,
    privacy: false,
    ...changes,
  });
  const actions = {
    open: () => did.push('open'),
    openCall: (call: string) => did.push(`open ${call}`),
    setState: (state: string) => did.push(state),
    escalate: () => did.push('escalate'),
    quit: () => did.push('quit'),
  };
  const labels = (changes: Partial<TrayFacts> = {}) =>
    trayMenu(facts(changes), actions).flatMap(({ label }) => label ?? []);
  const click = (label: string, changes: Partial<TrayFacts> = {}) => {
    const item = trayMenu(facts(changes), actions).find((one) => one.label === label);
    (item?.click as (() => void) | undefined)?.();
  };

  it('says how many wait, names them, and opens the one that is chosen', () => {
    expect(labels().slice(0, 3)).toEqual(['2 calls waiting', 'Upset customer: Rao && Sons', 'Incoming call']);
    click('Incoming call');
    expect(did).toEqual(['open vinfer:1']);
  });

  it('names nobody in privacy mode', () => {
    expect(labels({ privacy: true }).join()).not.toContain('Rao');
  });

  it('stays short however many wait', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      call: `vinfer:${n}`,
      name: 'x'.repeat(500),
      trigger: 'upset' as const,
    }));
    expect(labels({ waiting: many }).filter((label) => label.startsWith('Upset'))).toHaveLength(5);
    expect(Math.max(...labels({ waiting: many }).map(({ length }) => length))).toBeLessThan(80);
  });

  it('says that nothing comes while there is no connection', () => {
    expect(trayTip(facts({ live: false }))).toBe('Not connected');
    expect(trayTip(facts({ due: 1 }))).toBe('2 calls waiting, 1 call-back due');
    expect(trayTip(facts({ live: false, waiting: [], due: 2 }))).toBe('Not connected, 2 call-backs due');
    expect(labels({ live: false })[0]).toBe('Not connected');
  });

  it.each(['en', 'hi', 'tr'] as const)(
    'marks what comes after the wrap-up, and says it in the tip (%s)',
    (language) => {
      const { state } = wordsFor(language);
      const wrapping = facts({ state: 'wrapup', next: 'break', waiting: [], words: wordsFor(language) });
      const checked = trayMenu(wrapping, actions).filter((item) => item.checked === true);
      expect(checked.map(({ label }) => label)).toEqual([state.break]);
      expect(trayTip(wrapping)).toContain(state.wrapup);
      expect(trayTip(wrapping)).toContain(state.break);
    },
  );

  it('chooses a state, and offers a practice caller in practice only', () => {
    click('Busy');
    expect(labels()).not.toContain(words.practiceCaller);
    click(words.practiceCaller, { practice: true });
    expect(did).toEqual(['busy', 'escalate']);
  });
});

describe('the badge', () => {
  const badge = (platform: NodeJS.Platform) =>
    new Badge({
      platform,
      setCount: (count) => did.push(`count ${count}`),
      setOverlay: (description) => did.push(`overlay ${description ?? 'none'}`),
    });

  it.each(['linux', 'darwin'] as const)('is a number on %s, set once per change', (platform) => {
    const shown = badge(platform);
    for (const waiting of [2, 2, 0]) shown.show(waiting, words);
    expect(did).toEqual(['count 2', 'count 0']);
  });

  it('is a described mark on Windows, said anew in another language', () => {
    const shown = badge('win32');
    shown.show(1, words);
    shown.show(1, wordsFor('tr'));
    shown.show(0, words);
    expect(did).toEqual(['overlay 1 call waiting', 'overlay 1 çağrı bekliyor', 'overlay none']);
  });
});
