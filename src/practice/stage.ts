/** What every simulated platform is given to play with. */
import type { Clock } from './clock';
import type { Mischief, PracticeConfig } from './config';
import type { Courier } from './delivery/courier';
import type { Random } from './random';

export interface Stage {
  config: PracticeConfig;
  clock: Clock;
  /** Root of the seeded streams: fork it, never draw from it. */
  random: Random;
  courier: Courier;
  /** Changes while the floor runs: read it each time. */
  mischief: Mischief;
  /** The relay's address now; undefined while it is not known. */
  relay: () => string | undefined;
  /** This floor's own address, such as `http://127.0.0.1:4790`, once it listens. */
  self: () => string;
}

/** What may be asked of one escalation. Absent means: as the seed has it. */
export interface EscalateRequest {
  /** A caller's slug. */
  caller?: string | undefined;
  /** How long ago it happened, in seconds: webhooks that were held up somewhere. */
  age_s?: number | undefined;
  /** Null: the platform failed to write one. */
  summary?: string | null | undefined;
  duplicate?: boolean | undefined;
  wrong_signature?: boolean | undefined;
  /** A number or a label, as the platform speaks of it. */
  transfer_to?: string | undefined;
  /** Whether the call goes on and ends as calls do, instead of staying as it is. */
  follow_up?: boolean | undefined;
}

/** What may be asked of one whole call. */
export interface CallRequest {
  caller?: string | undefined;
  outcome?: Outcome | undefined;
  transfer_to?: string | undefined;
  /** Salpre and VoiceInfra tell calls that came in from calls that went out. */
  direction?: 'inbound' | 'outbound' | undefined;
}

/** How a played call goes: `escalated` ends at a person, `completed` with the AI, the others before anybody talks. */
export type Outcome = 'escalated' | 'completed' | 'no_answer' | 'failed';

/** A call the floor has begun to play. */
export interface Played {
  /** `<platform>:<call id>` */
  call: string;
  /** The platform's event id where it has one, else the event's name. */
  event: string;
}

/** One simulated platform, as the script and the control API command it. */
export interface Player {
  /** Fixes how calls started through this platform's API go; undefined leaves it to the seed. */
  plot: Outcome | undefined;
  /** One caller escalates now: the event of this platform that pops. */
  escalate(request: EscalateRequest): Played;
  /** A whole call from ringing to its end, through everything this platform tells of it. */
  play(request: CallRequest): Played;
  /** The dashboard's test button. */
  test(): Played;
}

/** A command that names a platform or caller this floor does not have. */
export class NotOnTheFloor extends Error {
  override readonly name = 'NotOnTheFloor';
}
