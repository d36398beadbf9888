/** Whether somebody is at the desk, from what the system says: sleep, lock, and time without keyboard and mouse. Pure. */

export type PowerEvent = 'suspend' | 'resume' | 'lock' | 'unlock';

/** Minutes without input after which the agent counts as away, unless settings say otherwise. */
export const AWAY_AFTER_MIN = 15;

export interface PresenceOptions {
  /** Minutes of idleness that count as away; 0: never. */
  awayAfterMin: () => number;
  /** A call is being handled: talking on the phone moves no mouse. */
  busy: () => boolean;
  /** Somebody left or came back. */
  away: (away: boolean) => void;
  /** The computer woke up: whatever was connected is not. */
  woke: () => void;
}

export class Presence {
  #asleep = false;
  #locked = false;
  #idle = false;
  #away = false;

  constructor(private readonly options: PresenceOptions) {}

  /** The screen is locked or the computer sleeps: nothing private may be shown. */
  get locked(): boolean {
    return this.#locked || this.#asleep;
  }

  power(event: PowerEvent): void {
    if (event === 'suspend') this.#asleep = true;
    if (event === 'lock') this.#locked = true;
    if (event === 'unlock') this.#locked = false;
    if (event === 'resume') {
      this.#asleep = false;
      this.options.woke();
    }
    this.#settle();
  }

  /** @param seconds since the last key or mouse movement anywhere on this computer */
  idleFor(seconds: number): void {
    const limit = this.options.awayAfterMin() * 60;
    this.#idle = limit > 0 && seconds >= limit && !this.options.busy();
    this.#settle();
  }

  #settle(): void {
    const away = this.#asleep || this.#locked || this.#idle;
    if (away === this.#away) return;
    this.#away = away;
    this.options.away(away);
  }
}
