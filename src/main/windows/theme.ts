/** Light or dark: of the windows as the person chose, of the system's panels as the system has it. */
import type { Settings } from '../../shared/contract/settings';

/** The part of Electron's `nativeTheme` that is used. */
export interface SystemTheme {
  themeSource: Settings['theme'];
  readonly shouldUseDarkColors: boolean;
  /** Missing before Electron 36. */
  readonly shouldUseDarkColorsForSystemIntegratedUI?: boolean;
  on(event: 'updated', listener: () => void): unknown;
  off(event: 'updated', listener: () => void): unknown;
}

export class Theme {
  /** As the system was when it last showed through. */
  #systemDark: boolean;

  /** @param changed the panels may want another picture */
  constructor(
    private readonly system: SystemTheme,
    private readonly changed: () => void,
  ) {
    this.#systemDark = system.shouldUseDarkColors;
    system.on('updated', this.#updated);
  }

  choose(theme: Settings['theme']): void {
    if (this.system.themeSource !== theme) this.system.themeSource = theme;
  }

  /** Whether tray and taskbar are dark, whatever the windows wear. */
  get panelsDark(): boolean {
    return this.system.shouldUseDarkColorsForSystemIntegratedUI ?? this.#systemDark;
  }

  stop(): void {
    this.system.off('updated', this.#updated);
  }

  readonly #updated = () => {
    if (this.system.themeSource === 'system') this.#systemDark = this.system.shouldUseDarkColors;
    this.changed();
  };
}
