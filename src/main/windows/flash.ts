/** The taskbar's flash: on when a call asks for somebody, off as soon as the person turns to the desk. Pure. */

/** What flashes. */
export interface Flashing {
  flash: (on: boolean) => void;
  /** The person looks at it already. */
  focused: () => boolean;
  /** It no longer exists: asking anything of it would throw. */
  gone: () => boolean;
}

export class Flash {
  #on = false;

  constructor(private readonly what: Flashing) {}

  start(): void {
    if (!this.what.gone() && !this.what.focused()) this.#set(true);
  }

  /** The person turned to the desk, nobody waits any more, or the desk is about to end. */
  stop(): void {
    if (this.#on) this.#set(false);
  }

  #set(on: boolean): void {
    this.#on = on;
    if (!this.what.gone()) this.what.flash(on);
  }
}
