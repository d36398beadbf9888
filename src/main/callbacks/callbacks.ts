/**
 * Callbacks of this agent and of the queue. The relay owns them; the last list it gave is kept in the journal, so that a
 * promise is remembered while the relay is away and after a restart, and those agreed here count before they are sent.
 */
import { z } from 'zod';
import type { CallbackRow, CallbacksView } from '../../shared/contract/callback-views';
import { callbackSchema, changedCallbackSchema, type Callback } from '../../shared/contract/callbacks';
import type { Outcome } from '../../shared/contract/ipc';
import type { OutcomeEntry } from '../../shared/contract/outcomes';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { PhoneView } from '../../shared/contract/views';
import type { Journal } from '../journal/journal';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { callbackRow, unsentRow } from './callback-rows';
import { readCallbacks } from './read-callbacks';
import { Reminders } from './reminders';

/** Read anew at the latest after this, should a word of the relay have been lost. */
const REFRESH_MS = 60_000;
/** Outcomes on their way of which callbacks are shown. */
const PAGE = 100;

export interface CallbacksOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  journal: Pick<Journal, 'ask'>;
  me: () => string | undefined;
  local: (instant: string) => number;
  phone: (raw: string) => PhoneView;
  /** Customer of a call this desk holds. */
  customer: (call: string) => { name: string | undefined; phone: PhoneView } | undefined;
  remind: (row: CallbackRow, times: number) => void;
  quiet: (id: string) => void;
  publish: (view: CallbacksView) => void;
  failed: (what: string, cause: unknown) => void;
}

export type CallbackVerb = 'done' | 'defer' | 'release' | 'take' | 'move';

export class Callbacks {
  #callbacks: Callback[] = [];
  #owner: string | undefined;
  #unsent: OutcomeEntry[] = [];
  #more = false;
  #read: { state: 'loading' } | { state: 'ready' } | { state: 'failed'; reason: RelayReason } = { state: 'loading' };
  #reading = false;
  #again = false;
  #stopped = false;
  #cancel: () => void = () => undefined;
  readonly #reminders: Reminders;

  constructor(private readonly options: CallbacksOptions) {
    this.#reminders = new Reminders({ ...options, changed: () => this.#publish() });
  }

  /** What the last run knew, until the relay is heard. */
  async start(): Promise<void> {
    const kept = await this.options.journal.ask('keptCallbacks');
    const parsed = z.array(callbackSchema).safeParse(kept === null ? [] : JSON.parse(kept.rows));
    if (this.#read.state === 'loading' && parsed.success && kept !== null) {
      this.#callbacks = parsed.data;
      this.#owner = kept.agent;
    }
    await this.#readUnsent();
    this.#changed();
    this.refresh();
  }

  get view(): CallbacksView {
    const rows = this.#rows();
    return {
      state: this.#read.state,
      rows,
      more: this.#more,
      due: rows.filter(({ state, owner }) => state === 'due' && owner !== 'other').length,
      overdue: rows.filter(({ state, owner }) => state === 'overdue' && owner !== 'other').length,
      reminders: this.#reminders.standing,
      ...(this.#read.state === 'failed' ? { reason: this.#read.reason } : {}),
    };
  }

  row(id: string): CallbackRow | undefined {
    return this.#rows().find((row) => row.id === id);
  }

  /** Something may have changed at the relay. Never rejects. */
  refresh(): void {
    this.#again = true;
    if (this.#reading || this.#stopped) return;
    this.#reading = true;
    this.#cancel();
    // Never rejects: what fails is shown.
    void this.#readAll();
  }

  /** Outcomes of this desk were saved or sent. */
  outcomesChanged(): void {
    // Reports its own failure.
    void this.#readUnsent().then(() => this.#changed());
  }

  async verb(id: string, verb: CallbackVerb, body: Record<string, unknown>): Promise<Outcome> {
    const path = `/v1/callbacks/${id}/${verb}`;
    const answer = await this.options.rest.ask({ method: 'POST', path, body, answer: changedCallbackSchema });
    if (!answer.ok) return { ok: false, reason: answer.reason };
    const { callback } = answer.value;
    const others = this.#callbacks.filter((one) => one.id !== id);
    const open = callback.state !== 'done' && callback.state !== 'cancelled';
    this.#callbacks = open ? [...others, callback] : others;
    this.#keep();
    this.#changed();
    this.refresh();
    return { ok: true };
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#reminders.stop();
  }

  async #readAll(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const answer = await readCallbacks(this.options.rest);
      if (answer.ok) {
        this.#callbacks = answer.callbacks;
        this.#owner = this.options.me();
        this.#more = answer.more;
        this.#read = { state: 'ready' };
        this.#keep();
      } else this.#read = { state: 'failed', reason: answer.reason };
      this.#changed();
    }
    // In the same turn as the last look at `again`: a word that comes now starts a new reading.
    this.#reading = false;
    if (!this.#stopped) this.#cancel = this.options.scheduler.after(REFRESH_MS, () => this.refresh());
  }

  #keep(): void {
    const me = this.options.me();
    if (me === undefined) return;
    const { journal, scheduler, failed } = this.options;
    journal.ask('keepCallbacks', me, JSON.stringify(this.#callbacks), scheduler.now()).catch((error: unknown) => {
      failed('callbacks.keep', error);
    });
  }

  async #readUnsent(): Promise<void> {
    try {
      const { journal } = this.options;
      const entries = await journal.ask('listOutcomes', ['saved', 'waiting', 'refused'], Number.MAX_SAFE_INTEGER, PAGE);
      this.#unsent = entries.filter(({ decision }) => decision.callback !== undefined);
    } catch (error) {
      this.options.failed('callbacks.unsent', error);
    }
  }

  #changed(): void {
    this.#reminders.put(this.#rows());
    this.#publish();
  }

  #rows(): CallbackRow[] {
    const { scheduler, phone, customer } = this.options;
    // Before the first word of the relay: whoever worked here last.
    const context = { ...this.options, me: this.options.me() ?? this.#owner, now: scheduler.now() };
    const unsent = this.#unsent.flatMap((entry) => {
      const row = unsentRow(entry, customer(entry.call) ?? { name: undefined, phone: phone('') }, context);
      return row === undefined ? [] : [row];
    });
    return [...this.#callbacks.map((callback) => callbackRow(callback, context)), ...unsent].sort(
      (a, b) => a.remind_at - b.remind_at || a.id.localeCompare(b.id),
    );
  }

  #publish(): void {
    if (!this.#stopped) this.options.publish(this.view);
  }
}
