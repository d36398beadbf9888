/** A screen pop: made once, hidden; shown above everything without taking the keyboard; placed anew when displays change. */
import type { BrowserWindow, BrowserWindowConstructorOptions, Display, WebContents } from 'electron';
import { NORMAL_TEXT } from '../../shared/lib/text-size';
import type { Scheduler } from '../timing/scheduler';
import { pageUrl } from './app-scheme';
import { POP_MAX_HEIGHT, POP_WIDTH, placePop } from './pop-place';
import { Reloading } from './reloading';
import { keepTextSize } from './text-size';
import type { TextSize } from './text-size';
import { webPreferences } from './web-preferences';

export interface PopWindowOptions {
  preload: string;
  open: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Where it belongs now; undefined: nowhere, its display is gone. */
  home: () => Pick<Display, 'workArea'> | undefined;
  /** A new page is about to load in it: what was sent to the old one is void. */
  loading: (contents: WebContents) => void;
  /** It got the keyboard. */
  focused: () => void;
  textSize: TextSize;
  /** The person puts it away as windows are closed. */
  closed: () => void;
  crashed: (reason: string) => void;
  /** Its page died again and again. `again`: tries anew, because the person said so. */
  gaveUp: (again: () => void) => void;
  scheduler: Scheduler;
  failed: (cause: unknown) => void;
}

export interface PopWindow {
  show: () => void;
  hide: () => void;
  /** On top again, where something else has come over it. */
  raise: () => void;
  /** Gives it the keyboard because the person asked. */
  focus: () => void;
  /** Height the content needs, CSS px. */
  resize: (height: number) => void;
  /** Displays came, went or changed their scale. */
  displaysChanged: () => void;
  /** The size of the text was chosen anew. */
  textSizeChanged: () => void;
  /** Keeps it out of screen captures, where the system can. */
  setPrivate: (on: boolean) => void;
  /** Shows it on this display, wherever it belongs, until it is shown or placed anew. */
  showOn: (display: Display) => void;
  readonly window: BrowserWindow;
}

function make({ open, preload }: PopWindowOptions): BrowserWindow {
  const window = open({
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
      ...webPreferences(preload),
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

  let home: ReturnType<typeof options.home>;
  const place = () => {
    home ??= options.home();
    if (home === undefined) window.hide();
    else window.setBounds(placePop(home.workArea, height, options.textSize.now() / NORMAL_TEXT));
  };

  const load = () => {
    options.loading(window.webContents);
    window.loadURL(pageUrl('screen-pop')).catch(options.failed);
  };
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
  // Alt+F4 on the pop puts its call away as its own key does; the window itself stays for the next one.
  window.on('close', (event) => {
    event.preventDefault();
    options.closed();
  });
  window.on('focus', options.focused);
  const applyTextSize = keepTextSize(window.webContents, options.textSize);
  load();

  return {
    window,
    show() {
      if (!window.isVisible()) {
        home = options.home();
        if (home === undefined) return;
        place();
        window.showInactive();
      }
      window.moveTop();
    },
    hide() {
      if (window.isVisible()) window.hide();
    },
    raise() {
      window.setAlwaysOnTop(true, 'screen-saver');
      window.moveTop();
    },
    focus() {
      if (window.isVisible()) window.focus();
    },
    resize(wanted) {
      height = wanted;
      if (window.isVisible()) place();
    },
    displaysChanged() {
      home = undefined;
      if (window.isVisible()) place();
    },
    textSizeChanged() {
      applyTextSize();
      if (window.isVisible()) place();
    },
    showOn(display) {
      home = display;
      place();
      if (!window.isVisible()) window.showInactive();
      window.moveTop();
    },
    setPrivate(on) {
      window.setContentProtection(on);
    },
  };
}
