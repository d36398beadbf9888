/**
 * The agent's state around wrap-up: what the agent chooses while wrapping up comes into force afterwards, and no rule
 * replaces what the agent chose last.
 */
import type { AgentState } from '../../shared/contract/desk-protocol';

export interface NextStateOptions {
  /** The agent's own state, whether or not anybody is at the desk. */
  chosen: () => AgentState;
  /** Brings a state into force. */
  apply: (state: AgentState) => void;
  /** The agent chose what comes after the wrap-up. */
  queued: (state: AgentState) => void;
}

export class NextState {
  #chosen: AgentState | undefined;
  #wrapping = false;

  constructor(private readonly options: NextStateOptions) {}

  /** What comes after this wrap-up; undefined outside of one. */
  get next(): AgentState | undefined {
    return this.#wrapping ? this.#chosen : undefined;
  }

  /** The agent chose a state. True: it is kept until the wrap-up is over; false: it is to be applied now. */
  choose(state: AgentState): boolean {
    if (!this.#wrapping || state === 'wrapup') return false;
    this.#chosen = state;
    this.options.queued(state);
    return true;
  }

  /** @param open whether any wrap-up is open now */
  wrapUps(open: boolean): void {
    if (open === this.#wrapping) return;
    if (open) {
      const before = this.options.chosen();
      // Who is on a break or offline is not called back to work by a call that ended meanwhile.
      if (before === 'break' || before === 'offline') return;
      this.#chosen = before === 'wrapup' ? 'available' : before;
      this.#wrapping = true;
      this.options.apply('wrapup');
      return;
    }
    const after = this.#chosen ?? 'available';
    this.#wrapping = false;
    this.#chosen = undefined;
    this.options.apply(after);
  }
}
