/** Every call this desk may see, folded. The book owns its snapshots; callers read them and never write. */
import { phaseOf } from '../../shared/lib/call-view';
import { emptyCall, foldEvent } from '../../shared/lib/fold-call';
import type { CallSnapshot } from '../../shared/contract/call';
import type { HandoverEvent } from '../../shared/contract/events';

/** Finished calls kept in memory: a long shift's worth. Older ones are the history's, not the desk's. */
export const MAX_FINISHED_CALLS = 500;

export class CallBook {
  readonly #calls = new Map<string, CallSnapshot>();

  get(call: string): CallSnapshot | undefined {
    return this.#calls.get(call);
  }

  all(): Iterable<CallSnapshot> {
    return this.#calls.values();
  }

  /** Everything anew, from a relay that could not bring the missed events one by one. */
  reset(calls: readonly CallSnapshot[]): void {
    this.#calls.clear();
    for (const call of calls) this.#calls.set(call.call, structuredClone(call));
  }

  /** A call becomes visible with its history; the relay's snapshot replaces what was known. */
  put(call: CallSnapshot): void {
    this.#calls.set(call.call, structuredClone(call));
  }

  /** Folds one event; the call it belongs to, or undefined for events that belong to none. */
  fold(event: HandoverEvent): CallSnapshot | undefined {
    const id = event.subject;
    if (id === undefined || !event.type.startsWith('call.')) return undefined;
    const call = foldEvent(this.#calls.get(id) ?? emptyCall(id), event);
    this.#calls.set(id, call);
    if (event.type === 'call.ended') this.#trim();
    return call;
  }

  /** The call is no longer this desk's to see. True when it was in the book. */
  drop(call: string): boolean {
    return this.#calls.delete(call);
  }

  #trim(): void {
    const finished = [...this.#calls.values()].filter((call) => ['ended', 'failed'].includes(phaseOf(call)));
    // Map order is order of first sight, so the first ones are the oldest.
    for (const call of finished.slice(0, Math.max(0, finished.length - MAX_FINISHED_CALLS))) {
      this.#calls.delete(call.call);
    }
  }
}
