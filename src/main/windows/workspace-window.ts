/** The workspace: an ordinary window that is hidden rather than closed where a tray can bring it back. */
import { BrowserWindow, screen } from 'electron';
import type { WebContents } from 'electron';
import { NORMAL_TEXT } from '../../shared/lib/text-size';
import type { Scheduler } from '../timing/scheduler';
import { pageUrl } from './app-scheme';
import { Reloading } from './reloading';
import { keepTextSize } from './text-size';
import type { TextSize } from './text-size';
import { webPreferences } from './web-preferences';
import { fitInside, leastSize, readBounds, writeBounds } from './window-memory';

const SIZE = { width: 1240, height: 820, minWidth: 640, minHeight: 480 };

export interface WorkspaceWindowOptions {
  preload: string;
  icon: string;
  /** File that remembers where the window was. */
  memory: string;
  /** Whether a closed window can be brought back from a tray icon at this moment; never rejects. */
  trayShown: () => Promise<boolean>;
  /** There is no tray: the window was minimised where the person closed it. */
  minimised: () => void;
  quitting: () => boolean;
  loading: (contents: WebContents) => void;
  painted: () => void;
  /** It got the keyboard. */
  focused: () => void;
  textSize: TextSize;
  crashed: (reason: string) => void;
  /** Its page died again and again. `again`: tries anew, because the person said so. */
  gaveUp: (again: () => void) => void;
  scheduler: Scheduler;
  failed: (cause: unknown) => void;
}

export interface WorkspaceWindow {
  /** Brings it up and gives it the keyboard: only ever because the person asked. */
  reveal: () => void;
  /** The size of the text was chosen anew. */
  textSizeChanged: () => void;
  /** Keeps its place for the next start. */
  remember: () => void;
  readonly window: BrowserWindow;
}

function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

/** Brings it back after its display went away or changed its scale. */
function keepInSight(window: BrowserWindow): void {
  const bringBack = () => {
    if (window.isMaximized() || window.isFullScreen()) return;
    const bounds = window.getBounds();
    const fitting = fitInside(bounds, workAreas());
    if (fitting !== bounds) window.setBounds(fitting);
  };
  screen.on('display-removed', bringBack);
  screen.on('display-metrics-changed', bringBack);
}

/** Larger text needs a larger window, as far as the display has room for one. */
function makeRoom(window: BrowserWindow, zoom: number): void {
  const { workArea } = screen.getDisplayMatching(window.getBounds());
  const least = leastSize({ width: SIZE.minWidth, height: SIZE.minHeight }, workArea, zoom);
  window.setMinimumSize(least.width, least.height);
  // A window that has the whole display, or none of it, has no size of its own to change.
  if (window.isMinimized() || window.isMaximized() || window.isFullScreen()) return;
  const bounds = window.getBounds();
  if (bounds.width >= least.width && bounds.height >= least.height) return;
  const grown = { width: Math.max(bounds.width, least.width), height: Math.max(bounds.height, least.height) };
  window.setBounds(fitInside({ ...bounds, ...grown }, workAreas()));
}

export function createWorkspaceWindow(options: WorkspaceWindowOptions): WorkspaceWindow {
  const remembered = readBounds(options.memory);
  const window = new BrowserWindow({
    ...SIZE,
    ...(remembered === undefined ? {} : fitInside(remembered, workAreas())),
    show: false,
    title: 'Handover Desk',
    autoHideMenuBar: true,
    icon: options.icon,
    webPreferences: webPreferences(options.preload),
  });
  const load = () => {
    options.loading(window.webContents);
    window.loadURL(pageUrl('workspace')).catch(options.failed);
  };
  let painted = false;
  // Counts what the person wanted: closing is answered a moment later, and they may want the window back by then.
  let wishes = 0;
  const putAway = async (wish: number) => {
    const tray = await options.trayShown();
    if (window.isDestroyed() || wish !== wishes) return;
    if (tray) {
      window.hide();
      return;
    }
    window.minimize();
    options.minimised();
  };
  window.once('ready-to-show', () => {
    painted = true;
    window.show();
    options.painted();
  });
  window.on('close', (event) => {
    if (options.quitting()) return;
    event.preventDefault();
    wishes += 1;
    void putAway(wishes);
  });
  window.on('focus', options.focused);
  const reloading = new Reloading({
    scheduler: options.scheduler,
    load,
    gaveUp: () => options.gaveUp(() => reloading.again()),
  });
  window.once('closed', () => reloading.stop());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    options.crashed(reason);
    if (reason !== 'clean-exit') reloading.died();
  });
  keepInSight(window);
  const applyTextSize = keepTextSize(window.webContents, options.textSize);
  const textSizeChanged = () => {
    applyTextSize();
    makeRoom(window, options.textSize.now() / NORMAL_TEXT);
  };
  makeRoom(window, options.textSize.now() / NORMAL_TEXT);
  load();
  return {
    window,
    textSizeChanged,
    reveal() {
      // Until its first paint it is a blank frame; then it comes by itself.
      if (!painted) return;
      wishes += 1;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    remember() {
      try {
        writeBounds(options.memory, window.getNormalBounds());
      } catch (error) {
        options.failed(error);
      }
    },
  };
}
