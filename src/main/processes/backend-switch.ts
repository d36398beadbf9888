/** Which backend runs: one after the other, never two at a time, whatever the settings ask for meanwhile. */
import type { Backend, RelayLink } from './backend';

export interface BackendSwitchOptions {
  /** Makes the backend that the settings ask for now; it announces its addresses to `announce`. */
  choose: (announce: (link: RelayLink) => void) => Backend;
  /** The old one is going: what it announced is void. */
  leaving: () => void;
  announce: (link: RelayLink) => void;
  failed: (cause: unknown) => void;
}

export class BackendSwitch {
  #current: Backend | undefined;
  #stopped = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly options: BackendSwitchOptions) {}

  /** Stops what runs and starts what the settings ask for now. */
  go(): void {
    this.#turn = this.#turn
      .then(() => this.#next())
      .catch((cause: unknown) => {
        this.options.failed(cause);
        this.options.announce({ ok: false, reason: 'relay_failed' });
      });
  }

  /** Practice only: lets a caller escalate now. */
  escalate(): void {
    this.#current?.escalate?.();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#turn;
    await this.#current?.stop();
  }

  async #next(): Promise<void> {
    const before = this.#current;
    this.#current = undefined;
    this.options.leaving();
    await before?.stop();
    if (this.#stopped) return;
    const next = this.options.choose((link) => {
      // A backend that is being stopped may still have something to say.
      if (this.#current === next && !this.#stopped) this.options.announce(link);
    });
    this.#current = next;
    next.start();
  }
}
