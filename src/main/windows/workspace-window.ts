/** The workspace: an ordinary window that is hidden rather than closed where a tray can bring it back. */
import { BrowserWindow } from 'electron';
import type { WebContents } from 'electron';
import { pageUrl } from './app-scheme';
import { webPreferences } from './lockdown';

const SIZE = { width: 1240, height: 820, minWidth: 640, minHeight: 480 };

export interface WorkspaceWindowOptions {
  preload: string;
  icon: string | undefined;
  /** Whether a closed window can be brought back from a tray icon. */
  trayShown: () => boolean;
  quitting: () => boolean;
  loading: (contents: WebContents) => void;
  painted: () => void;
  crashed: (reason: string) => void;
  failed: (cause: unknown) => void;
}

export interface WorkspaceWindow {
  /** Brings it up and gives it the keyboard: only ever because the person asked. */
  reveal: () => void;
  /** Asks for attention in the taskbar without coming up. */
  flash: (on: boolean) => void;
  readonly window: BrowserWindow;
}

export function createWorkspaceWindow(options: WorkspaceWindowOptions): WorkspaceWindow {
  const window = new BrowserWindow({
    ...SIZE,
    show: false,
    title: 'Handover Desk',
    autoHideMenuBar: true,
    ...(options.icon === undefined ? {} : { icon: options.icon }),
    webPreferences: webPreferences(options.preload),
  });
  const load = () => {
    options.loading(window.webContents);
    window.loadURL(pageUrl('workspace')).catch(options.failed);
  };
  window.once('ready-to-show', () => {
    window.show();
    options.painted();
  });
  window.on('close', (event) => {
    if (options.quitting()) return;
    event.preventDefault();
    if (options.trayShown()) window.hide();
    else window.minimize();
  });
  window.on('focus', () => {
    window.flashFrame(false);
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    options.crashed(reason);
    if (reason !== 'clean-exit') load();
  });
  load();
  return {
    window,
    reveal() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    flash(on) {
      if (!window.isFocused()) window.flashFrame(on);
    },
  };
}
