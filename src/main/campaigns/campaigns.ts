/**
 * Campaigns as the open page shows them: read again and again while somebody looks, quiet otherwise. The platforms own
 * them; nothing is kept here.
 */
import type { CampaignsView } from '../../shared/contract/campaign-views';
import type { Outcome } from '../../shared/contract/ipc';
import {
  campaignCallsAnswerSchema,
  campaignSchema,
  campaignsAnswerSchema,
  type Campaign,
  type CampaignCallsAnswer,
  type SourceState,
} from '../../shared/contract/rest';
import type { PhoneView } from '../../shared/contract/views';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { callRow, campaignRow } from './campaign-rows';

/** How often the open page is read again: a campaign dials a few calls in this time. */
const REFRESH_MS = 10_000;
const PAGE_CALLS = 100;

export interface CampaignsOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  phone: (raw: string) => PhoneView;
  /** A platform's name as people know it. */
  label: (platform: string) => string;
  /** Whether this desk holds or keeps the call. */
  here: (call: string) => boolean;
  publish: (view: CampaignsView) => void;
}

type Calls =
  | { state: 'loading' }
  | { state: 'failed'; reason: RelayReason }
  | { state: 'ready'; data: CampaignCallsAnswer['data']; more: boolean };

export class Campaigns {
  #campaigns: Campaign[] = [];
  #missing: SourceState[] = [];
  #read: { state: 'loading' } | { state: 'ready' } | { state: 'failed'; reason: RelayReason } = { state: 'loading' };
  #at: number | undefined;
  readonly #changing = new Set<string>();
  #open: { id: string; calls: Calls } | undefined;
  #watched = false;
  #reading = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: CampaignsOptions) {}

  get view(): CampaignsView {
    const { label } = this.options;
    const open = this.#open;
    return {
      state: this.#read.state,
      rows: this.#campaigns.map((campaign) =>
        campaignRow(campaign, label(campaign.platform), this.#changing.has(campaign.id)),
      ),
      missing: this.#missing.filter(({ state }) => state !== 'ok').map((one) => ({ ...one, label: label(one.source) })),
      open: open === undefined ? null : { id: open.id, calls: this.#callsView(open.calls) },
      ...(this.#read.state === 'failed' ? { reason: this.#read.reason } : {}),
      ...(this.#at === undefined ? {} : { at: this.#at }),
    };
  }

  /** The page came into sight or left it. */
  watch(on: boolean): Outcome {
    this.#watched = on;
    this.#cancel();
    if (on) this.refresh();
    return { ok: true };
  }

  /** Reads everything in sight again, now. */
  refresh(): void {
    if (!this.#watched || this.#reading) return;
    this.#reading = true;
    this.#cancel();
    // Outcomes are values; neither rejects.
    void Promise.all([this.#readList(), this.#readCalls(false)]).then(() => {
      this.#reading = false;
      if (this.#watched) this.#cancel = this.options.scheduler.after(REFRESH_MS, () => this.refresh());
    });
    this.#publish();
  }

  /** Opens a campaign's calls, or closes them. */
  async open(id: string | null): Promise<Outcome> {
    this.#open = id === null ? undefined : { id, calls: { state: 'loading' } };
    this.#publish();
    await this.#readCalls(false);
    return { ok: true };
  }

  /** The next page of the open campaign's calls. */
  async more(): Promise<Outcome> {
    const reason = await this.#readCalls(true);
    return reason === undefined ? { ok: true } : { ok: false, reason };
  }

  async setRunning(id: string, running: boolean): Promise<Outcome> {
    if (this.#changing.has(id)) return { ok: false, reason: 'idempotency_key_in_use' };
    this.#changing.add(id);
    this.#publish();
    const path = `/v1/campaigns/${encodeURIComponent(id)}/${running ? 'resume' : 'pause'}`;
    const answer = await this.options.rest.ask({ method: 'POST', path, answer: campaignSchema });
    this.#changing.delete(id);
    if (answer.ok) this.#replace(answer.value);
    this.#publish();
    return answer.ok ? { ok: true } : { ok: false, reason: answer.reason };
  }

  stop(): void {
    this.#watched = false;
    this.#cancel();
  }

  /** The platform's short answer keeps what only its list tells. */
  #replace(changed: Campaign): void {
    this.#campaigns = this.#campaigns.map((one) => (one.id === changed.id ? { ...one, ...changed } : one));
  }

  async #readList(): Promise<void> {
    const { rest, scheduler } = this.options;
    const answer = await rest.ask({ method: 'GET', path: '/v1/campaigns', answer: campaignsAnswerSchema });
    if (answer.ok) {
      this.#campaigns = answer.value.data;
      this.#missing = answer.value.sources;
      this.#at = scheduler.now();
      this.#read = { state: 'ready' };
    } else this.#read = { state: 'failed', reason: answer.reason };
    this.#publish();
  }

  /** @param further the page after those that are there; else the first one again */
  async #readCalls(further: boolean): Promise<RelayReason | undefined> {
    const open = this.#open;
    if (open === undefined) return undefined;
    const before = open.calls.state === 'ready' ? open.calls.data : [];
    // A page that was extended by hand stays as it is: reading it all again would cost as many requests.
    if (!further && before.length > PAGE_CALLS) return undefined;
    const offset = further ? before.length : 0;
    const path = `/v1/campaigns/${encodeURIComponent(open.id)}/calls?limit=${PAGE_CALLS}&offset=${offset}`;
    const answer = await this.options.rest.ask({ method: 'GET', path, answer: campaignCallsAnswerSchema });
    if (this.#open !== open) return undefined;
    if (answer.ok) {
      const { data, has_more: more } = answer.value;
      open.calls = { state: 'ready', data: further ? [...before, ...data] : data, more };
    } else if (before.length === 0) open.calls = { state: 'failed', reason: answer.reason };
    this.#publish();
    return answer.ok ? undefined : answer.reason;
  }

  #callsView(calls: Calls): NonNullable<CampaignsView['open']>['calls'] {
    if (calls.state !== 'ready') return calls;
    return { state: 'ready', more: calls.more, rows: calls.data.map((call) => callRow(call, this.options)) };
  }

  #publish(): void {
    this.options.publish(this.view);
  }
}
