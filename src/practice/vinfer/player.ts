/** Plays VInfer calls through time: from dialling to the transcript, through the account's records and the webhooks. */
import { Casting, chanceOutcome } from '../cast/casting';
import { lengthOf, type Caller } from '../cast/caller';
import { CAMPAIGNS } from '../cast/campaigns';
import type { Random } from '../random';
import type { CallRequest, EscalateRequest, Outcome, Played, Player, Stage } from '../stage';
import type { VinferAccount, VinferCall } from './account';
import {
  completedBody,
  completedFlatBody,
  dispositionBody,
  escalatedBody,
  indianTime,
  transcriptionBody,
  type Envelope,
} from './bodies';
import type { VinferPublisher } from './publisher';
import type { Wish } from '../delivery/dispatch';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** How long a person keeps a transferred caller, floor's milliseconds. */
const WITH_PERSON_MS = { low: 70_000, high: 200_000 };
/** "A few minutes after call.completed" */
const TRANSCRIPTION_MS = { low: 60_000, high: 150_000 };
const RING_MS = { low: 2_000, high: 7_000 };
const UNANSWERED_MS = 25_000;
/** Share of calls that come in the CRM guide's flat shape. */
const FLAT_SHARE = 0.3;

export class VinferPlayer implements Player {
  readonly casting: Casting;
  /** Fixes how calls started through the REST API go, for tests; undefined leaves it to the seed. */
  plot: Outcome | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly account: VinferAccount,
    private readonly publisher: VinferPublisher,
  ) {
    this.casting = new Casting(stage, 'vinfer');
  }

  escalate(request: EscalateRequest): Played {
    const random = this.casting.stream();
    const caller = this.casting.caller(request.caller);
    const at = this.stage.clock.now() - (request.age_s ?? 0) * SECOND_MS;
    const call = this.account.add(random, {
      caller,
      campaign: caller.campaign,
      status: 'in_progress',
      escalated: false,
      startedAt: at - lengthOf(caller.dialogue),
    });
    const event = this.sayEscalated(random, call, at, request);
    if (request.follow_up ?? this.stage.config.script === 'floor')
      this.later(random, WITH_PERSON_MS, () => this.complete(random, call));
    return event;
  }

  play(request: CallRequest): Played {
    const caller = this.casting.caller(request.caller);
    const call = this.dial({ caller, campaign: caller.campaign }, request);
    return { call: `vinfer:${call.id}`, event: 'call.completed' };
  }

  /** The document has no test button for this event; a test campaign's caller stands in. */
  test(): Played {
    return this.escalate({ caller: 'test', follow_up: false });
  }

  /** Starts one call, as a campaign or `POST /v1/calls` does. */
  dial(
    call: { caller: Caller; campaign: string } & Partial<Pick<VinferCall, 'name' | 'language' | 'fields'>>,
    request: CallRequest = {},
  ): VinferCall {
    const random = this.casting.stream();
    const record = this.account.add(random, { ...call, status: 'queued', escalated: false });
    // Drawn even when it is not used, so that a plot changes nothing but the outcome.
    const chance = chanceOutcome(random);
    const outcome = request.outcome ?? this.plot ?? chance;
    this.stage.clock.after(SECOND_MS, () => {
      record.status = 'ringing';
      if (outcome === 'no_answer' || outcome === 'failed') {
        this.stage.clock.after(UNANSWERED_MS, () => this.complete(random, record, 'not_reachable'));
        return;
      }
      this.later(random, RING_MS, () => this.talk(random, record, outcome, request));
    });
    return record;
  }

  /** Someone set a disposition through the API: the platform tells its subscribers. */
  sayDisposition(call: VinferCall): void {
    const random = this.casting.stream();
    this.publish(random, call, 'call.disposition_set', (envelope) => dispositionBody(envelope, call));
  }

  private talk(random: Random, call: VinferCall, outcome: Outcome, request: CallRequest): void {
    call.status = 'in_progress';
    call.startedAt = this.stage.clock.now();
    this.stage.clock.after(lengthOf(call.caller.dialogue), () => {
      if (outcome !== 'escalated') {
        this.complete(random, call);
        return;
      }
      this.sayEscalated(random, call, this.stage.clock.now(), request);
      this.later(random, WITH_PERSON_MS, () => this.complete(random, call));
    });
  }

  private sayEscalated(random: Random, call: VinferCall, at: number, request: EscalateRequest): Played {
    call.escalated = true;
    const transferTo = request.transfer_to ?? random.pick(this.stage.config.transfer_to.numbers);
    const summary = request.summary === undefined ? call.caller.summary : request.summary;
    const { trigger } = call.caller;
    return this.publish(
      random,
      call,
      'call.escalated',
      (envelope) => escalatedBody(envelope, call, { trigger, transferTo, summary }),
      at,
      request,
    );
  }

  private complete(random: Random, call: VinferCall, disposition = call.caller.disposition): void {
    const { clock } = this.stage;
    const talked = call.startedAt !== undefined;
    call.status = 'completed';
    call.endedAt = clock.now();
    // A person may have set one meanwhile: theirs stands.
    call.disposition ??= disposition;
    if (call.disposition === 'callback_requested' && call.caller.callbackInHours !== undefined) {
      call.callbackTime ??= indianTime(call.endedAt + call.caller.callbackInHours * HOUR_MS);
    }
    if (talked && call.caller.summary !== null) call.summary = call.caller.summary;
    const flat = random.chance(FLAT_SHARE);
    this.publish(random, call, 'call.completed', (envelope) =>
      flat ? completedFlatBody(envelope, call, this.base()) : completedBody(envelope, call),
    );
    this.later(random, { low: 3_000, high: 8_000 }, () => {
      this.publish(random, call, 'call.disposition_set', (envelope) => dispositionBody(envelope, call));
    });
    if (!talked) return;
    this.later(random, TRANSCRIPTION_MS, () => {
      call.transcribed = true;
      this.publish(random, call, 'call.transcription_ready', (envelope) =>
        transcriptionBody(envelope, call, this.base()),
      );
    });
  }

  private publish(
    random: Random,
    call: VinferCall,
    event: string,
    body: (envelope: Envelope) => Record<string, unknown>,
    at = this.stage.clock.now(),
    wish: Wish = {},
  ): Played {
    const eventId = `evt_${random.hex(12)}`;
    const name = `vinfer:${call.id}`;
    this.publisher.publish(random, { call: name, event, eventId, body: body({ event, eventId, at }) }, wish);
    return { call: name, event: eventId };
  }

  private later(random: Random, wait: { low: number; high: number }, run: () => void): void {
    this.stage.clock.after(random.between(wait.low, wait.high), run);
  }

  private base(): string {
    return `${this.stage.self()}/vinfer`;
  }
}

/** Campaign that calls started one at a time belong to, when the request names none. */
export const DEFAULT_CAMPAIGN = CAMPAIGNS[0]?.id ?? 'cmp_none';
