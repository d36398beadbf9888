/** A due callback as a notification beside the notice in the workspace. Its click opens the page; repeats flash, too. */
import type { CallbackRow } from '../../shared/contract/callback-views';
import { Notifier } from '../notifications/notifier';
import { notificationsAnswer } from '../session-bus/session-bus';
import type { Words } from '../words/words';

export interface CallbackReminderOptions {
  platform: NodeJS.Platform;
  words: () => Words;
  /** Names nobody. */
  isPrivate: () => boolean;
  /** The person wants notifications at all. */
  enabled: () => boolean;
  /** Asks for attention in the taskbar. */
  flash: () => void;
  open: () => void;
  failed: (cause: unknown) => void;
}

export interface CallbackReminders {
  /** @param times how often it was said, this time included */
  remind: (row: CallbackRow, times: number) => void;
  quiet: (id: string) => void;
}

export function callbackReminders(options: CallbackReminderOptions): CallbackReminders {
  const { platform, failed } = options;
  const notifier = new Notifier({
    answers: () => (platform === 'linux' ? notificationsAnswer() : Promise.resolve(true)),
    clicked: options.open,
    // The desk says elsewhere when this computer shows no notifications.
    shown: () => undefined,
  });
  return {
    remind(row) {
      options.flash();
      if (!options.enabled()) return;
      const words = options.words();
      const who = row.name ?? row.phone.national ?? row.phone.raw;
      const body = options.isPrivate() ? words.callbackWaits : `${who}${row.note === undefined ? '' : `: ${row.note}`}`;
      notifier.show(row.id, { title: words.callbackDue, body: body.slice(0, 140) }).catch(failed);
    },
    quiet: (id) => {
      notifier.close(id).catch(failed);
    },
  };
}
