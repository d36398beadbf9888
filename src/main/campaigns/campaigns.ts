/** Campaigns as the open page shows them. The platforms own them; nothing is kept here. */
import type { CampaignsView } from '../../shared/contract/campaign-views';
import {
  campaignCallsAnswerSchema,
  campaignSchema,
  campaignsAnswerSchema,
  type Campaign,
  type CampaignCallsAnswer,
  type CampaignMaker,
} from '../../shared/contract/campaigns';
import type { Outcome } from '../../shared/contract/ipc';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { SourceState } from '../../shared/contract/rest';
import type { PhoneView } from '../../shared/contract/views';
import { WatchedList } from '../dialling/watched-list';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { callRow, campaignRow } from './campaign-rows';
import type { NewCampaign } from './new-campaign';

const PAGE_CALLS = 100;

export interface CampaignsOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  /** The one that a supervisor is making. */
  draft: Pick<NewCampaign, 'view'>;
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
  readonly #list: WatchedList<Campaign>;
  #missing: SourceState[] = [];
  #makers: CampaignMaker[] = [];
  #open: { id: string; calls: Calls } | undefined;

  constructor(private readonly options: CampaignsOptions) {
    this.#list = new WatchedList({
      ...options,
      read: () => Promise.all([this.#readList(), this.#readCalls(false)]),
      changed: () => this.publish(),
    });
  }

  get view(): CampaignsView {
    const { label, draft } = this.options;
    const [list, open] = [this.#list, this.#open];
    return {
      ...list.about,
      rows: list.rows.map((campaign) => campaignRow(campaign, label(campaign.platform), list.isChanging(campaign.id))),
      missing: this.#missing.filter(({ state }) => state !== 'ok').map((one) => ({ ...one, label: label(one.source) })),
      makers: this.#makers.map((maker) => ({ ...maker, label: label(maker.platform) })),
      draft: draft.view,
      open: open === undefined ? null : { id: open.id, calls: this.#callsView(open.calls) },
    };
  }

  watch(on: boolean): Outcome {
    return this.#list.watch(on);
  }

  refresh(): void {
    this.#list.refresh();
  }

  /** One that was made on this desk: in sight at once. */
  made(campaign: Campaign): void {
    this.#list.add(campaign);
    this.refresh();
  }

  /** Opens a campaign's calls, or closes them. */
  async open(id: string | null): Promise<Outcome> {
    this.#open = id === null ? undefined : { id, calls: { state: 'loading' } };
    this.publish();
    await this.#readCalls(false);
    return { ok: true };
  }

  /** The next page of the open campaign's calls. */
  async more(): Promise<Outcome> {
    const reason = await this.#readCalls(true);
    return reason === undefined ? { ok: true } : { ok: false, reason };
  }

  setRunning(id: string, running: boolean): Promise<Outcome> {
    const path = `/v1/campaigns/${encodeURIComponent(id)}/${running ? 'resume' : 'pause'}`;
    return this.#list.change(id, { path, answer: campaignSchema });
  }

  publish(): void {
    this.options.publish(this.view);
  }

  stop(): void {
    this.#list.stop();
  }

  async #readList(): Promise<void> {
    const answer = await this.options.rest.ask({ method: 'GET', path: '/v1/campaigns', answer: campaignsAnswerSchema });
    this.#list.took(answer, ({ data }) => data);
    if (answer.ok) {
      this.#missing = answer.value.sources;
      this.#makers = answer.value.makers;
    }
    this.publish();
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
    this.publish();
    return answer.ok ? undefined : answer.reason;
  }

  #callsView(calls: Calls): NonNullable<CampaignsView['open']>['calls'] {
    if (calls.state !== 'ready') return calls;
    return { state: 'ready', more: calls.more, rows: calls.data.map((call) => callRow(call, this.options)) };
  }
}
