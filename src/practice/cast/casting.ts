/** Who plays the next call of one platform, and from which stream of chance. */
import type { PlatformName } from '../config';
import type { Random } from '../random';
import type { Outcome, Stage } from '../stage';
import type { Caller } from './caller';
import { CAST, createDeck, memberOf } from './index';

/** Share of dialled calls nobody answers, and of answered ones that end at a person, unless a plot says otherwise. */
const UNANSWERED_SHARE = 0.15;
const ESCALATED_SHARE = 0.65;

export class Casting {
  private readonly deck: () => Caller;
  private readonly strangers: Random;
  private readonly streams: Random;
  private serial = 0;

  constructor(stage: Stage, platform: PlatformName) {
    this.deck = createDeck(stage.random.fork(`${platform} deck`), stage.config.language);
    this.strangers = stage.random.fork(`${platform} strangers`);
    this.streams = stage.random.fork(`${platform} calls`);
  }

  /** Each call draws from a stream of its own, so that calls cannot shift each other. */
  stream(): Random {
    this.serial += 1;
    return this.streams.fork(`${this.serial}`);
  }

  /** The member with this handle, or whoever is next. */
  caller(slug: string | undefined): Caller {
    return slug === undefined ? this.deck() : memberOf(slug);
  }

  /** The member with this number; somebody nobody cast behaves like a member. */
  personAt(phone: string, name?: string): Caller {
    const known = CAST.find((caller) => caller.phone === phone);
    if (known !== undefined) return known;
    const model = this.strangers.pick(CAST);
    return { ...model, slug: 'stranger', phone, name: name ?? 'Unknown', history: [], dnc: false };
  }
}

/** How a dialled call goes when nobody has said. */
export function chanceOutcome(random: Random): Outcome {
  if (random.chance(UNANSWERED_SHARE)) return 'no_answer';
  return random.chance(ESCALATED_SHARE) ? 'escalated' : 'completed';
}
