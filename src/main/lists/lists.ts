/** A supervisor's lists of leads as the open page shows them, with who holds which lead. The relay owns them. */
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
  type ListsAnswer,
  type ListWork,
  type PreviewTimer,
} from '../../shared/contract/leads';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { PhoneView } from '../../shared/contract/views';
import { WatchedList } from '../dialling/watched-list';
import type { RelayRest, RestAnswer } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import type { Imports } from './imports';
import { Limits } from './limits';
import { heldRow, listRow } from './list-rows';
import { OpenList } from './open-list';

const PAGE = 100;

export interface ListsOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  imports: Pick<Imports, 'view'>;
  phone: (raw: string) => PhoneView;
  label: (platform: string) => string;
  local: (instant: string) => number;
  publish: (view: ListsView) => void;
}

const outcomeOf = (reason: RelayReason | undefined): Outcome =>
  reason === undefined ? { ok: true } : { ok: false, reason };

export class Lists {
  readonly limits: Limits;
  readonly #list: WatchedList<LeadList>;
  #held: HeldAnswer['data'] = [];
  #pages = 1;
  #more = false;
  #platforms: ListsView['platforms'] = [];
  #open: OpenList | undefined;

  constructor(private readonly options: ListsOptions) {
    this.limits = new Limits({ ...options, changed: () => this.publish() });
    this.#list = new WatchedList({ ...options, read: () => this.#readAll(), changed: () => this.publish() });
  }

  get view(): ListsView {
    const list = this.#list;
    return {
      ...list.about,
      rows: list.rows.map((row) => listRow(row, { ...this.options, changing: list.isChanging(row.id) })),
      ...{ more: this.#more, platforms: this.#platforms },
      held: this.#held.map((held) => heldRow(held, this.options)),
      open: this.#open?.view ?? null,
      import: this.options.imports.view,
      limits: this.limits.view,
    };
  }

  watch(on: boolean): Outcome {
    return this.#list.watch(on);
  }

  refresh(): void {
    this.#list.refresh();
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

  async moreLeads(): Promise<Outcome> {
    return outcomeOf(await this.#open?.more());
  }

  /** Older lists too. */
  async more(): Promise<Outcome> {
    this.#pages += 1;
    await this.#readAll();
    return { ok: true };
  }

  async simulate(id: string): Promise<Outcome> {
    if (this.#open?.id !== id) await this.open(id);
    return outcomeOf(await this.#open?.simulate());
  }

  setPaused(id: string, paused: boolean): Promise<Outcome> {
    return this.#change(id, { paused });
  }

  setSegmentPaused(id: string, segment: string, paused: boolean): Promise<Outcome> {
    const path = `/v1/leads/lists/${id}/segments`;
    return this.#list.change(id, { path, body: { segment, paused }, answer: leadListSchema });
  }

  /** What happens by itself to a lead of this list that is read for too long. */
  setPreview(id: string, preview: PreviewTimer): Promise<Outcome> {
    return this.#change(id, { preview });
  }

  /** By whom it is worked, with which script, how often and in which order. */
  setWork(id: string, work: ListWork): Promise<Outcome> {
    return this.#change(id, work);
  }

  #change(id: string, body: ChangeList): Promise<Outcome> {
    return this.#list.change(id, { path: `/v1/leads/lists/${id}`, body, answer: leadListSchema });
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
    this.#list.stop();
  }

  async #readAll(): Promise<void> {
    const { rest } = this.options;
    const ask = <T>(path: string, answer: z.ZodType<T>) => rest.ask({ method: 'GET', path, answer });
    const [lists, held] = await Promise.all([
      this.#readPages(),
      ask('/v1/leads/held', heldAnswerSchema),
      this.limits.read(),
    ]);
    this.#list.took(lists, ({ data }) => data);
    if (lists.ok) {
      this.#more = lists.value.total > lists.value.data.length;
      this.#platforms = lists.value.platforms ?? [];
    }
    if (held.ok) this.#held = held.value.data;
    this.publish();
  }

  /** As many pages as were asked for, as one. A list that was made meanwhile moves others to the next page. */
  async #readPages(): Promise<RestAnswer<ListsAnswer>> {
    const found = new Map<string, LeadList>();
    for (let page = 0; ; page += 1) {
      const path = `/v1/leads/lists?limit=${PAGE}&offset=${page * PAGE}`;
      const answer = await this.options.rest.ask({ method: 'GET', path, answer: listsAnswerSchema });
      if (!answer.ok) return answer;
      for (const list of answer.value.data) found.set(list.id, list);
      if (page + 1 < this.#pages && answer.value.data.length > 0) continue;
      return { ...answer, value: { ...answer.value, data: [...found.values()] } };
    }
  }
}
