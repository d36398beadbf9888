/** The one place that wires: reads from top to bottom like a table of contents. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { app, clipboard, nativeTheme, powerMonitor, protocol, shell } from 'electron';
import type { IpcData } from '../shared/contract/ipc';
import type { Invite } from '../shared/contract/joining';
import type { ConnectionView } from '../shared/contract/views';
import { callbackReminders } from './callbacks/notify';
import { isCheckCall } from './desk-check/desk-check';
import { Connection } from './desk/connection';
import { Desk } from './desk/desk';
import { openDismissals } from './desk/dismissals';
import { createHandlers } from './desk/handlers';
import { Published } from './desk/published';
import { viewContext } from './desk/views';
import { callView } from './calls/call-view';
import { CrmLink } from './crm-link/crm-link';
import { deepLinkIn } from './deep-links/deep-link';
import type { DeepLink } from './deep-links/deep-link';
import { RetryTimes } from './outcomes/retry-times';
import { hindranceOf } from './dialer/preview-timer';
import { Dialling } from './dialling/dialling';
import { fileDialogs } from './dialling/file-dialogs';
import type { Environment } from './environment';
import { createOpenExternal } from './external/open-external';
import { exportHistory } from './history/export';
import { openGate } from './ipc/gate';
import { Notices } from './observability/notices';
import { observe } from './observability/observe';
import { preciseNow } from './observability/trace';
import { journalKey, Keeping } from './outcomes/keeping';
import { phoneView } from './phones/phone-view';
import { companyPolicy, tellOf } from './policy/company-policy';
import { policyFile } from './policy/read-policy';
import { createBackendSwitch } from './processes/launch';
import { fetchHistory } from './relay-client/contact-history';
import { systemKeychain } from './secrets/keychain';
import { Vault } from './secrets/vault';
import { openSettings } from './settings/open-settings';
import { openDoors } from './setup/doors';
import { createSurroundingHandlers } from './surroundings/handlers';
import { Surroundings } from './surroundings/surroundings';
import { realScheduler as scheduler } from './timing/scheduler';
import { appSchemeHandler, APP_SCHEME } from './windows/app-scheme';
import { CallWindow } from './windows/call-window';
import { displayViews } from './windows/displays';
import { lockDown } from './windows/lockdown';
import { Theme } from './windows/theme';
import { Windows } from './windows/windows';
import { languageOf, wordsFor } from './words/words';

const out = path.join(import.meta.dirname, '..');

export interface Running {
  /** Brings the workspace up, at what a deep link among these arguments names. */
  follow: (argv: readonly string[]) => void;
  /** Ends what was started; never rejects for what it can log. */
  stop: () => Promise<void>;
}

export function compose(environment: Environment): Running {
  const profile = app.getPath('userData');
  const icons = path.join(out, '..', 'resources', 'icons');

  // What is seen and kept.
  const { log, trace, ...observed } = observe(environment, profile, scheduler);
  const notices = new Notices(() => published.refresh('desk'));
  const company = companyPolicy(policyFile(environment.platform, environment.programData), environment.platform);
  const { settings, setAside, first } = openSettings({
    profile,
    now: new Date(scheduler.now()),
    policy: company.policy,
    changed: (now, before) => {
      const moved = now.mode !== before.mode || now.team.relays.join() !== before.team.relays.join();
      if (moved || now.solo.port !== before.solo.port) backend.go();
      windows.settingsChanged();
      theme.choose(now.theme);
      windows.send('workspace', 'settings:view', now);
      surroundings.settingsChanged();
      desk.reconsider();
    },
    failed: (cause) => log.error('settings.not_saved', cause),
  });
  const vault = new Vault(path.join(profile, 'secrets.json'), systemKeychain(environment.platform), log.error);
  const language = () => languageOf(settings.get().language, app.getLocale());

  const theme = new Theme(nativeTheme, () => surroundings.redraw());
  theme.choose(settings.get().theme);

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
      callWindow.show();
      surroundings.popped(callView(call, viewContext({ desk, phone: phoneView }), 0));
      windows.flash(true);
    },
    retracted: (call) => {
      if (desk.pops.list.current === null) windows.flash(false);
      surroundings.retracted(call);
    },
    changed: (what) => {
      published.refresh(what);
      dialling.touched();
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
        dialling.connected();
      },
      onEvent: (event, offset) => {
        trace('event.received', event.subject ?? '', event.id, preciseNow());
        if (event.subject !== undefined) doors.checks.heard(event.subject, desk.clock.local(event.receivedtime));
        desk.event(event, offset);
        if (event.subject !== undefined) keeping.touched(event.subject);
      },
      onCall: (call) => {
        desk.call(call);
        keeping.touched(call.call);
      },
      onGone: (call) => desk.gone(call),
      onCallbacks: () => dialling.callbacksChanged(),
      log: log.info,
    },
    changed: (view: ConnectionView) => {
      log.info('connection', { state: view.state });
      published.refresh('pop');
      dialling.touched();
    },
  });

  // What outlives the desk: drafts, outcomes on their way to the relay, history.
  const retryTimes = new RetryTimes();
  const keeping = new Keeping({
    retryTimes,
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
    call: (id) => (isCheckCall(id) ? undefined : desk.book.get(id)),
    calls: () => [...desk.book.all()].filter(({ call }) => !isCheckCall(call)),
    me: () => desk.me?.id,
    late: (call) => desk.pops.isLate(call),
    phone: phoneView,
    view: (call) => callView(call, viewContext({ desk, phone: phoneView })),
    // An outcome, never a rejection; the new state shows in the views.
    state: { current: () => desk.state.value, apply: (state) => void desk.followState(state) },
    publish: (view) => {
      windows.send('workspace', 'outcomes:view', view);
      dialling.outcomesChanged();
    },
    trace: (mark, call, outcome) => trace(mark, call, outcome),
    opened: (storage) => {
      log.info('journal.opened', storage.kept === 'disk' ? { kept: 'disk' } : { kept: 'memory', why: storage.why });
      if (storage.kept === 'memory' && storage.why === 'no_key') notices.add('nothing_kept');
    },
    failed: log.error,
  });

  // Dialling: leads, callbacks, campaigns, lists.
  const dialling = new Dialling({
    fetch: globalThis.fetch,
    link: () => connection.rest,
    scheduler,
    newId: randomUUID,
    journal: keeping.journal,
    local: (instant) => desk.clock.local(instant),
    relayTime: (local) => local + desk.clock.now() - scheduler.now(),
    phone: phoneView,
    label: (platform) => desk.traits(platform)?.label ?? platform,
    me: () => desk.me?.id,
    call: (id) => desk.book.get(id),
    calls: () => desk.book.all(),
    view: (call, turns) => callView(call, viewContext({ desk, phone: phoneView }), turns),
    history: (phone) => desk.histories.of(phone),
    wantHistory: (phone) => desk.histories.want(phone),
    wrapUp: (call) => keeping.wrapUp(call),
    blocked: (phone) => keeping.blocked(phone),
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    goesOn: () => desk.state.value === 'available' || desk.state.value === 'busy',
    hindrance: () => hindranceOf(connection.view.state === 'live', desk.state.value, desk.claims.any),
    stopWork: () => {
      // An outcome, never a rejection; the new state shows in the views.
      if (!keeping.choose('break')) void desk.setState('break');
    },
    ...fileDialogs(),
    ...callbackReminders({
      platform: environment.platform,
      words: () => wordsFor(language()),
      isPrivate: () => settings.get().privacy,
      enabled: () => settings.get().notifications.enabled,
      flash: () => windows.flash(true),
      open: () => openPage('callbacks'),
      failed: (cause) => log.error('reminder.failed', cause),
    }),
    showDialer: () => openPage('dialer'),
    send: (channel, data) => windows.send('workspace', channel, data),
    callbacksChanged: () => published.refresh('desk'),
    // Who can have them looked at is told; agents read it beside each verdict.
    dispositions: (dispositions) => retryTimes.set(dispositions),
    packsOverdue: (packs) => {
      notices.clear('packs_overdue');
      if (packs.length > 0 && desk.me?.role !== 'agent') notices.add('packs_overdue', packs.join(', '));
    },
    failed: log.error,
  });
  dialling.start();

  // Windows, and what they are sent.
  lockDown((what) => log.info('denied', { what }));
  protocol.handle(APP_SCHEME, appSchemeHandler(path.join(out, 'renderer')));
  const windows = new Windows({
    platform: environment.platform,
    preload: (name) => path.join(out, 'preload', `${name}.cjs`),
    icon: path.join(icons, 'png', '256x256.png'),
    overlay: path.join(icons, 'tray', 'waiting-light-16.png'),
    memory: path.join(profile, 'window.json'),
    display: () => settings.get().pop,
    isPrivate: () => settings.get().privacy,
    trayShown: () => surroundings.trayShown,
    popMade: () => {
      if (desk.pops.list.current !== null) callWindow.show();
    },
    log: log.info,
    failed: log.error,
  });
  const published = new Published({
    scheduler,
    sources: {
      desk,
      settings: settings.get,
      connection: () => connection.view,
      notices,
      phone: phoneView,
      language,
      insisting: () => callWindow.insisting,
      callbacksDue: () => dialling.callbacksDue,
    },
    send: (to, channel, data) => windows.send(to, channel, data),
    idle: () => callWindow.hide(),
    desk: (view) => surroundings.show(view),
  });
  const callWindow = new CallWindow({
    scheduler,
    windows,
    mayInsist: () => settings.get().pop.insist !== false,
    notices,
    notify: () => {
      const call = desk.shown;
      if (call !== undefined) surroundings.notify(callView(call, viewContext({ desk, phone: phoneView }), 0));
    },
    refresh: () => published.refresh('pop'),
    log: log.info,
  });
  function openPage(page: IpcData<'desk:navigate'>['page']): void {
    windows.send('workspace', 'desk:navigate', { page });
    windows.reveal();
  }
  function openCall(call: string): void {
    desk.select(call);
    openPage('calls');
  }
  function follow(link: DeepLink | undefined): void {
    if (link?.kind === 'call' && desk.book.get(link.call) !== undefined) openCall(link.call);
    else if (link?.kind === 'join') askToJoin(link.invite);
    else windows.reveal();
  }
  function askToJoin(invite: Invite): void {
    // What cannot be opened is shown as no invite at all.
    doors.joining.open(invite);
    openPage('first-run');
  }
  // What sets a desk up.
  const doors = openDoors({
    platform: environment.platform,
    versions: { desk: app.getVersion(), system: `${environment.platform} ${environment.osRelease}` },
    scheduler,
    settings,
    vault,
    notices,
    company,
    connection,
    desk,
    windows,
    surroundings: () => surroundings,
    copy: (text) => void clipboard.writeText(text),
    restart: () => backend.go(),
    failed: log.error,
  });
  const crm = new CrmLink({
    settings: () => settings.get().crm,
    me: () => desk.me?.id,
    open: createOpenExternal({
      hosts: () => settings.get().crm?.hosts ?? [],
      open: (url) => shell.openExternal(url),
      scheduler,
      failed: log.error,
    }),
  });
  const handlers = createHandlers({
    desk,
    connection,
    settings,
    enrol: doors.enrol,
    notices,
    trace: (mark, call, event, at) => {
      trace(mark, call, event, at);
      if (mark === 'pop.painted' && at !== undefined) {
        keeping.painted(call, at);
        doors.checks.painted(call, at);
      }
    },
    open: openCall,
    ready: (name) => {
      windows.ready(name);
      published.refresh('pop');
      keeping.refresh();
      if (name === 'workspace') dialling.refresh();
    },
    // Never rejects; what cannot be opened by itself can still be opened by hand, which says why.
    claimed: (call) => void crm.claimed(call),
    resizePop: (height) => windows.resizePop(height),
    copy: (text) => clipboard.writeText(text),
  });
  openGate(
    {
      ...keeping.handlers,
      ...dialling.handlers,
      ...doors.handlers,
      ...handlers,
      ...createSurroundingHandlers({
        crm,
        call: (id) => keeping.snapshot(id),
        displays: displayViews,
        export: (query) =>
          exportHistory(query, {
            search: (page) => keeping.search(page),
            choose: (suggested) => windows.chooseFile(suggested),
            now: () => scheduler.now(),
            failed: log.error,
          }),
      }),
      'agent:set-state': (args, from) =>
        keeping.choose(args.value) ? { ok: true } : handlers['agent:set-state'](args, from),
    },
    {
      windowOf: (id) => windows.nameOf(id),
      refused: (channel, code) => log.info('ipc.refused', { channel, code }),
      failed: (channel, cause) => log.error(`ipc.failed ${channel}`, cause),
    },
  );

  // Around the windows.
  const surroundings = new Surroundings({
    platform: environment.platform,
    icons,
    scheduler,
    settings: settings.get,
    words: () => wordsFor(language()),
    panelDark: () => theme.panelsDark,
    setOverlay: (description) => windows.setOverlay(description),
    notices,
    log,
    onCall: () => desk.claims.any,
    openCall,
    reveal: () => windows.reveal(),
    focusPop: () => windows.focusPop(),
    setState: (state) => {
      // The same.
      if (!keeping.choose(state)) void desk.setState(state);
    },
    setAway: (away) => {
      // The same.
      void desk.setAway(away);
    },
    woke: () => connection.woke(),
    networkChanged: () => connection.networkChanged(),
    escalate: () => backend.escalate(),
    autostart: {
      platform: environment.platform,
      configHome: environment.configHome,
      program: environment.program,
      setLoginItem: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
      failed: log.error,
    },
    quit: () => app.quit(),
  });

  // The relay: somebody else's, or our own.
  const backend = createBackendSwitch({
    out,
    profile,
    settings: settings.get,
    secrets: { vault, solo: doors.solo },
    scheduler,
    trace,
    log,
    leaving: () => connection.close(),
    announce: (link) => connection.use(link),
  });
  if (setAside !== undefined) notices.add('settings_set_aside', setAside);
  tellOf(company.read, notices, log.info);
  // Until one of the doors is chosen; practice runs behind it all the while.
  if (first && setAside === undefined) windows.send('workspace', 'desk:navigate', { page: 'first-run' });
  backend.go();

  return {
    follow: (argv) => follow(deepLinkIn(argv)),
    async stop() {
      surroundings.stop();
      theme.stop();
      connection.close();
      dialling.stop();
      desk.stop();
      await keeping.stop();
      await backend.stop();
      windows.destroy();
      await observed.stop();
    },
  };
}
