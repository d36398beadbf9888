/**
 * Which of a team's relays is tried next, and after what wait. While another address is left that has not been tried,
 * it is tried almost at once; only when all of them failed does waiting begin.
 */
import { backoffMs } from './backoff';

/** Desks that lose the same relay do not all knock at the next one in the same instant. */
const SPREAD_MS = 500;
/** An address that has not said hello by then makes room for the next: whoever waits is missing calls. */
const HURRIED_MS = 2_000;
/** The last one left is given this long: a slow relay is better than none. */
const PATIENT_MS = 10_000;

export class Rotation {
  #index = 0;
  /** Addresses lost in a row since the last good link. */
  #lost = 0;
  #attempt = 0;

  /** @param relays tried in order; at least one @param random gives 0 ≤ x < 1 */
  constructor(
    private readonly relays: readonly string[],
    private readonly random: () => number,
  ) {}

  get current(): string {
    return this.relays[this.#index % this.relays.length] ?? '';
  }

  /** How long the current address may take to answer the hello, ms. */
  get patienceMs(): number {
    return this.#lost + 1 < this.relays.length ? HURRIED_MS : PATIENT_MS;
  }

  /** The link has proven good, or there is a new reason to try: losses are counted from the start. */
  forgive(): void {
    this.#lost = 0;
    this.#attempt = 0;
  }

  /**
   * The current address was lost, or never answered.
   * @returns ms to wait before the next is tried
   */
  lost(): number {
    this.#index += 1;
    this.#lost += 1;
    if (this.#lost < this.relays.length) return Math.floor(this.random() * SPREAD_MS);
    this.#lost = 0;
    const wait = backoffMs(this.#attempt, this.random);
    this.#attempt += 1;
    return wait;
  }
}
