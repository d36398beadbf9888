/** Both windows and what they are sent: made, shown, told apart, ended in one place. */
import type { IpcData, IpcMessage, WindowName } from '../../shared/contract/ipc';
import { Outbox } from '../ipc/outbox';
import { createPopWindow } from './pop-window';
import type { PopWindow } from './pop-window';
import { createWorkspaceWindow } from './workspace-window';
import type { WorkspaceWindow } from './workspace-window';

export interface WindowsOptions {
  platform: NodeJS.Platform;
  preload: (name: WindowName) => string;
  /** The product's icon. */
  icon: string;
  /** File that remembers where the workspace was. */
  memory: string;
  display: () => 'cursor' | 'primary';
  isPrivate: () => boolean;
  /** Whether a closed workspace can be brought back from a tray icon. */
  trayShown: () => boolean;
  /** The pop window is there: what waits may be shown. */
  popMade: () => void;
  log: (what: string, details: Record<string, string>) => void;
  failed: (what: string, cause: unknown) => void;
}

export class Windows {
  readonly #workspace: WorkspaceWindow;
  #pop: PopWindow | undefined;
  #closing = false;
  readonly #outboxes = { 'screen-pop': new Outbox('screen-pop'), workspace: new Outbox('workspace') };

  constructor(private readonly options: WindowsOptions) {
    this.#workspace = createWorkspaceWindow({
      preload: options.preload('workspace'),
      icon: options.icon,
      memory: options.memory,
      trayShown: options.trayShown,
      quitting: () => this.#closing,
      ...this.#problemsOf('workspace'),
      painted: () => {
        // Only now, so that it costs the first paint nothing.
        this.#makePop();
      },
    });
  }

  /** Which of our windows a web contents is. */
  nameOf(webContentsId: number): WindowName | undefined {
    if (webContentsId === this.#workspace.window.webContents.id) return 'workspace';
    return webContentsId === this.#pop?.window.webContents.id ? 'screen-pop' : undefined;
  }

  /** Kept until the window listens; then only the latest of each channel. */
  send<C extends IpcMessage>(to: WindowName, channel: C, data: IpcData<C>): void {
    this.#outboxes[to].send(channel, data);
  }

  /** The window's page listens from now on. */
  ready(name: WindowName): void {
    const contents = (name === 'workspace' ? this.#workspace.window : this.#pop?.window)?.webContents;
    if (contents === undefined) return;
    this.#outboxes[name].ready((channel, data) => {
      if (!contents.isDestroyed()) contents.send(channel, data);
    });
  }

  /** Brings the workspace up with the keyboard: only ever because the person asked. */
  reveal(): void {
    this.#workspace.reveal();
  }

  flash(on: boolean): void {
    this.#workspace.flash(on);
  }

  showPop(): void {
    this.#pop?.show();
  }

  hidePop(): void {
    this.#pop?.hide();
  }

  focusPop(): void {
    this.#pop?.focus();
  }

  resizePop(height: number): void {
    this.#pop?.resize(height);
  }

  privacyChanged(): void {
    this.#pop?.setPrivate(this.options.isPrivate());
  }

  destroy(): void {
    this.#closing = true;
    this.#pop?.window.destroy();
    this.#workspace.remember();
    this.#workspace.window.destroy();
  }

  #makePop(): void {
    const { options } = this;
    this.#pop = createPopWindow({
      preload: options.preload('screen-pop'),
      platform: options.platform,
      display: options.display,
      ...this.#problemsOf('screen-pop'),
    });
    this.privacyChanged();
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
      failed: (cause: unknown) => {
        this.options.failed(`window.failed ${name}`, cause);
      },
    };
  }
}
