/**
 * Native notifications beside the pop, never instead of it. On Linux `show()` blocks the whole process while the
 * notification service hangs, so the service is asked first, by somebody else, with a deadline.
 */
import { Notification } from 'electron';
import type { Toast } from './toast';

export interface NotifierOptions {
  /** Whether the service answers right now; never rejects, and resolves within a second or two. */
  answers: () => Promise<boolean>;
  clicked: (call: string) => void;
  /** `false`: this notification could not be shown. */
  shown: (ok: boolean) => void;
}

export class Notifier {
  readonly #open = new Map<string, Notification>();
  /** Calls that still want their notification when the service has answered. */
  readonly #wanted = new Set<string>();

  constructor(private readonly options: NotifierOptions) {}

  async show(call: string, toast: Toast): Promise<void> {
    this.#wanted.add(call);
    const answers = await this.options.answers();
    if (!this.#wanted.delete(call)) return;
    this.options.shown(answers);
    if (!answers) return;
    // Silent: the desk has sounds of its own.
    const notification = new Notification({ ...toast, silent: true });
    notification.on('click', () => {
      this.options.clicked(call);
    });
    this.#open.get(call)?.close();
    this.#open.set(call, notification);
    notification.show();
  }

  /** The call is over or somebody has it. */
  async close(call: string): Promise<void> {
    this.#wanted.delete(call);
    const notification = this.#open.get(call);
    if (notification === undefined) return;
    this.#open.delete(call);
    // Closing talks to the service too, and would block just as well.
    if (await this.options.answers()) notification.close();
  }
}
