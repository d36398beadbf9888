/** The screen pop: made once, hidden; shown above everything without taking the keyboard; placed anew when displays change. */
import { BrowserWindow, screen } from 'electron';
import type { Display, WebContents } from 'electron';
import { pageUrl } from './app-scheme';
import { webPreferences } from './lockdown';
import { POP_MAX_HEIGHT, POP_WIDTH, placePop } from './pop-place';

export interface PopWindowOptions {
  preload: string;
  platform: NodeJS.Platform;
  display: () => 'cursor' | 'primary';
  /** A new page is about to load in it: what was sent to the old one is void. */
  loading: (contents: WebContents) => void;
  crashed: (reason: string) => void;
  failed: (cause: unknown) => void;
}

export interface PopWindow {
  show: () => void;
  hide: () => void;
  /** Gives it the keyboard because the person asked. */
  focus: () => void;
  /** Height the content needs, CSS px. */
  resize: (height: number) => void;
  setPrivate: (on: boolean) => void;
  readonly window: BrowserWindow;
}

function make(options: PopWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: POP_WIDTH,
    height: POP_MAX_HEIGHT,
    show: false,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    acceptFirstMouse: true,
    title: 'Handover Desk call',
    webPreferences: {
      ...webPreferences(options.preload),
      // It must be ready to paint the moment it is shown.
      backgroundThrottling: false,
    },
  });
  window.setAlwaysOnTop(true, 'screen-saver');
  // Over full-screen programs too; without the option macOS would flash the dock icon away and back.
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
  return window;
}

export function createPopWindow(options: PopWindowOptions): PopWindow {
  const window = make(options);
  let height = POP_MAX_HEIGHT;

  const home = (): Display =>
    options.display() === 'primary'
      ? screen.getPrimaryDisplay()
      : screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  let display: Display | undefined;
  const place = () => {
    display ??= home();
    window.setBounds(placePop(display.workArea, height));
  };
  const displaysChanged = () => {
    display = undefined;
    if (window.isVisible()) place();
  };
  screen.on('display-added', displaysChanged);
  screen.on('display-removed', displaysChanged);
  screen.on('display-metrics-changed', displaysChanged);

  const load = () => {
    options.loading(window.webContents);
    window.loadURL(pageUrl('screen-pop')).catch(options.failed);
  };
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    options.crashed(reason);
    if (reason !== 'clean-exit') load();
  });
  // Alt+F4 on the pop puts it away; the window itself stays for the next call.
  window.on('close', (event) => {
    event.preventDefault();
    window.hide();
  });
  load();

  return {
    window,
    show() {
      if (!window.isVisible()) {
        display = home();
        place();
        window.showInactive();
      }
      window.moveTop();
    },
    hide() {
      if (window.isVisible()) window.hide();
    },
    focus() {
      if (window.isVisible()) window.focus();
    },
    resize(wanted) {
      height = wanted;
      if (window.isVisible()) place();
    },
    setPrivate(on) {
      window.setContentProtection(on);
    },
  };
}
