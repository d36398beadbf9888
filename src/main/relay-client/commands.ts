/** Commands under way: numbered, answered once, and never waited for longer than a person would. */
import type { DeskCommand, DeskError } from '../../shared/contract/desk-protocol';
import type { Scheduler } from '../timing/scheduler';

/** A command without an answer for this long has failed as far as the person is concerned. */
export const REPLY_WITHIN_MS = 5_000;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
/** A command without its number; the hello is the client's own business. */
export type AgentCommand = WithoutId<Exclude<DeskCommand, { type: 'hello' }>>;

/** `offline`: not sent, there is no connection. `lost`: sent, no answer came; it may or may not have taken effect. */
export type CommandOutcome =
  | { status: 'done'; lease_s?: number }
  | { status: 'refused'; error: DeskError }
  | { status: 'offline' }
  | { status: 'lost' };

interface Waiting {
  settle: (outcome: CommandOutcome) => void;
  cancelTimer: () => void;
}

export class PendingCommands {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(private readonly scheduler: Scheduler) {}

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Resolves with the reply to command `id`, or `lost`. */
  wait(id: number): Promise<CommandOutcome> {
    return new Promise((resolve) => {
      const cancelTimer = this.scheduler.after(REPLY_WITHIN_MS, () => {
        this.settle(id, { status: 'lost' });
      });
      this.#waiting.set(id, { settle: resolve, cancelTimer });
    });
  }

  settle(id: number, outcome: CommandOutcome): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    waiting.cancelTimer();
    waiting.settle(outcome);
  }

  /** The socket is gone: no answer will come. */
  loseAll(): void {
    for (const id of [...this.#waiting.keys()]) this.settle(id, { status: 'lost' });
  }
}
