/** A supervisor's lists of leads: read again and again while the page is in sight, quiet otherwise. The relay owns them. */
import type { z } from 'zod';
import type { Outcome } from '../../shared/contract/ipc';
import type { ListsView } from '../../shared/contract/list-views';
import {
  heldAnswerSchema,
  leadListSchema,
  listsAnswerSchema,
  verbAnswerSchema,
  type ChangeList,
  type HeldAnswer,
  type LeadList,
  type LeadState,
  type PreviewTimer,
} from '../../shared/contract/leads';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { PhoneView } from '../../shared/contract/views';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import type { Imports } from './imports';
import { Limits } from './limits';
import { heldRow, listRow } from './list-rows';
import { OpenList } from './open-list';

const REFRESH_MS = 10_000;
const PAGE = 100;

export interface ListsOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  imports: Imports;
  phone: (raw: string) => PhoneView;
  label: (platform: string) => string;
  local: (instant: string) => number;
  publish: (view: ListsView) => void;
}

const outcomeOf = (reason: RelayReason | undefined): Outcome =>
  reason === undefined ? { ok: true } : { ok: false, reason };

export class Lists {
  readonly limits: Limits;
  #lists: LeadList[] = [];
  #held: HeldAnswer['data'] = [];
  #read: { state: 'loading' } | { state: 'ready' } | { state: 'failed'; reason: RelayReason } = { state: 'loading' };
  #at: number | undefined;
  #open: OpenList | undefined;
  readonly #changing = new Set<string>();
  #watched = false;
  #reading = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: ListsOptions) {
    this.limits = new Limits({ ...options, changed: () => this.publish() });
  }

  get view(): ListsView {
    const { imports } = this.options;
    return {
      state: this.#read.state,
      rows: this.#lists.map((list) => listRow(list, { ...this.options, changing: this.#changing.has(list.id) })),
      held: this.#held.map((held) => heldRow(held, this.options)),
      open: this.#open?.view ?? null,
      import: imports.view,
      limits: this.limits.view,
      ...(this.#read.state === 'failed' ? { reason: this.#read.reason } : {}),
      ...(this.#at === undefined ? {} : { at: this.#at }),
    };
  }

  watch(on: boolean): Outcome {
    this.#watched = on;
    this.#cancel();
    if (on) this.refresh();
    return { ok: true };
  }

  refresh(): void {
    if (!this.#watched || this.#reading) return;
    this.#reading = true;
    this.#cancel();
    this.publish();
    // Outcomes are values; neither rejects.
    void this.#readAll().then(() => {
      this.#reading = false;
      if (this.#watched) this.#cancel = this.options.scheduler.after(REFRESH_MS, () => this.refresh());
    });
  }

  async open(id: string | null): Promise<Outcome> {
    const changed = () => this.publish();
    this.#open = id === null ? undefined : new OpenList(id, { ...this.options, changed });
    this.publish();
    return outcomeOf(await this.#open?.show(null));
  }

  async show(state: LeadState | null): Promise<Outcome> {
    return outcomeOf(await this.#open?.show(state));
  }

  async more(): Promise<Outcome> {
    return outcomeOf(await this.#open?.more());
  }

  async simulate(id: string): Promise<Outcome> {
    if (this.#open?.id !== id) await this.open(id);
    return outcomeOf(await this.#open?.simulate());
  }

  setPaused(id: string, paused: boolean): Promise<Outcome> {
    return this.#change(id, { paused });
  }

  /** What happens by itself to a lead of this list that is read for too long. */
  setPreview(id: string, preview: PreviewTimer): Promise<Outcome> {
    return this.#change(id, { preview });
  }

  async #change(id: string, body: ChangeList): Promise<Outcome> {
    this.#changing.add(id);
    this.publish();
    const path = `/v1/leads/lists/${id}`;
    const answer = await this.options.rest.ask({ method: 'POST', path, body, answer: leadListSchema });
    this.#changing.delete(id);
    if (answer.ok) this.#lists = this.#lists.map((list) => (list.id === id ? answer.value : list));
    this.publish();
    return answer.ok ? { ok: true } : { ok: false, reason: answer.reason };
  }

  /** Takes a lead out of somebody's hands. */
  async take(lead: string): Promise<Outcome> {
    const path = `/v1/leads/${lead}/release`;
    const answer = await this.options.rest.ask({ method: 'POST', path, body: {}, answer: verbAnswerSchema });
    if (!answer.ok) return { ok: false, reason: answer.reason };
    this.#held = this.#held.filter((held) => held.lead !== lead);
    this.publish();
    return { ok: true };
  }

  publish(): void {
    this.options.publish(this.view);
  }

  stop(): void {
    this.#watched = false;
    this.#cancel();
  }

  async #readAll(): Promise<void> {
    const { rest, scheduler } = this.options;
    const ask = <T>(path: string, answer: z.ZodType<T>) => rest.ask({ method: 'GET', path, answer });
    const [lists, held] = await Promise.all([
      ask(`/v1/leads/lists?limit=${PAGE}`, listsAnswerSchema),
      ask('/v1/leads/held', heldAnswerSchema),
      this.limits.read(),
    ]);
    if (lists.ok) {
      this.#lists = lists.value.data;
      this.#at = scheduler.now();
      this.#read = { state: 'ready' };
    } else this.#read = { state: 'failed', reason: lists.reason };
    if (held.ok) this.#held = held.value.data;
    this.publish();
  }
}
