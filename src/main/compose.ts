/** The one place that wires: reads from top to bottom like a table of contents. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { app, clipboard, globalShortcut, protocol } from 'electron';
import type { ConnectionView } from '../shared/contract/views';
import { Connection } from './desk/connection';
import { Desk } from './desk/desk';
import { openDismissals } from './desk/dismissals';
import { createHandlers } from './desk/handlers';
import { Publisher } from './desk/publisher';
import { deskView, popView, viewContext } from './desk/views';
import { callView } from './calls/call-view';
import { deepLinkIn } from './deep-links/deep-link';
import type { DeepLink } from './deep-links/deep-link';
import type { Environment } from './environment';
import { openGate } from './ipc/gate';
import { Notifier } from './notifications/notifier';
import { toastFor } from './notifications/toast';
import { watchEventLoop } from './observability/event-loop';
import { createLog } from './observability/log';
import { Notices } from './observability/notices';
import { createTrace, preciseNow } from './observability/trace';
import { journalKey, Keeping } from './outcomes/keeping';
import { phoneView } from './phones/phone-view';
import { BackendSwitch } from './processes/backend-switch';
import { AWAY_AFTER_MIN, Presence } from './presence/presence';
import { ownAddresses, watchNetwork } from './presence/watch-network';
import { watchPower } from './presence/watch-power';
import { chooseBackend } from './processes/choose-backend';
import { forkUtility } from './processes/utility-child';
import { fetchHistory } from './relay-client/contact-history';
import { systemKeychain } from './secrets/keychain';
import { Vault } from './secrets/vault';
import { notificationsAnswer, trayHostExists } from './session-bus/session-bus';
import { openSettingsFile } from './settings/open-settings';
import { createSettings } from './settings/settings';
import { realScheduler as scheduler } from './timing/scheduler';
import { DeskTray } from './tray/tray';
import { appSchemeHandler, APP_SCHEME } from './windows/app-scheme';
import { lockDown } from './windows/lockdown';
import { Windows } from './windows/windows';
import { languageOf, wordsFor } from './words/words';

/** Least time between two views, ms: a frame for the pop, four for the lists. */
const POP_REST_MS = 16;
const DESK_REST_MS = 60;

const out = path.join(import.meta.dirname, '..');

/** Gives the pop window the keyboard, from any program. */
const FOCUS_POP = 'CommandOrControl+Shift+Space';

export interface Running {
  /** Brings the workspace up, at what a deep link among these arguments names. */
  follow: (argv: readonly string[]) => void;
  /** Ends what was started; never rejects for what it can log. */
  stop: () => Promise<void>;
}

export function compose(environment: Environment): Running {
  const profile = app.getPath('userData');
  let quitting = false;

  // What is seen and kept.
  const log = createLog(path.join(profile, 'logs', 'desk.log'), () => scheduler.now());
  const trace = createTrace(environment.traceFile, (cause) => {
    log.error('trace.failed', cause);
  });
  process.on('uncaughtException', (error) => {
    log.error('uncaught', error);
  });
  process.on('unhandledRejection', (reason) => {
    log.error('unhandled', reason);
  });
  const stopWatching = watchEventLoop((worstMs) => {
    log.info('event_loop.stalled', { worst_ms: worstMs });
  });
  const notices = new Notices(() => {
    refresh('desk');
  });
  const settingsFile = openSettingsFile(profile, new Date(scheduler.now()));
  if (settingsFile.setAside !== undefined) notices.add('settings_set_aside', path.basename(settingsFile.setAside));
  const settings = createSettings({
    initial: settingsFile.settings,
    save: settingsFile.save,
    changed: (now, before) => {
      const moved = now.mode !== before.mode || now.team.relays.join() !== before.team.relays.join();
      if (moved) backend.go();
      windows.privacyChanged();
      desk.reconsider();
    },
    failed: (cause) => {
      log.error('settings.not_saved', cause);
    },
  });
  const vault = new Vault(path.join(profile, 'secrets.json'), systemKeychain(environment.platform), log.error);
  const language = () => languageOf(settings.get().language, app.getLocale());

  // The model and its link to the relay.
  const desk = new Desk({
    scheduler,
    settings: settings.get,
    dismissals: openDismissals(path.join(profile, 'dismissed.json'), log.error),
    phone: phoneView,
    command: (command) => connection.command(command),
    history: (phone) => {
      const rest = connection.rest;
      if (rest === undefined) return Promise.resolve({ state: 'unavailable', reason: 'offline' });
      return fetchHistory({ ...rest, phone, fetch: globalThis.fetch });
    },
    popped: (call) => {
      const view = callView(call, viewContext({ desk, phone: phoneView }), 0);
      showPop();
      if (settings.get().notifications.enabled) {
        notifier
          .show(call.call, toastFor(view, settings.get().privacy || presence.locked, wordsFor(language())))
          .catch((cause: unknown) => {
            log.error('notification.failed', cause);
          });
      }
      windows.flash(true);
    },
    retracted: (call) => {
      if (desk.pops.list.current === null) windows.flash(false);
      notifier.close(call).catch((cause: unknown) => {
        log.error('notification.failed', cause);
      });
    },
    changed: (what) => {
      refresh(what);
    },
    log: log.info,
  });
  const connection = new Connection({
    scheduler,
    client: {
      client: { app: 'handover-desk', version: app.getVersion(), instance: randomUUID() },
      random: Math.random,
      onHello: (reply, sentAt) => {
        desk.welcome(reply, sentAt);
        keeping.touchedAll();
        keeping.connected();
      },
      onEvent: (event, offset) => {
        trace('event.received', event.subject ?? '', event.id, preciseNow());
        desk.event(event, offset);
        if (event.subject !== undefined) keeping.touched(event.subject);
      },
      onCall: (call) => {
        desk.call(call);
        keeping.touched(call.call);
      },
      onGone: (call) => {
        desk.gone(call);
      },
      log: log.info,
    },
    changed: (view: ConnectionView) => {
      log.info('connection', { state: view.state });
      refresh('pop');
    },
  });

  // What outlives the desk: drafts, outcomes on their way to the relay, history.
  const keeping = new Keeping({
    file: { path: path.join(profile, 'journal.db'), key: journalKey(vault) },
    worker: new URL('./journal-worker.js', import.meta.url),
    scheduler,
    random: Math.random,
    newId: randomUUID,
    fetch: globalThis.fetch,
    link: () => connection.rest,
    relayTime: (local) => local + desk.clock.now() - scheduler.now(),
    local: (instant) => desk.clock.local(instant),
    settings: () => settings.get().outcomes,
    keepDays: () => settings.get().history.keep_days,
    call: (id) => desk.book.get(id),
    calls: () => desk.book.all(),
    me: () => desk.me?.id,
    late: (call) => desk.pops.isLate(call),
    phone: phoneView,
    view: (call) => callView(call, viewContext({ desk, phone: phoneView })),
    // The agent's state stays the agent's own.
    state: { current: () => desk.state.value, apply: () => undefined },
    publish: (view) => {
      windows.send('workspace', 'outcomes:view', view);
    },
    trace: (mark, call, outcome) => {
      trace(mark, call, outcome);
    },
    opened: (storage) => {
      log.info('journal.opened', storage.kept === 'disk' ? { kept: 'disk' } : { kept: 'memory', why: storage.why });
    },
    failed: log.error,
  });

  // Windows, and what they are sent.
  lockDown((what) => {
    log.info('denied', { what });
  });
  protocol.handle(APP_SCHEME, appSchemeHandler(path.join(out, 'renderer')));
  const windows = new Windows({
    platform: environment.platform,
    preload: (name) => path.join(out, 'preload', `${name}.cjs`),
    memory: path.join(profile, 'window.json'),
    display: () => settings.get().pop.display,
    isPrivate: () => settings.get().privacy,
    trayShown: () => tray.exists,
    popMade: () => {
      if (desk.pops.list.current !== null) showPop();
    },
    log: log.info,
    failed: log.error,
  });
  const sources = {
    desk,
    settings: settings.get,
    connection: () => connection.view,
    notices,
    phone: phoneView,
    language,
  };
  const popPublisher = new Publisher(scheduler, POP_REST_MS, () => {
    const view = popView(sources);
    windows.send('screen-pop', 'pop:view', view);
    if (view.current === null) windows.hidePop();
  });
  const deskPublisher = new Publisher(scheduler, DESK_REST_MS, () => {
    const view = deskView(sources);
    windows.send('workspace', 'desk:view', view);
    tray.show(view, wordsFor(language()));
  });
  function refresh(what: 'pop' | 'desk'): void {
    if (what === 'pop') popPublisher.request();
    deskPublisher.request();
  }
  function showPop(): void {
    popPublisher.request();
    windows.showPop();
  }
  function openPage(page: 'calls' | 'settings'): void {
    windows.send('workspace', 'desk:navigate', { page });
    windows.reveal();
  }
  function openCall(call: string): void {
    desk.select(call);
    openPage('calls');
  }
  function follow(link: DeepLink | undefined): void {
    if (link?.kind === 'call' && desk.book.get(link.call) !== undefined) openCall(link.call);
    else if (link?.kind === 'join') openPage('settings');
    else windows.reveal();
  }
  openGate(
    {
      ...keeping.handlers,
      ...createHandlers({
        desk,
        connection,
        settings,
        vault,
        notices,
        trace: (mark, call, event, at) => {
          trace(mark, call, event, at);
          if (mark === 'pop.painted' && at !== undefined) keeping.painted(call, at);
        },
        open: openCall,
        ready: (name) => {
          windows.ready(name);
          refresh('pop');
          keeping.refresh();
        },
        resizePop: (height) => {
          windows.resizePop(height);
        },
        copy: (text) => clipboard.writeText(text),
        rejoin: () => {
          backend.go();
        },
      }),
    },
    {
      windowOf: (id) => windows.nameOf(id),
      refused: (channel, code) => {
        log.info('ipc.refused', { channel, code });
      },
      failed: (channel, cause) => {
        log.error(`ipc.failed ${channel}`, cause);
      },
    },
  );

  // Around the windows.
  const onLinux = environment.platform === 'linux';
  const notifier = new Notifier({
    answers: () => (onLinux ? notificationsAnswer() : Promise.resolve(true)),
    clicked: openCall,
    shown: (ok) => {
      if (ok) notices.clear('notifications_unavailable');
      else notices.add('notifications_unavailable');
    },
  });
  const tray = new DeskTray({
    open: () => {
      windows.reveal();
    },
    setState: (state) => {
      // An outcome, never a rejection; the new state shows in the views.
      void desk.setState(state);
    },
    escalate: () => {
      backend.escalate();
    },
    quit: () => {
      app.quit();
    },
  });
  const trayHost = onLinux ? trayHostExists() : Promise.resolve(true);
  trayHost
    .then((exists) => {
      if (exists && !quitting) tray.create();
    })
    .catch((cause: unknown) => {
      log.error('tray.failed', cause);
    });
  const presence = new Presence({
    awayAfterMin: () => settings.get().away_after_min ?? AWAY_AFTER_MIN,
    busy: () => desk.claims.any,
    away: (away) => {
      log.info('presence', { away });
      // An outcome, never a rejection.
      void desk.setAway(away);
    },
    woke: () => {
      connection.woke();
    },
  });
  const stopPower = watchPower(presence);
  const stopNetwork = watchNetwork(scheduler, ownAddresses, () => {
    log.info('network.changed');
    connection.networkChanged();
  });
  const focusable = globalShortcut.register(FOCUS_POP, () => {
    windows.focusPop();
  });
  if (!focusable) log.info('shortcut.taken', { shortcut: FOCUS_POP });

  // The relay: somebody else's, or our own.
  const backend = new BackendSwitch({
    leaving: () => {
      connection.close();
    },
    announce: (link) => {
      connection.use(link);
    },
    failed: (cause) => {
      log.error('relay.not_started', cause);
    },
    choose: (announce) =>
      chooseBackend(settings.get(), vault, {
        profile,
        scheduler,
        announce,
        forkRelay: () => forkUtility(path.join(out, 'relay', 'embedded.js'), 'Handover relay'),
        forkFloor: () => forkUtility(path.join(out, 'practice', 'embedded.js'), 'Handover practice floor'),
        sent: ({ platform, call, event, sent_at, answered_at }) => {
          const id = call.startsWith(`${platform}:`) ? call : `${platform}:${call}`;
          trace('webhook.sent', id, event, sent_at);
          if (answered_at !== undefined) trace('webhook.acknowledged', id, event, answered_at);
        },
        log: log.info,
      }),
  });
  backend.go();

  return {
    follow: (argv) => {
      follow(deepLinkIn(argv));
    },
    async stop() {
      quitting = true;
      stopPower();
      stopNetwork();
      globalShortcut.unregisterAll();
      connection.close();
      desk.stop();
      await keeping.stop();
      tray.destroy();
      stopWatching();
      await backend.stop();
      windows.destroy();
      await log.flush();
    },
  };
}
