/** Plays Salpre calls: initiated, ringing, answered, words as they are recognised, ended. */
import { Casting, chanceOutcome } from '../cast/casting';
import { lengthOf, timed, type Caller } from '../cast/caller';
import { exactlyOk } from '../delivery/endpoint';
import { relaySender, type SendToRelay } from '../delivery/send-to-relay';
import type { Random } from '../random';
import type { CallRequest, EscalateRequest, Outcome, Played, Player, Stage } from '../stage';
import { callEnded, callError, progress, testEvent, transcript, type SalpreCall, type SalpreEvent } from './bodies';

const SECOND_MS = 1_000;
const RING_MS = { low: 4_000, high: 12_000 };
const UNANSWERED_MS = 25_000;
const WITH_PERSON_MS = { low: 40_000, high: 120_000 };
/** A failed delivery is a failed delivery: the document tells of no retries. */
const NO_RETRIES: readonly number[] = [];
const SOURCE = 'salprebox:SALPRE_AABBCCDD';
const AGENT = 5;

export class SalprePlayer implements Player {
  readonly casting: Casting;
  plot: Outcome | undefined;
  /** Newest last. */
  readonly calls = new Map<number, SalpreCall>();
  private readonly send: SendToRelay;

  constructor(
    private readonly stage: Stage,
    header: { name: string; value: string },
  ) {
    this.casting = new Casting(stage, 'salpre');
    this.send = relaySender(stage, {
      platform: 'salpre',
      path: () => '/hooks/salpre',
      headers: (_body, forged) => ({ [header.name]: forged ? 'not the value that was set' : header.value }),
      accepts: exactlyOk,
      retriesMs: NO_RETRIES,
    });
  }

  /** Salpre has no escalation: what pops is an inbound call that rings. */
  escalate(request: EscalateRequest): Played {
    const random = this.casting.stream();
    const call = this.open(random, this.casting.caller(request.caller), { ...request, direction: 'inbound' });
    const at = this.stage.clock.now() - (request.age_s ?? 0) * SECOND_MS;
    this.say(random, call, progress('call_initiated', call, at - SECOND_MS));
    call.status = 'ringing';
    const played = this.say(random, call, progress('call_ringing', call, at), request);
    if (request.follow_up ?? this.stage.config.script === 'floor') this.answer(random, call, 'escalated');
    return played;
  }

  play(request: CallRequest): Played {
    const call = this.dial(this.casting.caller(request.caller), request);
    return { call: `salpre:${call.id}`, event: 'call_initiated' };
  }

  test(): Played {
    const body = testEvent(this.stage.clock.now());
    return this.send(this.casting.stream(), { call: 1, event: body.event_type, body });
  }

  /** Starts one call. `source` and `agent` are what the API was asked for. */
  dial(caller: Caller, request: CallRequest, ours: { source?: string; agent?: number } = {}): SalpreCall {
    const { clock } = this.stage;
    const random = this.casting.stream();
    const chance = chanceOutcome(random);
    const outcome = request.outcome ?? this.plot ?? chance;
    const call = this.open(random, caller, { direction: 'outbound', ...request }, ours);
    this.say(random, call, progress('call_initiated', call, clock.now()));
    clock.after(SECOND_MS, () => {
      if (outcome === 'failed') {
        call.status = 'failed';
        call.endedAt = clock.now();
        this.say(random, call, callError(call, 'SIP 503: the line is not registered', clock.now()));
        return;
      }
      call.status = 'ringing';
      this.say(random, call, progress('call_ringing', call, clock.now()));
      this.answer(random, call, outcome);
    });
    return call;
  }

  private answer(random: Random, call: SalpreCall, outcome: Outcome): void {
    const { clock } = this.stage;
    if (outcome === 'no_answer') {
      clock.after(UNANSWERED_MS, () => this.end(random, call));
      return;
    }
    const withPerson = random.between(WITH_PERSON_MS.low, WITH_PERSON_MS.high);
    clock.after(random.between(RING_MS.low, RING_MS.high), () => {
      call.status = 'answered';
      call.startedAt = clock.now();
      this.say(random, call, progress('call_answered', call, call.startedAt));
      this.converse(random, call, call.startedAt);
      clock.after(lengthOf(call.caller.dialogue) + (outcome === 'escalated' ? withPerson : 0), () =>
        this.end(random, call),
      );
    });
  }

  /** Recognition comes in two goes: half the words while they are said, all of them a moment later. */
  private converse(random: Random, call: SalpreCall, startedAt: number): void {
    const { clock } = this.stage;
    for (const line of timed(call.caller.dialogue)) {
      const words = line.says.split(' ');
      const half = words.slice(0, Math.ceil(words.length / 2)).join(' ');
      const saidAt = startedAt + line.startMs;
      const tell = (afterMs: number, text: string) =>
        clock.after(line.startMs + afterMs, () =>
          this.say(random, call, transcript(call, line, text, saidAt, clock.now())),
        );
      if (words.length > 3) tell(line.durationMs / 2, half);
      tell(line.durationMs, line.says);
    }
  }

  private end(random: Random, call: SalpreCall): void {
    call.status = 'ended';
    call.endedAt = this.stage.clock.now();
    const lines = call.startedAt === undefined ? [] : timed(call.caller.dialogue);
    this.say(random, call, callEnded(call, lines, call.endedAt));
  }

  private open(
    random: Random,
    caller: Caller,
    request: CallRequest,
    ours: { source?: string; agent?: number } = {},
  ): SalpreCall {
    const line = request.transfer_to ?? random.pick(this.stage.config.transfer_to.numbers);
    const inbound = request.direction === 'inbound';
    const call: SalpreCall = {
      // Integers as the platform has them; high enough not to meet the document's examples.
      id: random.between(100_000, 999_999_999),
      caller,
      from: inbound ? caller.phone : line,
      to: inbound ? line : caller.phone,
      direction: inbound ? 'inbound' : 'outbound',
      source: ours.source ?? SOURCE,
      status: 'initiated',
      agent: ours.agent ?? AGENT,
      createdAt: this.stage.clock.now(),
    };
    this.calls.set(call.id, call);
    return call;
  }

  private say(random: Random, call: SalpreCall, body: SalpreEvent, wish: EscalateRequest = {}): Played {
    return this.send(random, { call: call.id, event: body.event_type, body }, wish);
  }
}
