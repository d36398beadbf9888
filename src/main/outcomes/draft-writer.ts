/**
 * Makes every keystroke durable without a queue: while one version of a draft is being written, only the newest of the
 * later ones waits. A kill costs at most what was typed during one commit.
 */
import type { OutcomeDraft } from '../../shared/contract/outcomes';
import type { Journal } from '../journal/journal';

interface Version {
  rev: number;
  form: OutcomeDraft;
}

interface Waiting extends Version {
  durable: Promise<void>;
  done: () => void;
  failed: (cause: unknown) => void;
}

export class DraftWriter {
  readonly #writing = new Set<string>();
  readonly #next = new Map<string, Waiting>();

  constructor(
    private readonly journal: Pick<Journal, 'ask'>,
    private readonly now: () => number,
  ) {}

  /** Resolves once this version, or a newer one in its place, is durable. Rejects with JournalError. */
  put(call: string, rev: number, form: OutcomeDraft): Promise<void> {
    const waiting = this.#next.get(call);
    if (waiting !== undefined) {
      if (rev >= waiting.rev) Object.assign(waiting, { rev, form });
      return waiting.durable;
    }
    if (this.#writing.has(call)) return this.#wait(call, { rev, form }).durable;
    return this.#write(call, { rev, form });
  }

  /** The outcome is saved: what was typed before is not to come back. */
  drop(call: string): void {
    this.#next.get(call)?.done();
    this.#next.delete(call);
  }

  #wait(call: string, version: Version): Waiting {
    let done: () => void = () => undefined;
    let failed: (cause: unknown) => void = () => undefined;
    const durable = new Promise<void>((resolve, reject) => {
      done = resolve;
      failed = reject;
    });
    const waiting = { ...version, durable, done, failed };
    this.#next.set(call, waiting);
    return waiting;
  }

  async #write(call: string, { rev, form }: Version): Promise<void> {
    this.#writing.add(call);
    try {
      await this.journal.ask('putDraft', { call, rev, form }, this.now());
    } finally {
      this.#writing.delete(call);
      this.#writeNext(call);
    }
  }

  #writeNext(call: string): void {
    const next = this.#next.get(call);
    if (next === undefined) return;
    this.#next.delete(call);
    this.#write(call, next).then(next.done, next.failed);
  }
}
