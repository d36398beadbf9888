/**
 * Everything of this desk that is kept: the journal and what lives in it, opened without holding up the first window.
 * What is asked before the journal is open waits for it.
 */
import { randomBytes } from 'node:crypto';
import type { CallSnapshot } from '../../shared/contract/call';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { HistoryPage, HistoryQuery } from '../../shared/contract/history';
import type { StorageView } from '../../shared/contract/outcomes';
import { History, type HistoryOptions } from '../history/history';
import { beganAt } from '../history/record';
import { HistoryRecorder, type RecorderOptions } from '../history/recorder';
import { openJournal, type Journal } from '../journal/journal';
import { snapshotOf } from '../journal/snapshot-text';
import { createRelayRest } from '../rest/relay-rest';
import { createOutcomeHandlers, type OutcomeHandlers } from './handlers';
import { Outcomes, type OutcomesOptions } from './outcomes';
import { RelayOutcomes } from './relay-outcomes';

/** Bytes of a new journal's key. */
const KEY_BYTES = 32;

/** The part of the vault that holds the journal's key. */
export interface KeyVault {
  get: (name: 'journal.key') => string | undefined;
  /** `memory`: there is no keychain to keep it. */
  set: (name: 'journal.key', secret: string) => 'kept' | 'memory';
}

/** The journal's key from the keychain, made on first use; undefined where no keychain can keep it. */
export function journalKey(vault: KeyVault): string | undefined {
  const known = vault.get('journal.key');
  if (known !== undefined) return known;
  const made = randomBytes(KEY_BYTES).toString('hex');
  return vault.set('journal.key', made) === 'kept' ? made : undefined;
}

export interface KeepingOptions
  extends
    Omit<OutcomesOptions, 'journal' | 'relayTree' | 'relayNamed'>,
    Omit<HistoryOptions, 'journal'>,
    Omit<RecorderOptions, 'journal' | 'context'> {
  /** The journal's file, and its key where there is one. */
  file: { path: string; key: string | undefined };
  /** Where the outcomes that the relay names are kept. */
  relayOutcomes: string;
  /** The built `journal-worker.js`. */
  worker: URL;
  /** Every call this desk holds in memory. */
  calls: () => Iterable<CallSnapshot>;
  /** Agent id, once known. */
  me: () => string | undefined;
  /** Instant on the relay's clock as local epoch ms. */
  local: (instant: string) => number;
  late: (call: CallSnapshot) => boolean;
  /** Where it is kept, once known. */
  opened: (storage: StorageView) => void;
}

interface Kept {
  journal: Journal;
  outcomes: Outcomes;
  history: History;
  recorder: HistoryRecorder;
}

export class Keeping {
  readonly #ready: Promise<Kept>;
  #kept: Kept | undefined;
  readonly #relayOutcomes: RelayOutcomes;

  constructor(private readonly options: KeepingOptions) {
    const { relayOutcomes: file, failed } = options;
    this.#relayOutcomes = new RelayOutcomes({ rest: createRelayRest(options), file, failed });
    this.#ready = this.#open();
    this.#ready.catch((error: unknown) => {
      options.failed('journal.open', error);
    });
  }

  /** Every channel of outcomes, wrap-up and history. */
  get handlers(): OutcomeHandlers {
    return createOutcomeHandlers(this.#ready);
  }

  /** The journal for other rooms: what is asked before it is open waits for it. */
  get journal(): Pick<Journal, 'ask'> {
    return { ask: async (name, ...args) => (await this.#ready).journal.ask(name, ...args) };
  }

  /** Whether this desk knows that a number must not be called, and how widely. */
  async blocked(phone: string): Promise<string | null> {
    return (await this.#ready).outcomes.blocked(phone);
  }

  /** `left`: its wrap-up was left in this run. */
  wrapUp(call: string): 'open' | 'left' | 'none' {
    return this.#kept?.outcomes.wrapUps.stateOf(call) ?? 'none';
  }

  /** Any call may have changed: the relay sent them all anew. */
  touchedAll(): void {
    // Oldest first: history is in the order in which this desk heard of calls.
    const calls = [...this.options.calls()].sort((a, b) => (beganAt(a) ?? '').localeCompare(beganAt(b) ?? ''));
    for (const { call } of calls) this.touched(call);
  }

  /** This call changed. */
  touched(id: string): void {
    const call = this.options.call(id);
    if (call === undefined || this.#kept === undefined) return;
    const over = call.milestones.ended ?? call.milestones.failed;
    this.#kept.recorder.touched(call);
    this.#kept.outcomes.touched(call, this.options.me(), over === undefined ? undefined : this.options.local(over.at));
  }

  /** The call's pop was on screen, epoch ms. */
  painted(id: string, at: number): void {
    const call = this.options.call(id);
    if (call !== undefined) this.#kept?.recorder.painted(call, at);
  }

  /** The workspace listens anew: it is sent everything again. */
  refresh(): void {
    this.#kept?.outcomes.refresh();
  }

  /** What the windows export: pages of a search. */
  async search(query: HistoryQuery): Promise<HistoryPage> {
    return (await this.#ready).history.search(query);
  }

  /** A call in memory or kept; undefined: gone from this desk. */
  async snapshot(id: string): Promise<CallSnapshot | undefined> {
    const held = this.options.call(id);
    if (held !== undefined) return held;
    const kept = await (await this.#ready).journal.ask('callSnapshot', id);
    return kept === null ? undefined : snapshotOf(kept);
  }

  /** The agent chose a state. True: in wrap-up, so it comes into force afterwards; false: it is to be applied now. */
  choose(state: AgentState): boolean {
    const kept = this.#kept?.outcomes;
    if (kept?.next.choose(state) !== true) return false;
    kept.refresh();
    return true;
  }

  /** What comes after the wrap-up; undefined outside of one. */
  get nextState(): AgentState | undefined {
    return this.#kept?.outcomes.next.next;
  }

  /** The relay can be reached again. */
  connected(): void {
    // Never rejects.
    void this.#relayOutcomes.read().then(() => this.#kept?.outcomes.refresh());
    this.#kept?.outcomes.connected().catch((error: unknown) => {
      this.options.failed('outcomes.connected', error);
    });
  }

  /** Writes what waits and closes the journal. Never rejects. */
  async stop(): Promise<void> {
    try {
      const { journal, outcomes, history, recorder } = await this.#ready;
      outcomes.stop();
      history.stop();
      await recorder.flush();
      await journal.close();
    } catch (error) {
      this.options.failed('journal.close', error);
    }
  }

  async #open(): Promise<Kept> {
    const { options } = this;
    const journal = await openJournal({
      ...options.file,
      worker: options.worker,
      now: options.scheduler.now(),
      failed: (error) => {
        options.failed('journal.thread', error);
      },
    });
    options.opened(journal.storage);
    const recorder = new HistoryRecorder({
      ...options,
      journal,
      context: (call) => ({ me: options.me(), local: options.local, late: options.late(call) }),
    });
    const kept: Kept = {
      journal,
      recorder,
      outcomes: new Outcomes({
        ...options,
        journal,
        relayTree: () => this.#relayOutcomes.tree,
        relayNamed: () => this.#relayOutcomes.named,
      }),
      history: new History({ ...options, journal }),
    };
    await kept.outcomes.start();
    kept.history.start();
    this.#kept = kept;
    this.touchedAll();
    return kept;
  }
}
