/** Plays VoiceInfra calls: silence until both have hung up, then one record. */
import { createHmac } from 'node:crypto';
import { Casting, chanceOutcome } from '../cast/casting';
import { lengthOf, type Caller } from '../cast/caller';
import { exactlyOk } from '../delivery/endpoint';
import { relaySender, type SendToRelay } from '../delivery/send-to-relay';
import { NotOnTheFloor, type CallRequest, type Outcome, type Played, type Player, type Stage } from '../stage';

const MINUTE_MS = 60_000;
/** "automatic, exponential": how often and how long is not stated. */
const RETRIES_MS = [1, 2, 4, 8, 16].map((minutes) => minutes * MINUTE_MS);
const RING_MS = { low: 2_000, high: 7_000 };
const UNANSWERED_MS = 25_000;
const VOICEMAIL_MS = 9_000;
/** Time with a person, for calls that ended at one. */
const WITH_PERSON_MS = { low: 60_000, high: 180_000 };
/** "Post-call processing happens in the seconds immediately after hang-up" */
const PROCESSING_MS = { low: 2_000, high: 6_000 };
/** The documents' table has a transcript, their example has none. */
const WITHOUT_TRANSCRIPT = 0.2;

export interface Line {
  /** The number of ours. */
  line: string;
  /** The AI agent's id. */
  agent: string;
}

const utcSeconds = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

export class VoiceInfraPlayer implements Player {
  readonly casting: Casting;
  plot: Outcome | undefined;
  private readonly send: SendToRelay;

  constructor(
    private readonly stage: Stage,
    secret: string | undefined,
  ) {
    this.casting = new Casting(stage, 'voiceinfra');
    const sign = (body: Buffer, key: string) => ({
      'x-voiceinfra-signature': createHmac('sha256', key).update(body).digest('hex'),
    });
    this.send = relaySender(stage, {
      platform: 'voiceinfra',
      path: () => '/hooks/voiceinfra',
      headers: (body, forged) => ({
        'x-voiceinfra-event': 'call.completed',
        ...(forged ? sign(body, 'not the secret of this endpoint') : secret === undefined ? {} : sign(body, secret)),
      }),
      accepts: exactlyOk,
      retriesMs: RETRIES_MS,
    });
  }

  escalate(): Played {
    throw new NotOnTheFloor('VoiceInfra tells of no escalations, only of calls that are over.');
  }

  play(request: CallRequest): Played {
    const caller = this.casting.caller(request.caller);
    const call = this.dial(caller, request, {
      line: request.transfer_to ?? this.stage.config.transfer_to.numbers[0] ?? caller.phone,
      agent: 'agent_reception',
    });
    return { call: `voiceinfra:${call}`, event: 'call.completed' };
  }

  /** The Test button: "a sample payload", of which the documents show one. */
  test(): Played {
    const random = this.casting.stream();
    const body = {
      call_id: 'call_01HXYZ123456',
      event: 'call.completed',
      from_number: '+14155550100',
      to_number: '+18005551234',
      agent_id: 'agent_abc123',
      duration_seconds: 147,
      start_time: '2025-01-15T14:23:00Z',
      end_time: '2025-01-15T14:25:27Z',
      call_outcome: 'answered',
      summary: 'This is a test of your webhook.',
    };
    return this.send(random, { call: body.call_id, event: 'call.completed', body });
  }

  /** Starts one call and returns its id. */
  dial(caller: Caller, request: CallRequest, ours: Line): string {
    const { clock } = this.stage;
    const random = this.casting.stream();
    const chance = chanceOutcome(random);
    const outcome = request.outcome ?? this.plot ?? chance;
    const id = `call_${random.hex(16)}`;
    const talked = outcome === 'escalated' || outcome === 'completed';
    const voicemail = outcome === 'no_answer';
    const withPerson = random.between(WITH_PERSON_MS.low, WITH_PERSON_MS.high);
    const length = talked
      ? lengthOf(caller.dialogue) + (outcome === 'escalated' ? withPerson : 0)
      : voicemail
        ? VOICEMAIL_MS
        : 0;
    const silent = random.chance(WITHOUT_TRANSCRIPT);
    const processing = random.between(PROCESSING_MS.low, PROCESSING_MS.high);
    const ring = talked ? random.between(RING_MS.low, RING_MS.high) : UNANSWERED_MS;
    clock.after(ring, () => {
      const startedAt = clock.now();
      clock.after(length, () => {
        const body = {
          call_id: id,
          event: 'call.completed',
          from_number: request.direction === 'outbound' ? ours.line : caller.phone,
          to_number: request.direction === 'outbound' ? caller.phone : ours.line,
          agent_id: ours.agent,
          duration_seconds: Math.round(length / 1000),
          start_time: utcSeconds(startedAt),
          end_time: utcSeconds(clock.now()),
          ...(talked ? { recording_url: `https://recordings.voiceinfra.example/${id}.mp3` } : {}),
          ...(talked && !silent ? { transcript: transcriptOf(caller) } : {}),
          call_outcome: talked ? 'answered' : voicemail ? 'voicemail' : 'failed',
          ...(talked && caller.summary !== null ? { summary: caller.summary } : {}),
        };
        clock.after(processing, () => this.send(random, { call: id, event: 'call.completed', body }));
      });
    });
    return id;
  }
}

/** "speaker labels (for example, Agent: and Caller:)" */
function transcriptOf(caller: Caller): string {
  return caller.dialogue.map(([who, says]) => `${who === 'ai' ? 'Agent' : 'Caller'}: ${says}`).join('\n');
}
