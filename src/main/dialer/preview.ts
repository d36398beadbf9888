/**
 * The lead in hand: asked for, read, ended by a verb or by a call. What the rules say of its numbers is asked anew while it
 * is open, because a lawful window may close while somebody reads; the relay checks once more at the click, and wins.
 */
import type { VerdictView } from '../../shared/contract/dial-views';
import type { PreviewView } from '../../shared/contract/dialer-views';
import type { DialAnswer } from '../../shared/contract/dialling';
import {
  nextAnswerSchema,
  openedLeadSchema,
  shownLeadSchema,
  type NoLead,
  type OpenedLead,
} from '../../shared/contract/leads';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import { isTemporary } from '../../shared/lib/dialling/explain';
import type { RelayRest, RestAnswer } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { Lease, type Loss } from './lease';
import { leadView, type LeadContext } from './lead-view';
import { verdictView } from './verdict-view';

/** Windows open and close on whole minutes; a little later, so that both clocks agree that the minute has come. */
const MINUTE_MS = 60_000;
const AFTER_THE_MINUTE_MS = 250;
/** When it could not be asked, it is asked again this soon, ms. */
const UNKNOWN_AGAIN_MS = 5_000;
/** Asked again by itself at the soonest, ms, when there was no lead. */
const LEAST_WAIT_MS = 2_000;

export interface PreviewOptions extends Omit<LeadContext, 'verdict'> {
  rest: RelayRest;
  scheduler: Scheduler;
  idleSeconds: () => number;
  /** The widest scope in which this desk knows that a number must not be called. */
  blocked: (phone: string) => Promise<string | null>;
  /** The customer behind this number is looked at. */
  wantHistory: (phone: string) => void;
  /** Who is signed in, as `mode/agent`, once known. */
  owner: () => string | undefined;
  changed: () => void;
  failed: (what: string, cause: unknown) => void;
}

/** A lead as it is read. */
export interface InHand {
  opened: OpenedLead;
  chosen: string;
  /** Into whose hands it was given. */
  owner: string | undefined;
  lost?: Loss;
  /** By number: what the relay said last, or why it could not be asked. */
  answers: Map<string, DialAnswer | RelayReason>;
  /** Numbers that this desk itself blocks, with the scope. */
  local: Map<string, string>;
}

type State =
  | { state: 'none' }
  | { state: 'asking' }
  | { state: 'failed'; reason: RelayReason }
  | { state: 'nothing'; nothing: NoLead }
  | { state: 'open'; hand: InHand };

export class Preview {
  #state: State = { state: 'none' };
  readonly #lease: Lease;
  #cancelRecheck: () => void = () => undefined;
  #cancelAsk: () => void = () => undefined;

  constructor(private readonly options: PreviewOptions) {
    this.#lease = new Lease({
      ...options,
      lost: (why) => {
        const hand = this.hand;
        if (hand !== undefined) hand.lost = why;
        this.#cancelRecheck();
        options.changed();
      },
    });
  }

  get hand(): InHand | undefined {
    return this.#state.state === 'open' ? this.#state.hand : undefined;
  }

  get view(): PreviewView {
    const state = this.#state;
    switch (state.state) {
      case 'open':
        return this.#openView(state.hand);
      case 'nothing': {
        const { reason: why, next_at } = state.nothing;
        return { state: 'nothing', why, ...(next_at === null ? {} : { next_at: this.options.local(next_at) }) };
      }
      default:
        return state;
    }
  }

  /** The next lead that this agent may call. Who reads one gets that one again. */
  async next(): Promise<RelayReason | undefined> {
    return this.#ask(async () => {
      const answer = await this.options.rest.ask({
        ...{ method: 'POST', path: '/v1/leads/next', body: {} },
        answer: nextAnswerSchema,
      });
      if (!answer.ok) return answer;
      const { next, nothing } = answer.value;
      return { ...answer, value: next ?? nothing };
    });
  }

  /** This lead, from a callback. */
  async open(lead: string): Promise<RelayReason | undefined> {
    const path = `/v1/leads/${lead}/open`;
    return this.#ask(() => this.options.rest.ask({ method: 'POST', path, body: {}, answer: openedLeadSchema }));
  }

  choose(phone: string): boolean {
    const hand = this.hand;
    if (hand?.opened.lead.phones.some((one) => one.phone === phone) !== true) return false;
    hand.chosen = phone;
    this.options.wantHistory(phone);
    this.options.changed();
    return true;
  }

  /** The lead has left these hands: a verb ended it, or its call goes on without being read. */
  leave(): void {
    this.#stopTimers();
    this.#state = { state: 'none' };
    this.options.changed();
  }

  /** The relay's word at the click. */
  said(phone: string, answer: DialAnswer): void {
    this.hand?.answers.set(phone, answer);
    this.options.changed();
  }

  /** Asks again what the rules and this desk's own list say of every number. */
  async recheck(): Promise<void> {
    const hand = this.hand;
    if (hand === undefined || hand.lost !== undefined) return;
    const path = `/v1/leads/${hand.opened.lead.id}`;
    const answer = await this.options.rest.ask({ method: 'GET', path, answer: shownLeadSchema });
    if (this.hand !== hand) return;
    if (answer.ok) {
      for (const { phone, answer: dial } of answer.value.dial) hand.answers.set(phone, dial ?? 'unavailable');
      if (answer.value.dial.some(({ answer: dial }) => dial !== null && isTemporary(dial)))
        this.#recheckIn(UNKNOWN_AGAIN_MS);
    } else {
      // What was said a minute ago permits nothing now.
      for (const { phone } of hand.opened.lead.phones) hand.answers.set(phone, answer.reason);
      this.#recheckIn(UNKNOWN_AGAIN_MS);
    }
    await this.#askHere(hand);
    this.options.changed();
  }

  verdict(hand: InHand, phone: string): VerdictView {
    const scope = hand.local.get(phone);
    if (scope !== undefined) return { state: 'local', scope };
    const answer = hand.answers.get(phone);
    if (answer === undefined) return { state: 'asking' };
    return typeof answer === 'string' ? { state: 'unknown', reason: answer } : verdictView(answer, this.options.local);
  }

  stop(): void {
    this.#stopTimers();
  }

  async #ask(question: () => Promise<RestAnswer<OpenedLead | NoLead | null>>): Promise<RelayReason | undefined> {
    const before = this.#state;
    if (before.state === 'asking') return undefined;
    // The lead that is read stays in sight while another one is asked for by name.
    if (before.state !== 'open') this.#state = { state: 'asking' };
    this.#cancelAsk();
    this.options.changed();
    const answer = await question();
    if (!answer.ok) {
      if (before.state !== 'open') this.#state = { state: 'failed', reason: answer.reason };
    } else if (answer.value === null) this.#state = { state: 'failed', reason: 'bad_answer' };
    else if ('lead' in answer.value) await this.#take(answer.value);
    else this.#nothing(answer.value);
    this.options.changed();
    return answer.ok ? undefined : answer.reason;
  }

  async #take(opened: OpenedLead): Promise<void> {
    const hand: InHand = {
      opened,
      chosen: opened.phone,
      owner: this.options.owner(),
      answers: new Map(opened.dial.map(({ phone, answer }) => [phone, answer ?? 'unavailable'])),
      local: new Map(),
    };
    await this.#askHere(hand);
    this.#stopTimers();
    this.#state = { state: 'open', hand };
    this.#lease.begin(opened.lead.id, opened.hold.id, opened.lease_s);
    this.options.wantHistory(hand.chosen);
    this.#recheckLater();
  }

  /** Asks again by itself when leads were only being sorted; everything else waits for the agent. */
  #nothing(nothing: NoLead): void {
    this.#stopTimers();
    this.#state = { state: 'nothing', nothing };
    if (nothing.reason !== 'sorting') return;
    const wait = Math.max(LEAST_WAIT_MS, nothing.retry_after_s * 1000);
    this.#cancelAsk = this.options.scheduler.after(wait, () => {
      // Outcomes are values; never rejects.
      void this.next();
    });
  }

  /** What this desk itself knows; a fault there blocks, for it may hide a request never to be called. */
  async #askHere(hand: InHand): Promise<void> {
    for (const { phone } of hand.opened.lead.phones) {
      const scope = await this.options.blocked(phone).catch((error: unknown) => {
        this.options.failed('dialer.blocked', error);
        return 'all';
      });
      // Which campaigns are meant is the relay's to know.
      if (scope !== null && scope !== 'campaign') hand.local.set(phone, scope);
      else hand.local.delete(phone);
    }
  }

  #recheckLater(): void {
    const { scheduler } = this.options;
    this.#recheckIn(MINUTE_MS - (scheduler.now() % MINUTE_MS) + AFTER_THE_MINUTE_MS);
  }

  #recheckIn(wait: number): void {
    this.#cancelRecheck();
    this.#cancelRecheck = this.options.scheduler.after(wait, () => {
      this.#recheckLater();
      // Outcomes are values; never rejects.
      void this.recheck();
    });
  }

  #stopTimers(): void {
    this.#lease.end();
    this.#cancelRecheck();
    this.#cancelAsk();
  }

  #openView(hand: InHand): PreviewView {
    const context: LeadContext = { ...this.options, verdict: (phone) => this.verdict(hand, phone) };
    return {
      state: 'open',
      lead: leadView(hand.opened, hand.chosen, context),
      lease: hand.lost === undefined ? { state: 'held' } : { state: 'lost', why: hand.lost },
    };
  }
}
