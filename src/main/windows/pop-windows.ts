/** The screen pop on one display or on several: the first window is the pop itself, the others mirror it. */
import { BrowserWindow, screen } from 'electron';
import type { IpcMessage } from '../../shared/contract/ipc';
import type { PopView } from '../../shared/contract/views';
import { homesOf, standsOn } from './pop-place';
import type { PopDisplay } from './pop-place';
import { createPopWindow } from './pop-window';
import type { PopWindow, PopWindowOptions } from './pop-window';

export interface PopWindowsOptions extends Omit<PopWindowOptions, 'open' | 'home'> {
  display: () => PopDisplay;
  isPrivate: () => boolean;
}

/** What a mirror is sent: without the event it neither sounds nor reports its paint, which the first one does. */
export function mirrored(channel: IpcMessage, data: unknown): unknown {
  return channel === 'pop:view' ? { ...(data as PopView), event: null } : data;
}

export class PopWindows {
  readonly #windows: PopWindow[] = [];

  constructor(private readonly options: PopWindowsOptions) {
    this.#match();
    screen.on('display-added', this.#displaysChanged);
    screen.on('display-removed', this.#displaysChanged);
    screen.on('display-metrics-changed', this.#displaysChanged);
  }

  /** The pop itself. */
  get first(): BrowserWindow | undefined {
    return this.#windows[0]?.window;
  }

  has(webContentsId: number): boolean {
    return this.#windows.some(({ window }) => window.webContents.id === webContentsId);
  }

  /** @param deliver hears each window and whether it is a mirror */
  each(deliver: (window: BrowserWindow, mirror: boolean) => void): void {
    for (const [index, { window }] of this.#windows.entries()) if (!window.isDestroyed()) deliver(window, index > 0);
  }

  show(): void {
    for (const pop of this.#windows) pop.show();
  }

  hide(): void {
    for (const pop of this.#windows) pop.hide();
  }

  raise(): void {
    for (const pop of this.#windows) pop.raise();
  }

  focus(): void {
    this.#windows[0]?.focus();
  }

  /** Shows the pop on each display in turn, as long as `dwell` takes, and says whether it really came to stand there. */
  async tour(dwell: () => Promise<void>): Promise<{ name: string; shown: boolean }[]> {
    const [pop] = this.#windows;
    const seen: { name: string; shown: boolean }[] = [];
    if (pop === undefined) return seen;
    for (const [index, display] of screen.getAllDisplays().entries()) {
      pop.showOn(display);
      await dwell();
      const shown = !pop.window.isDestroyed() && pop.window.isVisible() && standsOn(pop.window.getBounds(), display);
      seen.push({ name: display.label === '' ? String(index + 1) : display.label, shown });
    }
    pop.displaysChanged();
    return seen;
  }

  resize(height: number): void {
    for (const pop of this.#windows) pop.resize(height);
  }

  /** Display, privacy or the size of the text were chosen anew. */
  settingsChanged(): void {
    this.#match();
    this.#displaysChanged();
    for (const pop of this.#windows) {
      pop.setPrivate(this.options.isPrivate());
      pop.textSizeChanged();
    }
  }

  destroy(): void {
    screen.off('display-added', this.#displaysChanged);
    screen.off('display-removed', this.#displaysChanged);
    screen.off('display-metrics-changed', this.#displaysChanged);
    for (const { window } of this.#windows.splice(0)) window.destroy();
  }

  readonly #displaysChanged = () => {
    this.#match();
    for (const pop of this.#windows) pop.displaysChanged();
    if (this.first?.isVisible() === true) this.show();
  };

  #homes() {
    const all = screen.getAllDisplays();
    const cursor = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    return homesOf(this.options.display(), { all, cursor, primary: screen.getPrimaryDisplay() });
  }

  /** As many windows as displays are to show it; the first one is never ended, so that it can always be shown at once. */
  #match(): void {
    const wanted = this.#homes().length;
    for (const { window } of this.#windows.splice(wanted)) window.destroy();
    for (let index = this.#windows.length; index < wanted; index += 1) {
      const pop = createPopWindow({
        ...this.options,
        // A mirror that loads must not void what the first one was sent.
        loading: (contents) => {
          if (index === 0) this.options.loading(contents);
        },
        open: (options) => new BrowserWindow(options),
        home: () => this.#homes()[index],
      });
      pop.setPrivate(this.options.isPrivate());
      this.#windows.push(pop);
    }
  }
}
