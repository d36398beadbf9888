/** What the desk is in the system around its windows: notifications, tray, presence, network, the global shortcut. */
import { globalShortcut } from 'electron';
import type { CallView, DeskView } from '../../shared/contract/views';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { Settings } from '../../shared/contract/settings';
import { Notifier } from '../notifications/notifier';
import { toastFor } from '../notifications/toast';
import type { Log } from '../observability/log';
import type { Notices } from '../observability/notices';
import { AWAY_AFTER_MIN, Presence } from '../presence/presence';
import { ownAddresses, watchNetwork } from '../presence/watch-network';
import { watchPower } from '../presence/watch-power';
import { notificationsAnswer, trayHostExists } from '../session-bus/session-bus';
import type { Scheduler } from '../timing/scheduler';
import { DeskTray } from '../tray/tray';
import type { Words } from '../words/words';

/** Gives the pop window the keyboard, from any program. */
const FOCUS_POP = 'CommandOrControl+Shift+Space';

export interface SurroundingsOptions {
  platform: NodeJS.Platform;
  /** Folder of the product's icons. */
  icons: string;
  scheduler: Scheduler;
  settings: () => Settings;
  words: () => Words;
  notices: Notices;
  log: Log;
  /** The agent has a call right now. */
  onCall: () => boolean;
  openCall: (call: string) => void;
  reveal: () => void;
  focusPop: () => void;
  setState: (state: AgentState) => void;
  setAway: (away: boolean) => void;
  woke: () => void;
  networkChanged: () => void;
  escalate: () => void;
  quit: () => void;
}

export class Surroundings {
  readonly #tray: DeskTray;
  readonly #notifier: Notifier;
  readonly #presence: Presence;
  readonly #stops: (() => void)[];
  #stopped = false;

  constructor(private readonly options: SurroundingsOptions) {
    const { platform, log, notices, settings } = options;
    const onLinux = platform === 'linux';
    this.#notifier = new Notifier({
      answers: () => (onLinux ? notificationsAnswer() : Promise.resolve(true)),
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
    this.#findTray(onLinux ? trayHostExists() : Promise.resolve(true));
    this.#stops = [watchPower(this.#presence), this.#watchNetwork(), this.#registerShortcut()];
  }

  /** Whether a closed window can be brought back from the tray. */
  get trayShown(): boolean {
    return this.#tray.exists;
  }

  show(view: DeskView): void {
    this.#tray.show(view, this.options.words());
  }

  popped(view: CallView): void {
    const { settings, words, log } = this.options;
    const { privacy, notifications } = settings();
    if (!notifications.enabled) return;
    // A locked screen is read by whoever passes by.
    const toast = toastFor(view, privacy || this.#presence.locked, words());
    this.#notifier.show(view.call, toast).catch((cause: unknown) => log.error('notification.failed', cause));
  }

  retracted(call: string): void {
    this.#notifier.close(call).catch((cause: unknown) => this.options.log.error('notification.failed', cause));
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
    this.#tray.destroy();
  }

  #findTray(host: Promise<boolean>): void {
    host
      .then((exists) => {
        if (exists && !this.#stopped) this.#tray.create();
      })
      .catch((cause: unknown) => this.options.log.error('tray.failed', cause));
  }

  #watchNetwork(): () => void {
    return watchNetwork(this.options.scheduler, ownAddresses, () => {
      this.options.log.info('network.changed');
      this.options.networkChanged();
    });
  }

  #registerShortcut(): () => void {
    const registered = globalShortcut.register(FOCUS_POP, this.options.focusPop);
    if (!registered) this.options.log.info('shortcut.taken', { shortcut: FOCUS_POP });
    return () => globalShortcut.unregister(FOCUS_POP);
  }
}
