/** Plays Infer calls: every turn as it is said, the transfer, the end and the report. */
import { Casting, chanceOutcome } from '../cast/casting';
import { lengthOf, type Caller, type TimedLine } from '../cast/caller';
import { anySuccess } from '../delivery/endpoint';
import { relaySender, type SendToRelay } from '../delivery/send-to-relay';
import type { Random } from '../random';
import type { CallRequest, EscalateRequest, Outcome, Played, Player, Stage } from '../stage';
import { endCall, endOfCallReport, transferCall, type InferCall, type InferEvent, type Transfer } from './bodies';
import { conversationOf } from './conversation';

const RING_MS = { low: 2_000, high: 7_000 };
const UNANSWERED_MS = 25_000;
const WITH_PERSON_MS = { low: 60_000, high: 180_000 };
/** The report follows the end of the call by as much as its summary takes to write. */
const REPORT_AFTER_MS = 4_000;
/** "not stated" in the documents: the worst reading is that a lost event stays lost. */
const NO_RETRIES: readonly number[] = [];

export class InferPlayer implements Player {
  readonly casting: Casting;
  plot: Outcome | undefined;
  private readonly send: SendToRelay;

  constructor(
    private readonly stage: Stage,
    pathSecret: string,
  ) {
    this.casting = new Casting(stage, 'infer');
    this.send = relaySender(stage, {
      platform: 'infer',
      path: (forged) => `/hooks/infer/${encodeURIComponent(forged ? 'a-path-somebody-guessed-at' : pathSecret)}`,
      headers: () => ({}),
      accepts: anySuccess,
      retriesMs: NO_RETRIES,
    });
  }

  /** Everything said so far, at once, and then the transfer: what a relay hears that listened all along. */
  escalate(request: EscalateRequest): Played {
    const random = this.casting.stream();
    const caller = this.casting.caller(request.caller);
    const at = this.stage.clock.now() - (request.age_s ?? 0) * 1000;
    const call = this.call(random, caller, at - lengthOf(caller.dialogue));
    const { moments, lines } = conversationOf(call, random);
    for (const { atMs, body } of moments) this.say(random, body(call.startedAt + atMs));
    const played = this.transfer(random, call, at, request);
    if (request.follow_up ?? this.stage.config.script === 'floor') this.endLater(random, call, lines);
    return played;
  }

  play(request: CallRequest): Played {
    const call = this.dial(this.casting.caller(request.caller), request);
    return { call: `infer:${call}`, event: 'conversation-update' };
  }

  /** Infer documents no test button: a short call of the test caller's, as its dashboard makes one. */
  test(): Played {
    return this.play({ caller: 'test', outcome: 'completed' });
  }

  /** Starts one call and returns its id. */
  dial(caller: Caller, request: CallRequest = {}): string {
    const random = this.casting.stream();
    const chance = chanceOutcome(random);
    const outcome = request.outcome ?? this.plot ?? chance;
    const call = this.call(random, caller, 0);
    if (outcome === 'no_answer' || outcome === 'failed') {
      this.stage.clock.after(UNANSWERED_MS, () => {
        call.startedAt = this.stage.clock.now();
        this.report(random, call, [], outcome === 'failed' ? 'call-failed' : 'customer-did-not-answer');
      });
      return call.id;
    }
    this.stage.clock.after(random.between(RING_MS.low, RING_MS.high), () => {
      call.startedAt = this.stage.clock.now();
      this.converse(random, call, outcome, request);
    });
    return call.id;
  }

  private converse(random: Random, call: InferCall, outcome: Outcome, request: CallRequest): void {
    const { clock } = this.stage;
    const { moments, lines } = conversationOf(call, random);
    for (const { atMs, body } of moments) clock.after(atMs, () => this.say(random, body(clock.now())));
    clock.after(lengthOf(call.caller.dialogue), () => {
      if (outcome === 'escalated') {
        this.transfer(random, call, clock.now(), request);
        this.endLater(random, call, lines);
      } else {
        this.end(random, call, lines);
      }
    });
  }

  private transfer(random: Random, call: InferCall, at: number, request: EscalateRequest): Played {
    const { numbers, labels } = this.stage.config.transfer_to;
    const type = random.chance(0.5) ? 'warm' : 'cold';
    const [number, label] = [random.pick(numbers), random.pick(labels)];
    const asked = request.transfer_to;
    const transfer: Transfer =
      asked === undefined
        ? { type, to: number, label }
        : asked.startsWith('+')
          ? { type, to: asked }
          : { type, to: 'human-agent', label: asked };
    return this.say(random, transferCall(call, transfer, at), request);
  }

  private endLater(random: Random, call: InferCall, lines: readonly TimedLine[]): void {
    this.stage.clock.after(random.between(WITH_PERSON_MS.low, WITH_PERSON_MS.high), () =>
      this.end(random, call, lines),
    );
  }

  private end(random: Random, call: InferCall, lines: readonly TimedLine[]): void {
    const by = random.chance(0.7) ? 'user' : 'agent';
    this.say(random, endCall(call, by, this.stage.clock.now()));
    this.stage.clock.after(REPORT_AFTER_MS, () =>
      this.report(random, call, lines, by === 'user' ? 'customer-ended-call' : 'agent-ended-call'),
    );
  }

  private report(random: Random, call: InferCall, lines: readonly TimedLine[], reason: string): void {
    const endedAt = this.stage.clock.now() - (lines.length > 0 ? REPORT_AFTER_MS * this.stage.clock.scale : 0);
    const body = endOfCallReport(call, lines, Math.round(endedAt), reason);
    this.send(random, { call: call.id, event: 'end-of-call-report', body });
  }

  private say(random: Random, body: InferEvent, wish: EscalateRequest = {}): Played {
    return this.send(random, { call: body.call_id, event: body.type, body }, wish);
  }

  private call(random: Random, caller: Caller, startedAt: number): InferCall {
    return { id: random.hex(24), caller, startedAt };
  }
}
