/** The tray icon: a few facts in, one render out. Where no panel shows icons there is none, and closing minimises. */
import { Menu, Tray, nativeImage } from 'electron';
import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { DeskView } from '../../shared/contract/views';
import type { Words } from '../words/words';
import { drawTrayIcon, trayState } from './icon';
import type { TrayState } from './icon';

interface TrayFacts {
  live: boolean;
  state: AgentState;
  waiting: number;
  words: Words;
  practice: boolean;
}

export interface TrayActions {
  open: () => void;
  setState: (state: AgentState) => void;
  escalate: () => void;
  quit: () => void;
}

const CHOICES: readonly AgentState[] = ['available', 'busy', 'break'];
/** Pixels at scale 1, and the scale of the sharper copy. */
const SIZE = 22;
const SHARP = 2;

function icon(state: TrayState): NativeImage {
  const image = nativeImage.createFromBitmap(drawTrayIcon(state, SIZE), { width: SIZE, height: SIZE });
  const sharp = SIZE * SHARP;
  image.addRepresentation({
    scaleFactor: SHARP,
    width: sharp,
    height: sharp,
    buffer: nativeImage.createFromBitmap(drawTrayIcon(state, sharp), { width: sharp, height: sharp }).toPNG(),
  });
  return image;
}

function menu(facts: TrayFacts, actions: TrayActions): MenuItemConstructorOptions[] {
  const { words } = facts;
  return [
    { label: tooltip(facts), enabled: false },
    { label: words.open, click: actions.open },
    { type: 'separator' },
    ...CHOICES.map((state): MenuItemConstructorOptions => ({
      label: words.state[state],
      type: 'radio',
      checked: facts.state === state,
      click: () => {
        actions.setState(state);
      },
    })),
    { type: 'separator' },
    ...(facts.practice ? [{ label: words.practiceCaller, click: actions.escalate }] : []),
    { label: words.quit, click: actions.quit },
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

  constructor(private readonly actions: TrayActions) {}

  get exists(): boolean {
    return this.#tray !== undefined;
  }

  /** Once it is known that a panel shows icons. */
  create(): void {
    if (this.#tray !== undefined) return;
    this.#tray = new Tray(icon('offline'));
    this.#tray.on('click', this.actions.open);
    this.#shown = '';
    if (this.#facts !== undefined) this.#update(this.#facts);
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
    tray.setImage(icon(trayState(facts)));
    tray.setToolTip(`Handover Desk: ${tooltip(facts)}`);
    tray.setContextMenu(Menu.buildFromTemplate(menu(facts, this.actions)));
  }

  destroy(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
  }
}
