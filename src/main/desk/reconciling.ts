/**
 * After a reconnect the missed events stream in. Until they have, no call may pop: what looks like a caller waiting may
 * have ended while we were away.
 */
import type { Scheduler } from '../timing/scheduler';

/** Silence after which nothing more is coming: the head itself may be an event that is not for this desk. */
export const QUIET_MS = 150;

export class Reconciling {
  #head: number | undefined;
  #cancel: () => void = () => undefined;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly done: () => void,
  ) {}

  get busy(): boolean {
    return this.#head !== undefined;
  }

  /** @param head offset up to which events follow; undefined when everything is known already */
  begin(head: number | undefined): void {
    this.#cancel();
    this.#head = head;
    if (head === undefined) this.done();
    else this.#wait();
  }

  /** An event arrived. */
  reached(offset: number): void {
    if (this.#head === undefined) return;
    this.#cancel();
    if (offset >= this.#head) this.#finish();
    else this.#wait();
  }

  #wait(): void {
    this.#cancel = this.scheduler.after(QUIET_MS, () => {
      this.#finish();
    });
  }

  #finish(): void {
    this.#cancel();
    this.#head = undefined;
    this.done();
  }
}
