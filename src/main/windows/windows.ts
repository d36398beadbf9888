/** Both windows and what they are sent: made, shown, told apart, ended in one place. */
import { dialog, nativeImage } from 'electron';
import type { BrowserWindow } from 'electron';
import type { IpcData, IpcMessage, WindowName } from '../../shared/contract/ipc';
import { Outbox } from '../ipc/outbox';
import { runHelper } from '../session-bus/session-bus';
import type { Scheduler } from '../timing/scheduler';
import type { Sight } from './cover-watch';
import { Flash } from './flash';
import type { PopDisplay } from './pop-place';
import { PopWindows, mirrored } from './pop-windows';
import { coveredPart } from './stacking';
import type { TextSize } from './text-size';
import { createWorkspaceWindow } from './workspace-window';
import type { WorkspaceWindow } from './workspace-window';

function tell(window: BrowserWindow, channel: IpcMessage, data: unknown): void {
  if (!window.isDestroyed()) window.webContents.send(channel, data);
}

export interface WindowsOptions {
  platform: NodeJS.Platform;
  preload: (name: WindowName) => string;
  /** The product's icon. */
  icon: string;
  /** Picture laid over the taskbar's icon while calls wait (Windows). */
  overlay: string;
  /** File that remembers where the workspace was. */
  memory: string;
  display: () => PopDisplay;
  isPrivate: () => boolean;
  textSize: TextSize;
  /** Whether a closed workspace can be brought back from a tray icon at this moment; never rejects. */
  trayShown: () => Promise<boolean>;
  /** There is no tray: the workspace was minimised where the person closed it. */
  minimised: () => void;
  /** The pop window is there: what waits may be shown. */
  popMade: () => void;
  /** The person closes the pop window. */
  popClosed: () => void;
  log: (what: string, details: Record<string, string>) => void;
  failed: (what: string, cause: unknown) => void;
  scheduler: Scheduler;
  /** A window's page died again and again. `again`: tries anew, because the person said so. */
  gaveUp: (again: () => void) => void;
}

export class Windows {
  readonly #workspace: WorkspaceWindow;
  readonly #flash: Flash;
  #pops: PopWindows | undefined;
  #closing = false;
  readonly #outboxes = { 'screen-pop': new Outbox('screen-pop'), workspace: new Outbox('workspace') };

  constructor(private readonly options: WindowsOptions) {
    this.#workspace = createWorkspaceWindow({
      preload: options.preload('workspace'),
      icon: options.icon,
      memory: options.memory,
      trayShown: options.trayShown,
      minimised: options.minimised,
      textSize: options.textSize,
      quitting: () => this.#closing,
      focused: () => this.#flash.stop(),
      ...this.#problemsOf('workspace'),
      painted: () => {
        // Only now, so that it costs the first paint nothing.
        this.#makePop();
      },
    });
    const { window } = this.#workspace;
    this.#flash = new Flash({
      flash: (on) => window.flashFrame(on),
      focused: () => window.isFocused(),
      gone: () => window.isDestroyed(),
    });
  }

  /** Which of our windows a web contents is. */
  nameOf(webContentsId: number): WindowName | undefined {
    if (webContentsId === this.#workspace.window.webContents.id) return 'workspace';
    return this.#pops?.has(webContentsId) === true ? 'screen-pop' : undefined;
  }

  /** Kept until the window listens; then only the latest of each channel. */
  send<C extends IpcMessage>(to: WindowName, channel: C, data: IpcData<C>): void {
    this.#outboxes[to].send(channel, data);
  }

  /** The window's page listens from now on. */
  ready(name: WindowName): void {
    this.#outboxes[name].ready((channel, data) => {
      if (name === 'workspace') tell(this.#workspace.window, channel, data);
      else this.#pops?.each((window, mirror) => tell(window, channel, mirror ? mirrored(channel, data) : data));
    });
  }

  /** Brings the workspace up with the keyboard: only ever because the person asked. */
  reveal(): void {
    this.#workspace.reveal();
  }

  /** Asks for attention in the taskbar until the person turns to one of the windows. */
  flash(on: boolean): void {
    if (on) this.#flash.start();
    else this.#flash.stop();
  }

  /** Asks where to keep a file; undefined: the person thought better of it. */
  async chooseFile(suggested: string): Promise<string | undefined> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.#workspace.window, {
      defaultPath: suggested,
      filters: [{ name: 'CSV', extensions: ['csv'] }],
    });
    return canceled || filePath === '' ? undefined : filePath;
  }

  /** Windows: a small picture over the taskbar's icon. @param description for screen readers; null takes it away */
  setOverlay(description: string | null): void {
    const { window } = this.#workspace;
    if (window.isDestroyed()) return;
    const picture = description === null ? null : nativeImage.createFromPath(this.options.overlay);
    window.setOverlayIcon(picture, description ?? '');
  }

  showPop(): void {
    this.#pops?.show();
  }

  hidePop(): void {
    this.#pops?.hide();
  }

  /** Puts it on top again, without the keyboard. */
  raisePop(): void {
    this.#pops?.raise();
  }

  /** How the pop stands on the screen; undefined while there is none. Never rejects. */
  async popSight(): Promise<Sight | undefined> {
    const window = this.#pops?.first;
    if (window === undefined || window.isDestroyed()) return undefined;
    const sight = { visible: window.isVisible(), alwaysOnTop: window.isAlwaysOnTop() };
    if (this.options.platform !== 'linux') return sight;
    // An X server's number of it; on Wayland the tools know no such window.
    return { ...sight, covered: await coveredPart(window.getNativeWindowHandle().readUInt32LE(0), runHelper) };
  }

  focusPop(): void {
    this.#pops?.focus();
  }

  /** The pop window on each display in turn. */
  async tourPop(dwell: () => Promise<void>): Promise<{ name: string; shown: boolean }[]> {
    return (await this.#pops?.tour(dwell)) ?? [];
  }

  resizePop(height: number): void {
    this.#pops?.resize(height);
  }

  /** Where the pop appears, whether it may be captured, or how large the text is was chosen anew. */
  settingsChanged(): void {
    this.#workspace.textSizeChanged();
    this.#pops?.settingsChanged();
  }

  destroy(): void {
    this.#closing = true;
    this.#flash.stop();
    this.#pops?.destroy();
    this.#workspace.remember();
    this.#workspace.window.destroy();
  }

  #makePop(): void {
    const { options } = this;
    this.#pops = new PopWindows({
      preload: options.preload('screen-pop'),
      display: options.display,
      isPrivate: options.isPrivate,
      textSize: options.textSize,
      focused: () => this.#flash.stop(),
      closed: options.popClosed,
      ...this.#problemsOf('screen-pop'),
    });
    options.popMade();
  }

  #problemsOf(name: WindowName) {
    return {
      loading: () => {
        this.#outboxes[name].reset();
      },
      crashed: (reason: string) => {
        this.options.log('window.crashed', { name, reason });
      },
      scheduler: this.options.scheduler,
      gaveUp: (again: () => void) => {
        this.options.log('window.gave_up', { name });
        this.options.gaveUp(again);
      },
      failed: (cause: unknown) => {
        this.options.failed(`window.failed ${name}`, cause);
      },
    };
  }
}
