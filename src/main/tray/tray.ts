/** The tray icon: a few facts in, one render out. Where no panel shows icons there is none, and closing minimises. */
import path from 'node:path';
import { Menu, Tray, nativeImage, nativeTheme } from 'electron';
import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { DeskView } from '../../shared/contract/views';
import type { Words } from '../words/words';
import { trayPicture, trayState } from './icon';
import type { TrayState } from './icon';

interface TrayFacts {
  live: boolean;
  state: AgentState;
  waiting: number;
  words: Words;
  practice: boolean;
}

export interface TrayOptions {
  platform: NodeJS.Platform;
  /** Folder of the product's icons. */
  icons: string;
  open: () => void;
  setState: (state: AgentState) => void;
  escalate: () => void;
  quit: () => void;
}

const CHOICES: readonly AgentState[] = ['available', 'busy', 'break'];

function menu(facts: TrayFacts, options: TrayOptions): MenuItemConstructorOptions[] {
  const { words } = facts;
  return [
    { label: tooltip(facts), enabled: false },
    { label: words.open, click: options.open },
    { type: 'separator' },
    ...CHOICES.map((state): MenuItemConstructorOptions => ({
      label: words.state[state],
      type: 'radio',
      checked: facts.state === state,
      click: () => {
        options.setState(state);
      },
    })),
    { type: 'separator' },
    ...(facts.practice ? [{ label: words.practiceCaller, click: options.escalate }] : []),
    { label: words.quit, click: options.quit },
  ];
}

function tooltip({ live, state, waiting, words }: TrayFacts): string {
  if (!live) return words.offline;
  return waiting > 0 ? words.waiting(waiting) : words.state[state];
}

export class DeskTray {
  #tray: Tray | undefined;
  #shown = '';
  #facts: TrayFacts | undefined;

  constructor(private readonly options: TrayOptions) {}

  get exists(): boolean {
    return this.#tray !== undefined;
  }

  /** Once it is known that a panel shows icons. */
  create(): void {
    if (this.#tray !== undefined) return;
    nativeTheme.on('updated', this.#redraw);
    this.#tray = new Tray(this.#icon('offline'));
    this.#tray.on('click', this.options.open);
    this.#redraw();
  }

  /** The view the workspace gets, as far as a tray shows it. */
  show(view: DeskView, words: Words): void {
    this.#update({
      live: view.connection.state === 'live',
      state: view.state.value,
      waiting: view.rows.filter(({ group }) => group === 'waiting').length,
      words,
      practice: view.mode === 'practice',
    });
  }

  /** Does nothing when nothing it shows has changed. */
  #update(facts: TrayFacts): void {
    this.#facts = facts;
    const tray = this.#tray;
    const key = `${trayState(facts)} ${facts.state} ${tooltip(facts)} ${facts.practice}`;
    if (tray === undefined || key === this.#shown) return;
    this.#shown = key;
    tray.setImage(this.#icon(trayState(facts)));
    tray.setToolTip(`Handover Desk: ${tooltip(facts)}`);
    tray.setContextMenu(Menu.buildFromTemplate(menu(facts, this.options)));
  }

  /** The sharper copies beside the file (`@2x`) are found by their names. */
  #icon(state: TrayState): NativeImage {
    const { icons, platform } = this.options;
    const picture = trayPicture(state, nativeTheme.shouldUseDarkColors, platform);
    return nativeImage.createFromPath(path.join(icons, 'tray', picture));
  }

  readonly #redraw = () => {
    this.#shown = '';
    if (this.#facts !== undefined) this.#update(this.#facts);
  };

  destroy(): void {
    nativeTheme.off('updated', this.#redraw);
    this.#tray?.destroy();
    this.#tray = undefined;
  }
}
