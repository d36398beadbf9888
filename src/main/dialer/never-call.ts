/**
 * "Never call", heard over a lead. Durable here before the agent is told that it holds, blocked on this desk at once, sent
 * on until the relay has it. Nothing here takes one back.
 */
import type { NewDnc } from '../../shared/contract/dnc';
import { dncEntrySchema } from '../../shared/contract/dnc';
import { verbAnswerSchema } from '../../shared/contract/leads';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import { digitsOf } from '../history/fold-text';
import type { Journal } from '../journal/journal';
import type { NeverCall } from '../journal/tables/never-call';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';

/** Between two tries, ms: an outage of the relay is noticed elsewhere, and its end wakes this at once. */
const RETRY_MS = 30_000;

export interface NeverCallsOptions {
  journal: Pick<Journal, 'ask'>;
  rest: RelayRest;
  scheduler: Scheduler;
  newId: () => string;
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
    if (this.#running || this.#stopped) return;
    this.#cancel();
    this.#running = true;
    const before = new Set(this.#unsent);
    // Never rejects: what fails is reported and tried again.
    void this.#drain().then((reached) => {
      this.#running = false;
      if (this.#stopped || this.#unsent.length === 0) return;
      // Said while the others were on their way.
      if (reached && this.#unsent.some((request) => !before.has(request))) this.kick();
      else this.#cancel = this.options.scheduler.after(RETRY_MS, () => this.kick());
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  /** Sends what there is; one that is refused for itself is no reason to leave the others lying. False: nothing arrives. */
  async #drain(): Promise<boolean> {
    for (const request of [...this.#unsent]) {
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
    const { id, lead, hold, scope, verbatim } = request;
    const said = verbatim === null ? {} : { verbatim };
    const [phone] = request.phones;
    const answer = await this.options.rest.ask({
      ...{ method: 'POST', path: `/v1/leads/${lead}/dnc`, key: id },
      body: { hold, scope, ...said, ...(request.phones.length === 1 ? { phone } : {}) },
      answer: verbAnswerSchema,
    });
    if (answer.ok) return undefined;
    return LEAD_GONE.includes(answer.reason) ? this.#sendNumbers(request) : answer.reason;
  }

  /** Without the lead: the numbers themselves. */
  async #sendNumbers({ id, phones, scope, verbatim, at }: NeverCall): Promise<RelayReason | undefined> {
    const { rest, relayTime } = this.options;
    let refused: RelayReason | undefined;
    for (const [index, phone] of phones.entries()) {
      const body: NewDnc = {
        ...{ phone, scope, channel: 'call' },
        requested_at: new Date(relayTime(at)).toISOString(),
        ...(verbatim === null ? {} : { verbatim }),
      };
      const answer = await rest.ask({
        ...{ method: 'POST', path: '/v1/dnc', key: `${id}.${index}`, body },
        answer: dncEntrySchema,
      });
      if (answer.ok) continue;
      if (UNREACHABLE.includes(answer.reason)) return answer.reason;
      refused ??= answer.reason;
    }
    return refused;
  }
}
