/** Outcomes of this desk: drafts, decisions, their way to the relay, wrap-ups. What the windows may ask, in one place. */
import type { CallSnapshot } from '../../shared/contract/call';
import { DEFAULT_DISPOSITIONS, type DispositionTree, type RelayDisposition } from '../../shared/contract/dispositions';
import type { Outcome } from '../../shared/contract/ipc';
import type {
  Decision,
  OutcomeDraft,
  OutcomeEntry,
  OutcomeSettings,
  OutcomeSources,
  OutcomeState,
  OutcomesView,
  OutcomeView,
  SaveReply,
} from '../../shared/contract/outcomes';
import { customerPhone } from '../calls/call-view';
import { platformOf } from '../calls/pop-cause';
import { digitsOf } from '../history/fold-text';
import type { Journal } from '../journal/journal';
import { snapshotOf } from '../journal/snapshot-text';
import type { Scheduler } from '../timing/scheduler';
import { refusalOf } from './check-decision';
import { differencesOf } from './differences';
import { nodesOf, pathOf, wireValue } from './disposition-tree';
import { DraftWriter } from './draft-writer';
import { NextState, type NextStateOptions } from './next-state';
import { Outbox } from './outbox';
import { outcomesView } from './outcomes-view';
import { sendOutcome, type RelayLink } from './send-outcome';
import { retryTimesOf } from './retry-times';
import { WrapUps } from './wrap-ups';

/** Least time between two published views, ms: a draining backlog changes hundreds of times a second. */
const PUBLISH_REST_MS = 100;

export interface OutcomesOptions {
  journal: Journal;
  scheduler: Scheduler;
  random: () => number;
  newId: () => string;
  fetch: typeof globalThis.fetch;
  /** Where outcomes go; undefined while there is no relay. */
  link: () => RelayLink | undefined;
  /** Whose name that link speaks in, as `mode/agent`; undefined until the relay has said so. */
  owner: () => string | undefined;
  /** Local epoch ms as the relay's. */
  relayTime: (local: number) => number;
  settings: () => OutcomeSettings;
  /** The choices that the relay names; null: it names none, and those of the settings hold. */
  relayTree: () => DispositionTree | null;
  /** The relay's outcomes as its configuration names them. */
  relayNamed: () => readonly RelayDisposition[];
  /** A call this desk holds in memory. */
  call: (id: string) => CallSnapshot | undefined;
  state: NextStateOptions;
  publish: (view: OutcomesView) => void;
  trace: (mark: 'disposition.saved' | 'disposition.sent', call: string, outcome: string) => void;
  failed: (what: string, cause: unknown) => void;
}

export class Outcomes {
  readonly wrapUps: WrapUps;
  readonly next: NextState;
  readonly #outbox: Outbox;
  readonly #drafts: DraftWriter;
  #publishing = false;
  #stopped = false;

  constructor(private readonly options: OutcomesOptions) {
    const { journal, scheduler, failed } = options;
    this.#drafts = new DraftWriter(journal, () => scheduler.now());
    this.next = new NextState(options.state);
    this.wrapUps = new WrapUps({
      journal,
      scheduler,
      failed,
      settings: options.settings,
      owner: options.owner,
      changed: () => {
        this.next.wrapUps(this.wrapUps.views.length > 0);
        this.#changed();
      },
    });
    this.#outbox = new Outbox({
      journal,
      scheduler,
      failed,
      random: options.random,
      link: options.link,
      owner: options.owner,
      send: (outcome, link) => sendOutcome(outcome, link, options),
      changed: (call, settled) => {
        const done = settled?.state === 'sent' || settled?.state === 'kept_by_relay';
        if (done) options.trace('disposition.sent', call, settled.id);
        this.#changed();
      },
    });
  }

  /** Takes up what the last run left: open wrap-ups, unsent outcomes. */
  async start(): Promise<void> {
    await this.wrapUps.restore();
    this.next.wrapUps(this.wrapUps.views.length > 0);
    this.#outbox.kick();
    this.#changed();
  }

  /** Publishes the view again. */
  refresh(): void {
    this.#changed();
  }

  /** The relay can be reached again, or the agent signed in again. */
  async connected(): Promise<void> {
    await this.wrapUps.signedIn();
    await this.#outbox.wake();
    this.#changed();
  }

  /** A call changed. @param me agent id, once known @param endedAt local epoch ms of its end */
  touched(call: CallSnapshot, me: string | undefined, endedAt: number | undefined): void {
    this.wrapUps.consider(call, me, endedAt);
  }

  async draft(call: string, rev: number, form: OutcomeDraft): Promise<Outcome> {
    try {
      await this.#drafts.put(call, rev, form);
      if (rev <= 1) this.#changed();
      return { ok: true };
    } catch (error) {
      this.options.failed('draft', error);
      return { ok: false, reason: 'not_stored' };
    }
  }

  /** Resolves once the decision is durable, and only then. */
  async save(call: string, decision: Decision): Promise<SaveReply> {
    const { journal, scheduler, settings, newId } = this.options;
    const tree = this.#tree;
    const reason = refusalOf(tree, decision);
    if (reason !== undefined) return { ok: false, reason };
    const snapshot = await this.#snapshot(call);
    const phone = snapshot === undefined ? undefined : customerPhone(snapshot);
    const id = newId();
    const decided_at = scheduler.now();
    this.#drafts.drop(call);
    try {
      await journal.ask('saveOutcome', {
        id,
        call,
        decision,
        decided_at,
        owner: this.options.owner() ?? this.wrapUps.ownerOf(call),
        value: this.#valueOf(tree, decision.path, call),
        proposal: snapshot?.dispositions.ai?.value.value,
        dnc_digits: phone === undefined ? undefined : digitsOf(phone),
      });
    } catch (error) {
      this.options.failed('outcome.save', error);
      return { ok: false, reason: 'not_stored' };
    }
    this.options.trace('disposition.saved', call, id);
    this.wrapUps.saved(call, decided_at);
    if (settings().leave_after_save) await this.#leave(call);
    this.#outbox.kick();
    this.#changed();
    return { ok: true, id };
  }

  /** The outcome is safe already: a wrap-up that cannot be left now is left by its clock or by the agent. */
  async #leave(call: string): Promise<void> {
    if (this.wrapUps.of(call) === null) return;
    try {
      await this.wrapUps.leave(call);
    } catch (error) {
      this.options.failed('wrap_up.leave', error);
    }
  }

  async get(call: string): Promise<OutcomeView> {
    const { journal } = this.options;
    const [draft, trail, snapshot] = await Promise.all([
      journal.ask('draft', call),
      journal.ask('outcomesOf', call),
      this.#snapshot(call),
    ]);
    const dispositions = this.#tree;
    const value = snapshot?.dispositions.ai?.value.value ?? trail[0]?.proposal;
    const path = value === undefined ? undefined : pathOf(dispositions, value, platformOf(call));
    const decided = trail[0] === undefined ? undefined : nodesOf(dispositions, trail[0].decision.path);
    const asked = snapshot?.fields.origin_agent !== undefined;
    const agent = decided === undefined ? undefined : wireValue(decided, platformOf(call));
    return {
      call,
      storage: journal.storage,
      dispositions,
      currency: this.options.settings().currency,
      draft: draft === null ? null : { rev: draft.rev, form: draft.form },
      proposal: value === undefined ? null : { value, ...(path === undefined ? {} : { path }) },
      trail: trail.map((entry) => this.#shown(entry)),
      differences: snapshot === undefined ? [] : differencesOf(snapshot.dispositions, agent),
      wrap_up: this.wrapUps.of(call),
      retry_after: asked ? retryTimesOf(this.options.relayNamed(), dispositions, platformOf(call)) : {},
    };
  }

  /** Where the choices come from. */
  get sources(): OutcomeSources {
    return { relay: this.options.relayTree(), standard: DEFAULT_DISPOSITIONS };
  }

  async list(states: readonly OutcomeState[], before: number, limit: number): Promise<{ entries: OutcomeEntry[] }> {
    // On its way is a state of this moment; in the journal it still waits.
    const stored = states.flatMap((state): OutcomeState[] => (state === 'sending' ? ['saved', 'waiting'] : [state]));
    const entries = await this.options.journal.ask(
      'listOutcomes',
      [...new Set(stored)],
      before,
      limit,
      this.options.owner() ?? null,
    );
    const shown = entries.map((entry) => this.#shown(entry));
    return { entries: states.length === 0 ? shown : shown.filter(({ state }) => states.includes(state)) };
  }

  async retry(id: string): Promise<Outcome> {
    const result = await this.options.journal.ask('retryOutcome', id, this.options.newId());
    if (result !== 'queued') return { ok: false, reason: result };
    this.#outbox.kick();
    this.#changed();
    return { ok: true };
  }

  /** Whether this desk knows that a number must not be called, and how widely; holds at once, before any relay knows. */
  blocked(phone: string): Promise<string | null> {
    return this.options.journal.ask('blocked', digitsOf(phone));
  }

  stop(): void {
    this.#stopped = true;
    this.#outbox.stop();
    this.wrapUps.stop();
  }

  get #tree(): DispositionTree {
    return this.options.relayTree() ?? this.options.settings().dispositions;
  }

  /** A relay that names the outcomes is told the name, and words it for each platform by itself. */
  #valueOf(tree: DispositionTree, path: Decision['path'], call: string): string {
    const nodes = nodesOf(tree, path) ?? [];
    if (this.options.relayTree() !== null) return nodes.at(-1)?.code ?? '';
    return wireValue(nodes, platformOf(call));
  }

  #shown(entry: OutcomeEntry): OutcomeEntry {
    if (this.#outbox.sending.has(entry.id)) return { ...entry, state: 'sending' };
    const line = this.#outbox.lineTryAt;
    const waits = entry.state === 'waiting' && entry.next_try_at === undefined && line !== undefined;
    return waits ? { ...entry, next_try_at: line } : entry;
  }

  async #snapshot(call: string): Promise<CallSnapshot | undefined> {
    const held = this.options.call(call);
    if (held !== undefined) return held;
    const kept = await this.options.journal.ask('callSnapshot', call);
    return kept === null ? undefined : snapshotOf(kept);
  }

  #changed(): void {
    if (this.#publishing || this.#stopped) return;
    this.#publishing = true;
    this.options.scheduler.after(PUBLISH_REST_MS, () => {
      this.#publishing = false;
      if (this.#stopped) return;
      this.#publish().catch((error: unknown) => {
        if (!this.#stopped) this.options.failed('outcomes.publish', error);
      });
    });
  }

  async #publish(): Promise<void> {
    const { journal } = this.options;
    const view = await outcomesView(journal, this.#outbox.sending, this.options.owner());
    const next_state = this.next.next;
    this.options.publish({
      ...view,
      wrap_ups: this.wrapUps.views,
      ...(next_state === undefined ? {} : { next_state }),
    });
  }
}
