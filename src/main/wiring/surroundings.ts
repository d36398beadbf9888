/** What is around the windows: tray, notifications, keys, power, network. */
import { app } from 'electron';
import { Surroundings } from '../surroundings/surroundings';
import { realScheduler as scheduler } from '../timing/scheduler';
import { wordsFor } from '../words/words';
import { languageNow } from './language';
import { openCall } from './navigate';
import type { Parts } from './parts';

export function wireSurroundings(parts: Parts): void {
  const { log } = parts.observed;
  parts.surroundings = new Surroundings({
    platform: parts.environment.platform,
    icons: parts.places.icons,
    scheduler,
    settings: parts.settings.get,
    words: () => wordsFor(languageNow(parts)),
    panelDark: () => parts.theme.panelsDark,
    setOverlay: (description) => parts.windows.setOverlay(description),
    notices: parts.notices,
    log,
    onCall: () => parts.desk.claims.any,
    openCall: (call) => openCall(parts, call),
    reveal: () => parts.windows.reveal(),
    focusPop: () => parts.windows.focusPop(),
    setState: (state) => {
      // An outcome, never a rejection; the new state shows in the views.
      if (!parts.keeping.choose(state)) void parts.desk.setState(state);
    },
    nextState: () => parts.keeping.nextState,
    setAway: (away) => {
      // The same.
      void parts.desk.setAway(away);
    },
    woke: () => parts.connection.woke(),
    networkChanged: () => parts.connection.networkChanged(),
    escalate: () => parts.backend.escalate(),
    autostart: {
      platform: parts.environment.platform,
      configHome: parts.environment.configHome,
      program: parts.environment.program,
      setLoginItem: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
      failed: log.error,
    },
    quit: () => app.quit(),
  });
}
