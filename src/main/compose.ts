/** The one place that wires: reads from top to bottom like a table of contents; each line's room is in `wiring`. */
import path from 'node:path';
import { app, nativeTheme } from 'electron';
import type { Environment } from './environment';
import { Notices } from './observability/notices';
import { observe } from './observability/observe';
import { tellOf } from './policy/company-policy';
import { systemKeychain } from './secrets/keychain';
import { Vault } from './secrets/vault';
import { realScheduler as scheduler } from './timing/scheduler';
import { Theme } from './windows/theme';
import { wireBackend } from './wiring/backend';
import { wireDialling } from './wiring/dialling';
import { wireDoors } from './wiring/doors';
import { wireGate } from './wiring/gate';
import { wireKeeping } from './wiring/keeping';
import { wireConnection, wireDesk } from './wiring/model';
import { wireLinks } from './wiring/navigate';
import { Parts } from './wiring/parts';
import { wireSettings } from './wiring/settings';
import { wireSurroundings } from './wiring/surroundings';
import { wireCallWindow, wirePublished, wireWindows } from './wiring/windows';

const out = path.join(import.meta.dirname, '..');

export interface Running {
  /** What the program itself was started with may hold a deep link. */
  startedWith: (argv: readonly string[]) => void;
  /** Brings the workspace up, at what a deep link among these arguments names. */
  startedAgainWith: (argv: readonly string[]) => void;
  /** Ends what was started; never rejects for what it can log. */
  stop: () => Promise<void>;
  /** Writes down that the desk ends with something still open. */
  gaveUp: (why: 'overdue' | 'failed') => Promise<void>;
}

export function compose(environment: Environment): Running {
  const profile = app.getPath('userData');
  const observed = observe(environment, profile, scheduler);
  const { log } = observed;
  const icons = path.join(out, '..', 'resources', 'icons');
  const journalWorker = new URL('./journal-worker.js', import.meta.url);
  const parts = new Parts(environment, { out, profile, icons, journalWorker }, observed);

  // What is chosen, and what must stay secret.
  parts.notices = new Notices(() => parts.published.refresh('desk'));
  const { setAside, first } = wireSettings(parts);
  parts.vault = new Vault(path.join(profile, 'secrets.json'), systemKeychain(environment.platform), log.error);
  parts.theme = new Theme(nativeTheme, () => parts.surroundings.redraw());
  parts.theme.choose(parts.settings.get().theme);

  // The model, and what of it is kept.
  wireDesk(parts);
  wireConnection(parts);
  wireKeeping(parts);
  wireDialling(parts);

  // What a person sees and presses.
  wireWindows(parts);
  wirePublished(parts);
  wireCallWindow(parts);
  wireDoors(parts);
  wireGate(parts);
  wireSurroundings(parts);
  wireLinks(parts);

  // Where the calls come from.
  wireBackend(parts);
  if (setAside !== undefined) parts.notices.add('settings_set_aside', setAside);
  tellOf(parts.company.read, parts.notices, log.info);
  // Until one of the doors is chosen; practice runs behind it all the while.
  if (first && setAside === undefined) parts.windows.send('workspace', 'desk:navigate', { page: 'first-run' });
  parts.backend.go();

  return {
    startedWith: (argv) => parts.links.startedWith(argv),
    startedAgainWith: (argv) => parts.links.startedAgainWith(argv),
    stop: () => stop(parts),
    gaveUp: (why) => {
      log.info('quit.gave_up', { why });
      return log.flush();
    },
  };
}

async function stop({
  links,
  surroundings,
  theme,
  connection,
  dialling,
  desk,
  keeping,
  backend,
  windows,
  observed,
}: Parts) {
  links.stop();
  surroundings.stop();
  theme.stop();
  connection.close();
  dialling.stop();
  desk.stop();
  await keeping.stop();
  await backend.stop();
  windows.destroy();
  await observed.stop();
}
