/** The windows, what they are sent, and when the one for calls stands on the screen. */
import path from 'node:path';
import { app, dialog, protocol } from 'electron';
import { NORMAL_TEXT } from '../../shared/lib/text-size';
import { callView } from '../calls/call-view';
import { Published } from '../desk/published';
import { phoneView } from '../phones/phone-view';
import { realScheduler as scheduler } from '../timing/scheduler';
import { APP_SCHEME, appSchemeHandler } from '../windows/app-scheme';
import { CallWindow } from '../windows/call-window';
import { lockDown } from '../windows/lockdown';
import { Windows } from '../windows/windows';
import { wordsFor } from '../words/words';
import { languageNow } from './language';
import { viewOf } from './model';
import type { Parts } from './parts';

export function wireWindows(parts: Parts): void {
  const { log } = parts.observed;
  const { out, icons, profile } = parts.places;
  lockDown((what) => log.info('denied', { what }));
  protocol.handle(APP_SCHEME, appSchemeHandler(path.join(out, 'renderer')));
  parts.windows = new Windows({
    platform: parts.environment.platform,
    preload: (name) => path.join(out, 'preload', `${name}.cjs`),
    icon: path.join(icons, 'png', '256x256.png'),
    overlay: path.join(icons, 'tray', 'waiting-light-16.png'),
    memory: path.join(profile, 'window.json'),
    display: () => parts.settings.get().pop,
    isPrivate: () => parts.settings.get().privacy,
    textSize: {
      now: () => parts.settings.get().text_size ?? NORMAL_TEXT,
      // Refused where the company set it: then it stays as it is.
      choose: (text_size) => void parts.settings.set({ ...parts.settings.get(), text_size }),
    },
    trayShown: () => parts.surroundings.trayShown(),
    minimised: () => parts.surroundings.minimised(),
    popMade: () => {
      if (parts.desk.pops.list.current !== null) parts.callWindow.show();
    },
    popClosed: () => {
      // With nothing in it (the desk check's tour) the window only goes.
      if (!parts.desk.dismissShown()) parts.callWindow.hide();
    },
    log: log.info,
    failed: log.error,
    scheduler,
    gaveUp: (again) => void askWhatNow(parts, again),
  });
}

/** No page can be shown that could say it: the system's own dialog does. Never rejects. */
async function askWhatNow(parts: Parts, again: () => void): Promise<void> {
  const words = wordsFor(languageNow(parts));
  try {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: words.windowFails,
      detail: words.windowFailsAbout,
      buttons: [words.tryAgain, words.quit],
      cancelId: 0,
      noLink: true,
    });
    if (response === 1) app.quit();
    else again();
  } catch (error) {
    parts.observed.log.error('window.not_asked', error);
  }
}

export function wirePublished(parts: Parts): void {
  parts.published = new Published({
    scheduler,
    sources: {
      desk: parts.desk,
      settings: parts.settings.get,
      connection: () => parts.connection.view,
      notices: parts.notices,
      phone: phoneView,
      language: () => languageNow(parts),
      insisting: () => parts.callWindow.insisting,
      callbacksDue: () => parts.dialling.callbacksDue,
    },
    send: (to, channel, data) => parts.windows.send(to, channel, data),
    idle: () => parts.callWindow.hide(),
    desk: (view) => parts.surroundings.show(view),
  });
}

export function wireCallWindow(parts: Parts): void {
  const { log } = parts.observed;
  parts.callWindow = new CallWindow({
    scheduler,
    windows: parts.windows,
    mayInsist: () => parts.settings.get().pop.insist !== false,
    notices: parts.notices,
    notify: () => {
      const call = parts.desk.shown;
      if (call !== undefined) parts.surroundings.notify(callView(call, viewOf(parts), 0));
    },
    refresh: () => parts.published.refresh('pop'),
    log: log.info,
  });
}
