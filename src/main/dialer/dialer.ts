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
import { TIMER_REASON } from '../../shared/lib/lead-reasons';
import { CallLimit } from './call-limit';
import { Dials, type DialResult, type DialsOptions, type Wish } from './dials';
import { NeverCalls } from './never-call';
import { Preview, type InHand, type PreviewOptions } from './preview';
import { PreviewTimer, type Hindrance, type Reading } from './preview-timer';
import { verdictView } from './verdict-view';

export interface DialerOptions extends Omit<DialsOptions, 'changed'>, Omit<PreviewOptions, 'changed'> {
  relayTime: (local: number) => number;
  /** Whether another lead may be asked for without the agent saying so. */
  goesOn: () => boolean;
  /** Why no preview timer may run now, whatever is on screen. */
  hindrance: () => Hindrance | undefined;
  /** The agent is to be given nothing more until they say so. */
  stopWork: () => void;
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
  readonly timer: PreviewTimer;
  readonly #limit: CallLimit;
  /** Leads about which something is being asked: an agent and a timer never both act. */
  readonly #acting = new Set<string>();

  constructor(private readonly options: DialerOptions) {
    this.timer = new PreviewTimer({
      ...options,
      reading: () => this.#reading(),
      expired: (reading) => this.#expired(reading),
    });
    const changed = () => this.changed();
    this.preview = new Preview({ ...options, changed });
    this.dials = new Dials({ ...options, changed });
    this.#limit = new CallLimit(options);
    this.neverCalls = new NeverCalls(options);
  }

  get view(): DialerView {
    const preview = this.preview.view;
    const { view: timer } = this.timer;
    const { view: limit } = this.#limit;
    return {
      ...(limit === undefined ? {} : { limit }),
      preview: preview.state === 'open' && timer !== undefined ? { ...preview, timer } : preview,
      calls: this.dials.views,
      unsent_dnc: this.neverCalls.unsent,
    };
  }

  /** The lead, the link, or what the agent does is not what it was. */
  changed(): void {
    this.timer.sync();
    this.#limit.sync(this.dials.signature);
    this.options.changed();
  }

  async start(): Promise<void> {
    await this.dials.start();
    await this.neverCalls.start();
  }

  stop(): void {
    this.preview.stop();
    this.timer.end();
    this.#limit.stop();
    this.neverCalls.stop();
  }

  /** The relay can be reached again. */
  connected(): void {
    this.#putDownAnothers();
    this.neverCalls.kick();
    this.#limit.refresh();
    this.dials.settle();
    // Calls of another one may have left the sight, own ones be there again.
    this.changed();
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
  call(lead: string, phone: string, override?: string): Promise<Outcome> {
    return this.#alone(lead, () => this.#call(lead, phone, { trigger: 'click', override }));
  }

  /** The agent has looked, and wants another attempt although the first may be ringing. */
  async callAgain(id: string): Promise<Outcome> {
    // Before it is known who is signed in nobody's wish goes out in another one's name.
    if (this.options.owner() === undefined) return no('offline');
    const wish = this.dials.wish(id);
    if (wish === undefined) return no('not_found');
    return this.#alone(wish.body.lead ?? id, () => this.#callAgain(id, wish));
  }

  /** One of the verbs that end a preview. @param body as the relay takes it, without the hold */
  verb(lead: string, verb: PlainVerb, body: Record<string, unknown>): Promise<Outcome> {
    return this.#alone(lead, () => this.#verb(lead, verb, body, verb !== 'release'));
  }

  /** Never: durable and in force here before this resolves. */
  async neverCall(
    lead: string,
    request: { scope: StartScope; verbatim: string | undefined; phone: string | undefined },
  ): Promise<Outcome> {
    const hand = this.#handOf(lead);
    if (hand === undefined) return no('lead_gone');
    const all = hand.opened.lead.phones.map(({ phone }) => phone);
    // While it is being kept, no timer calls.
    this.#acting.add(lead);
    const kept = await this.neverCalls
      .put({
        ...{ lead, hold: hand.opened.hold.id, scope: request.scope, verbatim: request.verbatim ?? null },
        ...{ seller: hand.opened.lead.list.seller, owner: hand.owner ?? this.options.owner() ?? null },
        phones: request.phone === undefined ? all : [request.phone],
      })
      .finally(() => this.#acting.delete(lead));
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

  async #call(lead: string, phone: string, how: How): Promise<Outcome> {
    const hand = this.#handOf(lead);
    if (hand?.opened.lead.phones.some((one) => one.phone === phone) !== true) return no('lead_gone');
    if (await this.#blockedHere(phone)) {
      await this.preview.recheck();
      return no('dial_local');
    }
    if (this.dials.open(phone)) return no('dial_open');
    const wish = { body: wishOf(hand, phone, how), name: hand.opened.lead.name ?? undefined };
    return this.#asked(hand, phone, await this.dials.ask(wish));
  }

  async #callAgain(id: string, wish: Wish): Promise<Outcome> {
    // Whatever set the first one off, this one is a person's.
    const body: Wish['body'] = { ...wish.body, trigger: 'click', confirm_unclear: true };
    const { phone, lead } = body;
    if (await this.#blockedHere(phone)) return no('dial_local');
    // Its call may have appeared meanwhile.
    if (this.dials.wish(id) === undefined || !this.dials.dismiss(id)) return no('dial_goes_on');
    const result = await this.dials.ask({ ...wish, body });
    return this.#asked(lead === undefined ? undefined : this.#handOf(lead), phone, result);
  }

  async #verb(lead: string, verb: PlainVerb, body: Record<string, unknown>, goOn: boolean): Promise<Outcome> {
    const hand = this.#handOf(lead);
    if (hand === undefined) return no('lead_gone');
    const answer = await this.options.rest.ask({
      ...{ method: 'POST', path: `/v1/leads/${lead}/${verb}` },
      body: { ...body, hold: hand.opened.hold.id },
      answer: verbAnswerSchema,
    });
    if (!answer.ok) return no(answer.reason);
    this.#left(hand, goOn);
    return DONE;
  }

  /** One thing at a time is done with a lead: a timer that runs out at the click comes to nothing. */
  async #alone(lead: string, act: () => Promise<Outcome>): Promise<Outcome> {
    if (this.#acting.has(lead)) return no('dial_open');
    this.#acting.add(lead);
    return act().finally(() => this.#acting.delete(lead));
  }

  /** Who was promised a call back is waited for by a person: no timer goes with such a lead. */
  #reading(): Reading | undefined {
    const { hand } = this.preview;
    if (hand === undefined || hand.lost !== undefined) return undefined;
    const { lead, hold } = hand.opened;
    const rule = lead.list.preview;
    if (rule.seconds === 0 || lead.callback !== null) return undefined;
    return { lead: lead.id, hold: hold.id, rule };
  }

  async #expired({ lead, rule }: Reading): Promise<RefusalCode | undefined> {
    // The agent was faster.
    if (this.#acting.has(lead)) return undefined;
    const outcome = await this.#alone(lead, () => this.#timeUp(lead, rule));
    return outcome.ok ? undefined : outcome.reason;
  }

  async #timeUp(lead: string, { action, seconds }: Reading['rule']): Promise<Outcome> {
    const reason = { reason: TIMER_REASON };
    switch (action) {
      case 'stop':
        this.options.stopWork();
        return DONE;
      case 'requeue':
        return this.#verb(lead, 'release', reason, false);
      case 'skip':
        // Nobody touched anything for as long as the lead was open: the next one would be skipped as well.
        return this.#verb(lead, 'skip', reason, this.options.idleSeconds() < seconds);
      case 'dial': {
        const chosen = this.#handOf(lead)?.chosen;
        return chosen === undefined ? no('lead_gone') : this.#dialByTimer(lead, chosen);
      }
    }
  }

  /** What the rules forbid a timer they may allow a person: the agent is told which of the two it was. */
  async #dialByTimer(lead: string, phone: string): Promise<Outcome> {
    const outcome = await this.#call(lead, phone, { trigger: 'auto_dial' });
    if (outcome.ok || outcome.reason !== 'dial_blocked') return outcome;
    await this.preview.recheck();
    const hand = this.#handOf(lead);
    const allowed = hand !== undefined && this.preview.verdict(hand, phone).state === 'allowed';
    return allowed ? no('timer_forbidden') : outcome;
  }

  /** Somebody else has signed in: what the one before them was reading is not theirs. */
  #putDownAnothers(): void {
    const { hand } = this.preview;
    if (hand?.owner !== undefined && hand.owner !== this.options.owner()) this.preview.leave();
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

/** Who set a call off, and a supervisor's reason where a rule is overridden. */
interface How {
  trigger: 'click' | 'auto_dial';
  override?: string | undefined;
}

function wishOf({ opened: { lead } }: InHand, phone: string, { trigger, override }: How): StartCallRequest {
  return {
    ...{ phone, trigger, lead: lead.id, list: lead.list.id, purpose: lead.list.purpose, kind: lead.list.kind },
    ...(lead.platform === null ? {} : { platform: lead.platform }),
    ...(lead.campaign === null ? {} : { campaign: lead.campaign }),
    ...(lead.name === null ? {} : { name: lead.name }),
    ...(lead.language === null ? {} : { language: lead.language }),
    ...(lead.script === null ? {} : { script: lead.script }),
    ...(Object.keys(lead.fields).length === 0 ? {} : { variables: lead.fields }),
    ...(override === undefined ? {} : { override: { reason: override } }),
  };
}
