/**
 * "Never call", heard over a lead. Durable here before the agent is told that it holds, blocked on this desk at once and for
 * everybody who uses it, sent on until the relay has it. Nothing here takes one back.
 *
 * Outcomes wait for who decided them. This one does not wait for who heard it: they may be home, ill or gone for good, and
 * until the relay knows, every other desk may still call. So whoever is signed in carries it, but only to the same kind of
 * relay: one that makes believe would take a real wish, and it would count as sent. Another's goes as a number that asked
 * (`requested_at`: when), never as what they did with a lead in their hands, which would be untrue. The relay's entry then
 * says who recorded it; its contract has no place for who heard it, and the journal keeps that.
 */
import type { NewDnc } from '../../shared/contract/dnc';
import { dncEntrySchema } from '../../shared/contract/dnc';
import { verbAnswerSchema } from '../../shared/contract/leads';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import { digitsOf } from '../history/fold-text';
import type { Journal } from '../journal/journal';
import type { NeverCall } from '../journal/tables/never-call';
import type { RelayRest, RestRequest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { isOfSameHome, isOwn } from './owner';

/** Between two tries, ms: an outage of the relay is noticed elsewhere, and its end wakes this at once. */
const RETRY_MS = 30_000;

export interface NeverCallsOptions {
  journal: Pick<Journal, 'ask'>;
  rest: RelayRest;
  scheduler: Scheduler;
  newId: () => string;
  /** In whose name `rest` asks, as `mode/agent`; undefined until the relay has said so: nothing goes out before. */
  owner: () => string | undefined;
  /** Local epoch ms as the relay's. */
  relayTime: (local: number) => number;
  changed: () => void;
  failed: (what: string, cause: unknown) => void;
}

/** The lead is not in these hands any more, or gone: its numbers are blocked all the same. */
const LEAD_GONE: readonly RelayReason[] = ['not_held', 'not_found', 'conflict', 'number_held', 'forbidden'];

/** Nothing else would arrive either. */
const UNREACHABLE: readonly RelayReason[] = ['offline', 'no_answer'];

export class NeverCalls {
  #unsent: NeverCall[] = [];
  #running = false;
  #stopped = false;
  #cancel: () => void = () => undefined;

  constructor(private readonly options: NeverCallsOptions) {}

  get unsent(): number {
    return this.#unsent.length;
  }

  /** Takes up what the last run left. */
  async start(): Promise<void> {
    this.#unsent = await this.options.journal.ask('unsentNeverCall');
    this.kick();
  }

  /** Resolves once it is durable; `false` when it could not be kept, and the agent must know. */
  async put(request: Omit<NeverCall, 'id' | 'at'>): Promise<boolean> {
    const { journal, scheduler, newId } = this.options;
    const kept: NeverCall = { ...request, id: newId(), at: scheduler.now() };
    try {
      await journal.ask('putNeverCall', kept, request.phones.map(digitsOf));
    } catch (error) {
      this.options.failed('never_call.put', error);
      return false;
    }
    this.#unsent.push(kept);
    this.options.changed();
    this.kick();
    return true;
  }

  /** There may be something to send, or the relay is back. */
  kick(): void {
    const before = new Set(this.#sendable);
    if (this.#running || this.#stopped || before.size === 0) return;
    this.#cancel();
    this.#running = true;
    // Never rejects: what fails is reported and tried again.
    void this.#drain().then((reached) => {
      this.#running = false;
      if (this.#stopped || this.#sendable.length === 0) return;
      // Said while the others were on their way.
      if (reached && this.#sendable.some((request) => !before.has(request))) this.kick();
      else this.#cancel = this.options.scheduler.after(RETRY_MS, () => this.kick());
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  /** What may go out now. The rest waits until somebody of its kind of relay has signed in, which wakes this. */
  get #sendable(): NeverCall[] {
    return this.#unsent.filter(({ owner }) => isOfSameHome(owner, this.options.owner()));
  }

  /** Sends what there is; one that is refused for itself is no reason to leave the others lying. False: nothing arrives. */
  async #drain(): Promise<boolean> {
    for (const request of this.#sendable) {
      if (this.#stopped) return false;
      const reason = await this.#send(request);
      if (reason === undefined) await this.#settle(request);
      else if (UNREACHABLE.includes(reason)) return false;
    }
    return true;
  }

  async #settle({ id: sent }: NeverCall): Promise<void> {
    try {
      await this.options.journal.ask('settleNeverCall', sent, this.options.scheduler.now());
    } catch (error) {
      // It goes out again after the next start, under the same key.
      this.options.failed('never_call.settle', error);
    }
    this.#unsent = this.#unsent.filter(({ id }) => id !== sent);
    this.options.changed();
  }

  /** Undefined: the relay has it. */
  async #send(request: NeverCall): Promise<RelayReason | undefined> {
    if (!isOwn(request.owner, this.options.owner())) return this.#sendNumbers(request);
    const { id, lead, hold, scope, verbatim } = request;
    const said = verbatim === null ? {} : { verbatim };
    const [phone] = request.phones;
    const reason = await this.#ask(request, {
      ...{ method: 'POST', path: `/v1/leads/${lead}/dnc`, key: id },
      body: { hold, scope, ...said, ...(request.phones.length === 1 ? { phone } : {}) },
      answer: verbAnswerSchema,
    });
    return reason !== undefined && LEAD_GONE.includes(reason) ? this.#sendNumbers(request) : reason;
  }

  /** Without the lead: the numbers themselves. */
  async #sendNumbers(request: NeverCall): Promise<RelayReason | undefined> {
    const { id, phones, scope, seller, verbatim, at } = request;
    let refused: RelayReason | undefined;
    for (const [index, phone] of phones.entries()) {
      const body: NewDnc = {
        ...{ phone, scope, channel: 'call' },
        requested_at: new Date(this.options.relayTime(at)).toISOString(),
        ...(scope === 'seller' && seller !== null ? { seller } : {}),
        ...(verbatim === null ? {} : { verbatim }),
      };
      const reason = await this.#ask(request, {
        ...{ method: 'POST', path: '/v1/dnc', key: `${id}.${index}`, body },
        answer: dncEntrySchema,
      });
      if (reason === undefined) continue;
      if (UNREACHABLE.includes(reason)) return reason;
      refused ??= reason;
    }
    return refused;
  }

  /** Between two of its requests somebody else may have signed in, elsewhere. */
  async #ask<T>({ owner }: NeverCall, request: RestRequest<T>): Promise<RelayReason | undefined> {
    if (!isOfSameHome(owner, this.options.owner())) return 'offline';
    const answer = await this.options.rest.ask(request);
    return answer.ok ? undefined : answer.reason;
  }
}
