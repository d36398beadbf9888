/**
 * The preview dialer: a lead is read, called or put aside with a reason, and the calls stay in sight until their outcomes
 * are set. Everything the dialer page shows and may ask is here; it decides nothing itself.
 */
import type { DialerView } from '../../shared/contract/dialer-views';
import type { VerdictView } from '../../shared/contract/dial-views';
import { dialAnswerSchema } from '../../shared/contract/dialling';
import type { Outcome } from '../../shared/contract/ipc';
import { verbAnswerSchema } from '../../shared/contract/leads';
import type { RefusalCode } from '../../shared/contract/refusals';
import type { StartCallRequest } from '../../shared/contract/rest';
import { Dials, type DialResult, type DialsOptions, type Wish } from './dials';
import { NeverCalls } from './never-call';
import { Preview, type InHand, type PreviewOptions } from './preview';
import { verdictView } from './verdict-view';

export interface DialerOptions extends Omit<DialsOptions, 'changed'>, Omit<PreviewOptions, 'changed'> {
  relayTime: (local: number) => number;
  /** Whether another lead may be asked for without the agent saying so. */
  goesOn: () => boolean;
  changed: () => void;
}

/** Verbs that are simply sent; each has a reason. */
export type PlainVerb = 'skip' | 'reject' | 'remove' | 'reschedule' | 'release';

const DONE: Outcome = { ok: true };
const no = (reason: RefusalCode): Outcome => ({
  ok: false,
  reason,
});

export class Dialer {
  readonly preview: Preview;
  readonly dials: Dials;
  readonly neverCalls: NeverCalls;

  constructor(private readonly options: DialerOptions) {
    this.preview = new Preview(options);
    this.dials = new Dials(options);
    this.neverCalls = new NeverCalls(options);
  }

  get view(): DialerView {
    return { preview: this.preview.view, calls: this.dials.views, unsent_dnc: this.neverCalls.unsent };
  }

  async start(): Promise<void> {
    await this.dials.start();
    await this.neverCalls.start();
  }

  stop(): void {
    this.preview.stop();
    this.neverCalls.stop();
  }

  /** The relay can be reached again. */
  connected(): void {
    this.neverCalls.kick();
    this.dials.settle();
    // Never rejects.
    void this.preview.recheck();
  }

  async next(): Promise<Outcome> {
    const reason = await this.preview.next();
    return reason === undefined ? DONE : no(reason);
  }

  async open(lead: string): Promise<Outcome> {
    const reason = await this.preview.open(lead);
    return reason === undefined ? DONE : no(reason);
  }

  /** Calls the chosen number of this lead. The relay checks once more and has the last word. */
  async call(lead: string, phone: string, override?: string): Promise<Outcome> {
    const hand = this.#handOf(lead);
    if (hand?.opened.lead.phones.some((one) => one.phone === phone) !== true) return no('lead_gone');
    if (await this.#blockedHere(phone)) {
      await this.preview.recheck();
      return no('dial_local');
    }
    if (this.dials.open(phone)) return no('dial_open');
    const wish = { body: wishOf(hand, phone, override), name: hand.opened.lead.name ?? undefined };
    return this.#asked(hand, phone, await this.dials.ask(wish));
  }

  /** The agent has looked, and wants another attempt although the first may be ringing. */
  async callAgain(id: string): Promise<Outcome> {
    const wish: Wish | undefined = this.dials.wish(id);
    if (wish === undefined) return no('not_found');
    const { phone, lead } = wish.body;
    if (await this.#blockedHere(phone)) return no('dial_local');
    this.dials.dismiss(id);
    const result = await this.dials.ask({ ...wish, body: { ...wish.body, confirm_unclear: true } });
    return this.#asked(lead === undefined ? undefined : this.#handOf(lead), phone, result);
  }

  /** One of the verbs that end a preview. @param body as the relay takes it, without the hold */
  async verb(lead: string, verb: PlainVerb, body: Record<string, unknown>): Promise<Outcome> {
    const hand = this.#handOf(lead);
    if (hand === undefined) return no('lead_gone');
    const answer = await this.options.rest.ask({
      ...{ method: 'POST', path: `/v1/leads/${lead}/${verb}` },
      body: { ...body, hold: hand.opened.hold.id },
      answer: verbAnswerSchema,
    });
    if (!answer.ok) return no(answer.reason);
    this.#left(hand, verb !== 'release');
    return DONE;
  }

  /** Never: durable and in force here before this resolves. */
  async neverCall(
    lead: string,
    request: { scope: StartScope; verbatim: string | undefined; phone: string | undefined },
  ): Promise<Outcome> {
    const hand = this.#handOf(lead);
    if (hand === undefined) return no('lead_gone');
    const all = hand.opened.lead.phones.map(({ phone }) => phone);
    const kept = await this.neverCalls.put({
      ...{ lead, hold: hand.opened.hold.id, scope: request.scope, verbatim: request.verbatim ?? null },
      phones: request.phone === undefined ? all : [request.phone],
    });
    if (!kept) return no('not_stored');
    this.#left(hand, true);
    return DONE;
  }

  /** What the rules say of calling this number at another time: a warning when a callback is agreed. */
  async when(phone: string, at: number): Promise<VerdictView> {
    const hand = this.preview.hand;
    const list = hand?.opened.lead.list;
    const query = new URLSearchParams({
      ...{ phone, kind: list?.kind ?? 'ai_voice', purpose: list?.purpose ?? 'service', trigger: 'callback' },
      at: new Date(this.options.relayTime(at)).toISOString(),
    });
    for (const name of ['zone', 'region', 'postcode'] as const) {
      const value = hand?.opened.lead[name];
      if (value !== null && value !== undefined) query.set(name, value);
    }
    const path = `/v1/dial-check?${query.toString()}`;
    const answer = await this.options.rest.ask({ method: 'GET', path, answer: dialAnswerSchema });
    return answer.ok ? verdictView(answer.value, this.options.local) : { state: 'unknown', reason: answer.reason };
  }

  #handOf(lead: string): InHand | undefined {
    const { hand } = this.preview;
    return hand?.opened.lead.id === lead && hand.lost === undefined ? hand : undefined;
  }

  async #blockedHere(phone: string): Promise<boolean> {
    try {
      const scope = await this.options.blocked(phone);
      return scope !== null && scope !== 'campaign';
    } catch (error) {
      // What cannot be looked up may be a request never to be called.
      this.options.failed('dialer.blocked', error);
      return true;
    }
  }

  #asked(hand: InHand | undefined, phone: string, result: DialResult): Outcome {
    switch (result.state) {
      case 'made':
      case 'awaited':
        if (hand !== undefined) this.#left(hand, true);
        return DONE;
      case 'unclear':
        // The tile says so, and what can be done.
        return DONE;
      case 'not_stored':
        return no('not_stored');
      case 'not_made': {
        const answer = result.answer;
        if (answer === undefined || answer.ok) return no('internal');
        const verdict = dialAnswerSchema.safeParse(answer.problem?.dial);
        if (verdict.success) this.preview.said(phone, verdict.data);
        return no(answer.reason);
      }
    }
  }

  /** The lead is done with here; with the next one, when the agent works on. */
  #left(hand: InHand, goOn: boolean): void {
    if (this.preview.hand !== hand) return;
    this.preview.leave();
    // Outcomes are values; never rejects.
    if (goOn && this.options.goesOn()) void this.preview.next();
  }
}

type StartScope = Parameters<NeverCalls['put']>[0]['scope'];

function wishOf({ opened: { lead } }: InHand, phone: string, override: string | undefined): StartCallRequest {
  return {
    ...{ phone, lead: lead.id, list: lead.list.id, purpose: lead.list.purpose, kind: lead.list.kind },
    ...(lead.platform === null ? {} : { platform: lead.platform }),
    ...(lead.campaign === null ? {} : { campaign: lead.campaign }),
    ...(lead.name === null ? {} : { name: lead.name }),
    ...(lead.language === null ? {} : { language: lead.language }),
    ...(lead.script === null ? {} : { script: lead.script }),
    ...(Object.keys(lead.fields).length === 0 ? {} : { variables: lead.fields }),
    ...(override === undefined ? {} : { override: { reason: override } }),
  };
}
