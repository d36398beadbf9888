/** What the desk is in the system around its windows: notifications, tray, presence, network, the global shortcut. */
import { Notification, app, globalShortcut } from 'electron';
import type { CallView, DeskView } from '../../shared/contract/views';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { Settings } from '../../shared/contract/settings';
import { keysInForce } from '../../shared/lib/keys';
import { Notifier } from '../notifications/notifier';
import { toastFor } from '../notifications/toast';
import type { Log } from '../observability/log';
import type { Notices } from '../observability/notices';
import { AWAY_AFTER_MIN, Presence } from '../presence/presence';
import { ownAddresses, watchNetwork } from '../presence/watch-network';
import { watchPower } from '../presence/watch-power';
import { notificationsAnswer, oncePerSecond, trayHostExists } from '../session-bus/session-bus';
import type { Scheduler } from '../timing/scheduler';
import { Badge } from '../tray/badge';
import { trayFacts } from '../tray/menu';
import { DeskTray } from '../tray/tray';
import { TrayHost } from '../tray/tray-host';
import type { Words } from '../words/words';
import { setAutostart } from './autostart';
import type { AutostartOptions } from './autostart';
import { GlobalShortcut } from './shortcuts';

export interface SurroundingsOptions {
  platform: NodeJS.Platform;
  /** Folder of the product's icons. */
  icons: string;
  scheduler: Scheduler;
  settings: () => Settings;
  words: () => Words;
  /** Whether the system's panels are dark. */
  panelDark: () => boolean;
  /** Windows: a small picture over the taskbar's icon; null takes it away. */
  setOverlay: (description: string | null) => void;
  notices: Notices;
  log: Log;
  /** The agent has a call right now. */
  onCall: () => boolean;
  openCall: (call: string) => void;
  reveal: () => void;
  focusPop: () => void;
  setState: (state: AgentState) => void;
  /** What comes after the wrap-up; undefined outside of one. */
  nextState: () => AgentState | undefined;
  setAway: (away: boolean) => void;
  woke: () => void;
  networkChanged: () => void;
  escalate: () => void;
  quit: () => void;
  autostart: AutostartOptions;
}

export class Surroundings {
  readonly #tray: DeskTray;
  readonly #trayHost: TrayHost;
  readonly #badge: Badge;
  readonly #notifier: Notifier;
  readonly #presence: Presence;
  readonly #shortcut: GlobalShortcut;
  readonly #stops: (() => void)[];
  #autostart = false;

  constructor(private readonly options: SurroundingsOptions) {
    const { platform, log, notices, settings } = options;
    const onLinux = platform === 'linux';
    const linuxAnswers = oncePerSecond(
      () => notificationsAnswer(),
      () => options.scheduler.now(),
    );
    this.#notifier = new Notifier({
      answers: () => (onLinux ? linuxAnswers() : Promise.resolve(true)),
      clicked: options.openCall,
      shown: (ok) => {
        if (ok) notices.clear('notifications_unavailable');
        else notices.add('notifications_unavailable');
      },
    });
    this.#presence = new Presence({
      awayAfterMin: () => settings().away_after_min ?? AWAY_AFTER_MIN,
      busy: options.onCall,
      away: (away) => {
        log.info('presence', { away });
        options.setAway(away);
      },
      woke: options.woke,
    });
    this.#tray = new DeskTray({ ...options, open: options.reveal });
    this.#badge = new Badge({ ...options, setCount: (count) => app.setBadgeCount(count) });
    this.#trayHost = new TrayHost({
      scheduler: options.scheduler,
      exists: () => (onLinux ? trayHostExists() : Promise.resolve(true)),
      came: () => {
        notices.clear('tray_missing');
        this.#tray.create();
      },
      // An icon does not move to the next panel by itself.
      went: () => this.#tray.destroy(),
      failed: (cause) => log.error('tray.failed', cause),
    });
    this.#trayHost.start();
    this.#shortcut = new GlobalShortcut({
      system: globalShortcut,
      pressed: options.focusPop,
      changed: (chord, ours) => {
        notices.clear('shortcut_taken');
        if (ours) return;
        log.info('shortcut.taken');
        notices.add('shortcut_taken', chord);
      },
    });
    this.#stops = [watchPower(this.#presence), this.#watchNetwork(), () => this.#shortcut.stop()];
    this.settingsChanged();
  }

  /** Whether a closed window can be brought back from the tray at this moment; never rejects. */
  trayShown(): Promise<boolean> {
    return this.#trayHost.look();
  }

  /** The window was minimised where the person closed it: they are told why. */
  minimised(): void {
    this.options.notices.add('tray_missing');
  }

  /** Keys, or starting with the computer, were chosen anew. */
  settingsChanged(): void {
    const { keys, start_at_login = false } = this.options.settings();
    this.#shortcut.use(keysInForce(keys).focus);
    // Off from the start means never touched: what is in the folder then is somebody else's.
    if (start_at_login !== this.#autostart) setAutostart(start_at_login, this.options.autostart);
    this.#autostart = start_at_login;
  }

  /** Whether the system shows notifications right now; never rejects. */
  notificationsAnswer(): Promise<boolean> {
    return this.options.platform === 'linux' ? notificationsAnswer() : Promise.resolve(Notification.isSupported());
  }

  /** Whether the global shortcut leads here and not to another program. */
  get shortcutIsOurs(): boolean {
    return this.#shortcut.ours;
  }

  show(view: DeskView): void {
    const words = this.options.words();
    const unseen = this.options.settings().privacy || this.#presence.locked;
    const facts = trayFacts(view, words, unseen, this.options.nextState());
    this.#tray.show(facts);
    this.#badge.show(facts.waiting.length, words);
  }

  /** The system's panels changed their colour. */
  redraw(): void {
    this.#tray.redraw();
  }

  popped(view: CallView): void {
    if (this.options.settings().notifications.enabled) this.notify(view);
  }

  /** Whether or not the person wants notifications: this call cannot be seen in its own window. */
  notify(view: CallView): void {
    const { settings, words, log } = this.options;
    const { privacy } = settings();
    // A locked screen is read by whoever passes by.
    const toast = toastFor(view, privacy || this.#presence.locked, words());
    this.#notifier.show(view.call, toast).catch((cause: unknown) => log.error('notification.failed', cause));
  }

  retracted(call: string): void {
    this.#notifier.close(call).catch((cause: unknown) => this.options.log.error('notification.failed', cause));
  }

  stop(): void {
    this.#trayHost.stop();
    for (const stop of this.#stops) stop();
    this.#tray.destroy();
  }

  #watchNetwork(): () => void {
    return watchNetwork(this.options.scheduler, ownAddresses, () => {
      this.options.log.info('network.changed');
      this.options.networkChanged();
    });
  }
}
