/**
 * How many AI calls this agent has under way, and may have: the relay counts, for it knows of calls that this desk has put
 * away or never heard of. Asked anew whenever a call of this desk comes, goes, or changes.
 */
import type { DialerView } from '../../shared/contract/dialer-views';
import { callLimitsSchema } from '../../shared/contract/receipts';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';

/** A call of which this desk hears nothing ends as well, ms. */
const AGAIN_MS = 30_000;

export interface CallLimitOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  changed: () => void;
}

export class CallLimit {
  #view: DialerView['limit'];
  #seen = '';
  #asking = false;
  #again = false;
  #stopped = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: CallLimitOptions) {}

  /** Undefined until the relay has said so. */
  get view(): DialerView['limit'] {
    return this.#view;
  }

  /** @param calls what this desk shows of its calls, in any form that changes with them */
  sync(calls: string): void {
    if (calls === this.#seen) return;
    this.#seen = calls;
    this.refresh();
  }

  refresh(): void {
    this.#again = true;
    if (this.#asking || this.#stopped) return;
    this.#asking = true;
    this.#cancel();
    // Outcomes are values; never rejects.
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async #ask(): Promise<void> {
    const { rest, scheduler, changed } = this.options;
    while (this.#again) {
      this.#again = false;
      const answer = await rest.ask({ method: 'GET', path: '/v1/call-limits', answer: callLimitsSchema });
      if (!answer.ok) continue;
      this.#view = { at_once: answer.value.calls_at_once, under_way: answer.value.under_way };
      changed();
    }
    this.#asking = false;
    if (!this.#stopped && (this.#view?.under_way ?? 0) > 0)
      this.#cancel = scheduler.after(AGAIN_MS, () => this.refresh());
  }
}
