/**
 * Wrap-up: entered once per call on every path a call can end, left by the agent or, where no outcome is required, by
 * the clock. Timers live here, in main: a hidden or crashed window loses nothing.
 */
import type { CallSnapshot } from '../../shared/contract/call';
import type { Outcome } from '../../shared/contract/ipc';
import type { OutcomeSettings, WrapUpView } from '../../shared/contract/outcomes';
import { lastHolderOf, phaseOf } from '../../shared/lib/call-view';
import type { Journal } from '../journal/journal';
import type { WrapUpRow } from '../journal/tables/wrap-ups';
import type { Scheduler } from '../timing/scheduler';

export interface WrapUpsOptions {
  journal: Pick<Journal, 'ask'>;
  scheduler: Scheduler;
  settings: () => OutcomeSettings;
  /** Who is signed in, as `mode/agent`; undefined until the relay has said so. */
  owner: () => string | undefined;
  /** A wrap-up was entered, extended or left. */
  changed: () => void;
  failed: (what: string, cause: unknown) => void;
}

/** A call that was over longer than this when first heard of belongs to another shift. */
const STALE_AFTER_MS = 12 * 3600_000;

/** Whose call it was: held to its end, or started from this desk and never claimed by another. */
export function wasMine(call: CallSnapshot, me: string): boolean {
  if (call.claim === undefined) return call.fields.origin_agent?.value === me;
  return lastHolderOf(call, me)?.id === me;
}

export class WrapUps {
  readonly #open = new Map<string, WrapUpRow>();
  readonly #entering = new Set<string>();
  readonly #left = new Set<string>();
  readonly #timers = new Map<string, () => void>();

  constructor(private readonly options: WrapUpsOptions) {}

  /** Those that were open when the desk last ended. */
  restore(): Promise<void> {
    return this.#takeUp();
  }

  /** Somebody has signed in: the wrap-ups of others wait for them, and those that waited for this one are here again. */
  async signedIn(): Promise<void> {
    const before = [...this.#open.keys()].join();
    for (const { call, owner } of [...this.#open.values()]) {
      if (this.#isOwn(owner)) continue;
      this.#open.delete(call);
      this.#cancel(call);
    }
    await this.#takeUp();
    if ([...this.#open.keys()].join() !== before) this.options.changed();
  }

  get views(): WrapUpView[] {
    return [...this.#open.values()].map((row) => this.#view(row));
  }

  of(call: string): WrapUpView | null {
    const row = this.#open.get(call);
    return row === undefined ? null : this.#view(row);
  }

  /** Whose the open wrap-up of this call is, where there is one and that is known. */
  ownerOf(call: string): string | undefined {
    return this.#open.get(call)?.owner ?? undefined;
  }

  stateOf(call: string): 'open' | 'left' | 'none' {
    if (this.#open.has(call)) return 'open';
    return this.#left.has(call) ? 'left' : 'none';
  }

  /** A call changed. @param me agent id, once known @param endedAt local epoch ms, undefined while it goes on */
  consider(call: CallSnapshot, me: string | undefined, endedAt: number | undefined): void {
    const phase = phaseOf(call);
    const over = phase === 'ended' || phase === 'failed';
    const settled = call.dispositions.agent !== undefined || this.#entering.has(call.call);
    if (!over || me === undefined || settled || !wasMine(call, me)) return;
    const now = this.options.scheduler.now();
    if (endedAt !== undefined && now - endedAt > STALE_AFTER_MS) return;
    this.#entering.add(call.call);
    this.#enter(call.call, now).catch((error: unknown) => {
      this.#entering.delete(call.call);
      this.options.failed('wrap_up.enter', error);
    });
  }

  /** An outcome was saved for this call. */
  saved(call: string, at: number): void {
    const row = this.#open.get(call);
    if (row !== undefined) this.#keep({ ...row, saved_at: row.saved_at ?? at });
  }

  async extend(call: string): Promise<Outcome> {
    const row = this.#open.get(call);
    if (row === undefined) return { ok: false, reason: 'not_in_wrap_up' };
    const { extensions, extension_s } = this.options.settings();
    if (row.ends_at === null) return { ok: false, reason: 'no_time_limit' };
    if (row.extensions >= extensions) return { ok: false, reason: 'no_extension_left' };
    // From now, when the time had already run out: an extension of nothing helps nobody.
    const ends_at = Math.max(row.ends_at, this.options.scheduler.now()) + extension_s * 1000;
    await this.options.journal.ask('extendWrapUp', call, ends_at);
    this.#keep({ ...row, ends_at, extensions: row.extensions + 1 });
    this.options.changed();
    return { ok: true };
  }

  async leave(call: string): Promise<Outcome> {
    const row = this.#open.get(call);
    if (row === undefined) return { ok: false, reason: 'not_in_wrap_up' };
    if (this.#isHeld(row)) return { ok: false, reason: 'outcome_required' };
    await this.options.journal.ask('leaveWrapUp', call, this.options.scheduler.now());
    this.#open.delete(call);
    this.#left.add(call);
    this.#cancel(call);
    this.options.changed();
    return { ok: true };
  }

  stop(): void {
    for (const call of [...this.#timers.keys()]) this.#cancel(call);
  }

  async #takeUp(): Promise<void> {
    for (const row of await this.options.journal.ask('openWrapUps')) {
      if (this.#isOwn(row.owner) && !this.#open.has(row.call)) this.#keep(row);
    }
  }

  #isOwn(owner: string | null): boolean {
    const now = this.options.owner();
    return owner === null || now === undefined || owner === now;
  }

  async #enter(call: string, now: number): Promise<void> {
    const { wrap_up_s } = this.options.settings();
    const ends_at = wrap_up_s === 0 ? null : now + wrap_up_s * 1000;
    const owner = this.options.owner() ?? null;
    const first = await this.options.journal.ask('enterWrapUp', call, now, ends_at, owner);
    if (!first) return;
    this.#keep({ call, entered_at: now, ends_at, extensions: 0, saved_at: null, left_at: null, owner });
    this.options.changed();
  }

  #isHeld(row: WrapUpRow): boolean {
    return this.options.settings().required && row.saved_at === null;
  }

  #keep(row: WrapUpRow): void {
    this.#open.set(row.call, row);
    this.#entering.add(row.call);
    this.#cancel(row.call);
    if (row.ends_at === null) return;
    const { scheduler } = this.options;
    const cancel = scheduler.after(Math.max(0, row.ends_at - scheduler.now()), () => {
      this.#timers.delete(row.call);
      this.#timeUp(row.call);
    });
    this.#timers.set(row.call, cancel);
  }

  /** With a required outcome missing nothing ends by itself: the form stays, and shows that the time is over. */
  #timeUp(call: string): void {
    const row = this.#open.get(call);
    if (row === undefined) return;
    if (this.#isHeld(row)) {
      this.options.changed();
      return;
    }
    this.leave(call).catch((error: unknown) => {
      this.options.failed('wrap_up.leave', error);
    });
  }

  #cancel(call: string): void {
    this.#timers.get(call)?.();
    this.#timers.delete(call);
  }

  #view({ call, entered_at, ends_at, extensions, saved_at }: WrapUpRow): WrapUpView {
    const settings = this.options.settings();
    return {
      call,
      entered_at,
      ...(ends_at === null ? {} : { ends_at }),
      extensions_left: ends_at === null ? 0 : Math.max(0, settings.extensions - extensions),
      required: settings.required,
      done: saved_at !== null,
    };
  }
}
