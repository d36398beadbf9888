/** The tray icon: a few facts in, one render out. Where no panel shows icons there is none, and closing minimises. */
import path from 'node:path';
import { Menu, Tray, nativeImage } from 'electron';
import type { NativeImage } from 'electron';
import { trayPicture, trayState } from './icon';
import type { TrayState } from './icon';
import { trayMenu, trayTip } from './menu';
import type { TrayActions, TrayFacts } from './menu';

export interface TrayOptions extends TrayActions {
  platform: NodeJS.Platform;
  /** Folder of the product's icons. */
  icons: string;
  /** Whether the panel that shows it is dark. */
  panelDark: () => boolean;
}

export class DeskTray {
  #tray: Tray | undefined;
  #shown = '';
  #facts: TrayFacts | undefined;

  constructor(private readonly options: TrayOptions) {}

  /** Once it is known that a panel shows icons. */
  create(): void {
    if (this.#tray !== undefined) return;
    this.#tray = new Tray(this.#icon('offline'));
    this.#tray.on('click', this.options.open);
    this.redraw();
  }

  /** Does nothing when nothing it shows has changed. */
  show(facts: TrayFacts): void {
    this.#facts = facts;
    const tray = this.#tray;
    const state = trayState({ ...facts, waiting: facts.waiting.length });
    const menu = trayMenu(facts, this.options);
    const key = JSON.stringify([state, facts.waiting.map(({ call }) => call), menu]);
    if (tray === undefined || key === this.#shown) return;
    this.#shown = key;
    tray.setImage(this.#icon(state));
    tray.setToolTip(`Handover Desk: ${trayTip(facts)}`);
    tray.setContextMenu(Menu.buildFromTemplate(menu));
    // The menu bar of macOS has room for the number itself.
    if (this.options.platform === 'darwin') tray.setTitle(facts.waiting.length > 0 ? `${facts.waiting.length}` : '');
  }

  /** The panel may be of another colour now. */
  redraw(): void {
    this.#shown = '';
    if (this.#facts !== undefined) this.show(this.#facts);
  }

  /** The sharper copies beside the file (`@2x`) are found by their names. */
  #icon(state: TrayState): NativeImage {
    const { icons, platform, panelDark } = this.options;
    return nativeImage.createFromPath(path.join(icons, 'tray', trayPicture(state, panelDark(), platform)));
  }

  destroy(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
    this.#shown = '';
  }
}
