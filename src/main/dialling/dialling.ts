/**
 * The dialling half of the desk, wired: dialer, callbacks, campaigns, lists over one REST client. Told what happens on the
 * link and to calls; publishes what the pages show.
 */
import type { CallSnapshot } from '../../shared/contract/call';
import { dialPacksAnswerSchema } from '../../shared/contract/dialling';
import type { CallbackRow } from '../../shared/contract/callback-views';
import type { IpcData, IpcMessage } from '../../shared/contract/ipc';
import type { CallView, ContactHistoryView, PhoneView } from '../../shared/contract/views';
import { Callbacks } from '../callbacks/callbacks';
import { customerPhone } from '../calls/call-view';
import { Campaigns } from '../campaigns/campaigns';
import { NewCampaign } from '../campaigns/new-campaign';
import { Publisher } from '../desk/publisher';
import { Dialer } from '../dialer/dialer';
import { standingBlock } from '../dialer/own-blocks';
import type { Hindrance } from '../dialer/preview-timer';
import type { Journal } from '../journal/journal';
import { Imports } from '../lists/imports';
import { Lists } from '../lists/lists';
import { createRelayRest, type RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { diallingHandlers } from './handlers';

/** Least time between two views of the dialer, ms: a conversation streams through it. */
const REST_MS = 60;

export interface DiallingOptions {
  fetch: typeof globalThis.fetch;
  link: () => { relay: string; token: string } | undefined;
  scheduler: Scheduler;
  newId: () => string;
  journal: Pick<Journal, 'ask'>;
  /** Instant on the relay's clock as local epoch ms, and back. */
  local: (instant: string) => number;
  relayTime: (local: number) => number;
  phone: (raw: string) => PhoneView;
  label: (platform: string) => string;
  me: () => string | undefined;
  /** Whose name the link speaks in, as `mode/agent`; undefined until the relay has said so. */
  owner: () => string | undefined;
  call: (id: string) => CallSnapshot | undefined;
  calls: () => Iterable<CallSnapshot>;
  view: (call: CallSnapshot, turns: number) => CallView;
  history: (phone: string) => ContactHistoryView;
  wantHistory: (phone: string) => void;
  wrapUp: (call: string) => 'open' | 'left' | 'none';
  blocked: (phone: string) => Promise<string | null>;
  idleSeconds: () => number;
  /** Another lead may be asked for without the agent saying so. */
  goesOn: () => boolean;
  /** Why no preview timer may run now; none where the agent is at work. */
  hindrance: () => Hindrance | undefined;
  /** The agent is set to a state in which no lead comes by itself. */
  stopWork: () => void;
  chooseFile: () => Promise<string | undefined>;
  chooseTarget: (name: string) => Promise<string | undefined>;
  remind: (row: CallbackRow, times: number) => void;
  quiet: (callback: string) => void;
  showDialer: () => void;
  /** Another number of them is due. */
  callbacksChanged: () => void;
  /** Policy packs past their review date, by their ids. */
  packsOverdue: (packs: readonly string[]) => void;
  send: <C extends IpcMessage>(channel: C, data: IpcData<C>) => void;
  failed: (what: string, cause: unknown) => void;
}

export class Dialling {
  readonly handlers;
  readonly #rest: RelayRest;
  readonly #dialer: Dialer;
  readonly #callbacks: Callbacks;
  readonly #campaigns: Campaigns;
  readonly #contacts: Imports;
  readonly #lists: Lists;
  readonly #imports: Imports;
  readonly #publisher: Publisher;

  constructor(private readonly options: DiallingOptions) {
    const { scheduler, send, phone } = options;
    const rest = createRelayRest(options);
    this.#rest = rest;
    this.#publisher = new Publisher(scheduler, REST_MS, () => send('dialer:view', this.#dialer.view));
    const changed = () => this.#publisher.request();
    const blocked = (number: string) => standingBlock(number, { ...options, rest });
    this.#dialer = new Dialer({ ...options, rest, blocked, changed });
    this.#callbacks = new Callbacks({
      ...options,
      rest,
      customer: (id) => {
        const call = options.call(id);
        const number = call === undefined ? undefined : customerPhone(call);
        return call === undefined || number === undefined
          ? undefined
          : { name: call.fields.contact_name?.value, phone: phone(number) };
      },
      publish: (view) => {
        send('callbacks:view', view);
        options.callbacksChanged();
      },
    });
    const draftChanged = () => this.#campaigns.publish();
    this.#contacts = new Imports({ ...options, rest, path: '/v1/campaigns/contacts', changed: draftChanged });
    const newCampaign = new NewCampaign({
      ...{ ...options, rest, imports: this.#contacts, changed: draftChanged },
      made: (campaign) => this.#campaigns.made(campaign),
    });
    this.#campaigns = new Campaigns({
      ...options,
      rest,
      draft: newCampaign,
      here: (call) => options.call(call) !== undefined,
      publish: (view) => send('campaigns:view', view),
    });
    this.#imports = new Imports({
      ...{ ...options, rest, path: '/v1/leads/import' },
      changed: () => this.#lists.publish(),
    });
    this.#lists = new Lists({ ...options, rest, imports: this.#imports, publish: (view) => send('lists:view', view) });
    this.handlers = diallingHandlers({
      dialer: this.#dialer,
      callbacks: this.#callbacks,
      campaigns: this.#campaigns,
      newCampaign,
      contacts: this.#contacts,
      lists: this.#lists,
      imports: this.#imports,
      showDialer: options.showDialer,
    });
  }

  /** Takes up what the last run left. Never rejects. */
  start(): void {
    Promise.all([this.#dialer.start(), this.#callbacks.start()]).catch((error: unknown) => {
      this.options.failed('dialling.start', error);
    });
  }

  /** Due and overdue, of the agent's own and of the queue. */
  get callbacksDue(): number {
    const { due, overdue } = this.#callbacks.view;
    return due + overdue;
  }

  /** The workspace listens anew: pages in sight say so themselves. */
  refresh(): void {
    this.#campaigns.watch(false);
    this.#lists.watch(false);
    this.#dialer.timer.unseen();
    this.#publisher.request();
    this.options.send('callbacks:view', this.#callbacks.view);
  }

  /** The relay can be reached again. */
  connected(): void {
    this.#dialer.connected();
    this.#callbacks.refresh();
    // Outcomes are values; never rejects.
    void this.#readPacks();
  }

  /** Calls may have appeared, gone on, or ended. */
  touched(): void {
    this.#dialer.dials.settle();
    this.#dialer.changed();
  }

  /** Outcomes of this desk were saved or sent, wrap-ups entered or left. */
  outcomesChanged(): void {
    this.touched();
    this.#callbacks.outcomesChanged();
  }

  callbacksChanged(): void {
    this.#callbacks.refresh();
  }

  stop(): void {
    this.#dialer.stop();
    this.#callbacks.stop();
    this.#campaigns.stop();
    this.#lists.stop();
    this.#imports.stop();
    this.#contacts.stop();
  }

  async #readPacks(): Promise<void> {
    const answer = await this.#rest.ask({ method: 'GET', path: '/v1/dial-check/packs', answer: dialPacksAnswerSchema });
    // An older relay has none to tell of.
    if (answer.ok) this.options.packsOverdue(answer.value.overdue);
  }
}
