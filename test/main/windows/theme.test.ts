import { beforeEach, describe, expect, it } from 'vitest';
import { Theme } from '../../../src/main/windows/theme';
import type { SystemTheme } from '../../../src/main/windows/theme';

class FakeTheme implements SystemTheme {
  systemDark = false;
  #source: SystemTheme['themeSource'] = 'system';
  readonly #listeners = new Set<() => void>();

  get themeSource() {
    return this.#source;
  }

  set themeSource(source) {
    this.#source = source;
    this.tell();
  }

  get shouldUseDarkColors() {
    return this.#source === 'system' ? this.systemDark : this.#source === 'dark';
  }

  on(_event: 'updated', listener: () => void) {
    this.#listeners.add(listener);
  }

  off(_event: 'updated', listener: () => void) {
    this.#listeners.delete(listener);
  }

  tell() {
    for (const listener of this.#listeners) listener();
  }
}

describe('light and dark', () => {
  let system: FakeTheme;
  let changes: number;
  let theme: Theme;

  beforeEach(() => {
    system = new FakeTheme();
    changes = 0;
    theme = new Theme(system, () => {
      changes += 1;
    });
  });

  it('of the windows is what the person chose', () => {
    theme.choose('dark');
    expect(system.shouldUseDarkColors).toBe(true);
    theme.choose('system');
    expect(system.shouldUseDarkColors).toBe(false);
  });

  it('of the panels is the system’s, whatever the windows wear', () => {
    theme.choose('dark');
    expect(theme.panelsDark).toBe(false);
    theme.choose('system');
    system.systemDark = true;
    system.tell();
    expect(theme.panelsDark).toBe(true);
    theme.choose('light');
    expect(theme.panelsDark).toBe(true);
  });

  it('is told once per change and not after the end', () => {
    theme.choose('dark');
    theme.choose('dark');
    theme.stop();
    theme.choose('light');
    expect(changes).toBe(1);
  });
});
