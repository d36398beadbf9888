/**
 * Keeps calls in the journal as they change: a living call now and then, one that is over soon. One call at a time, so
 * that neither a long transcript nor a busy floor holds up the desk.
 */
import type { CallSnapshot } from '../../shared/contract/call';
import { phaseOf } from '../../shared/lib/call-view';
import type { Journal } from '../journal/journal';
import type { Scheduler } from '../timing/scheduler';
import { recordOf, type RecordContext } from './record';

/** Rest between two writes of one living call, ms: its words come every second, its row need not. */
const LIVE_REST_MS = 5_000;
/** A call that ended is written after this, ms: the platform's last words arrive together. */
const ENDED_REST_MS = 500;

export interface RecorderOptions {
  journal: Pick<Journal, 'ask'>;
  scheduler: Scheduler;
  call: (id: string) => CallSnapshot | undefined;
  context: (call: CallSnapshot) => Omit<RecordContext, 'painted_at' | 'now'>;
  failed: (what: string, cause: unknown) => void;
}

export class HistoryRecorder {
  /** Calls to write, and how their wait is called off. */
  readonly #due = new Map<string, { at: number; cancel: () => void }>();
  readonly #painted = new Map<string, number>();
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: RecorderOptions) {}

  /** Something about this call changed. */
  touched(call: CallSnapshot): void {
    const over = ['ended', 'failed'].includes(phaseOf(call));
    const { scheduler } = this.options;
    const at = scheduler.now() + (over ? ENDED_REST_MS : LIVE_REST_MS);
    const waiting = this.#due.get(call.call);
    if (waiting !== undefined && waiting.at <= at) return;
    waiting?.cancel();
    const cancel = scheduler.after(at - scheduler.now(), () => {
      this.#due.delete(call.call);
      this.#write(call.call);
    });
    this.#due.set(call.call, { at, cancel });
  }

  /** Its pop was on screen, epoch ms. */
  painted(call: CallSnapshot, at: number): void {
    if (this.#painted.has(call.call)) return;
    this.#painted.set(call.call, at);
    this.touched(call);
  }

  /** Writes what waits; resolves when the journal has it. */
  async flush(): Promise<void> {
    for (const [call, { cancel }] of [...this.#due]) {
      cancel();
      this.#due.delete(call);
      this.#write(call);
    }
    await this.#writing;
  }

  #write(id: string): void {
    this.#writing = this.#writing.then(async () => {
      const call = this.options.call(id);
      if (call === undefined) return;
      const { scheduler, journal, context } = this.options;
      const painted_at = this.#painted.get(id);
      try {
        await journal.ask('putCall', recordOf(call, { ...context(call), painted_at, now: scheduler.now() }));
        if (['ended', 'failed'].includes(phaseOf(call))) this.#painted.delete(id);
      } catch (error) {
        this.options.failed('history.write', error);
      }
    });
  }
}
