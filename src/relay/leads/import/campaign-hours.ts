/**
 * When a campaign may run. Its platform dials everybody it was given without asking again, so it runs while the hours of all
 * their places are open, and not in the last minute of any of them.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { CampaignTarget } from '../../../shared/contract/lead-imports';
import type { DialPurpose } from '../../../shared/contract/dialling-policies';
import type { Clock } from '../../clock';
import type { Places } from '../../dialling/places';
import { Problem } from '../../gateway/http/problem';
import type { JudgeLane } from '../hours';
import type { ContactRules, OpenContactRules } from './contact-rules';

/** Places that are never awake at the same time are given up after so many tries: a week of days, each with its night. */
const MAX_ROUNDS = 14;
/** A place counts as closed so long before it closes: what a platform is told at that moment, it does a little later. */
const CLOSING_MARGIN_MS = 60_000;
/** Between two looks for a closing: no place closes for less than that. */
const LOOK_STEP_MS = 30 * 60_000;
/** How far a closing is looked for. */
const LOOK_AHEAD_MS = 24 * 3600_000;
/** How exactly it is found; well within the margin. */
const CLOSING_WITHIN_MS = 1_000;
/** The rules are asked anew for the time that was found; what they say by then may need another. */
const MAX_LOOKS = 3;

/** What is known of a campaign's people: what it is about, and the places (JSON) they could be in. */
interface CampaignPlaces {
  purpose: DialPurpose;
  places: readonly string[];
}

type CommonStart = (campaign: CampaignPlaces, from: number) => number | null;

/** The first instant from `from` on at which the hours are open in every place at once; null: there is none. */
export function commonStart(judge: JudgeLane): CommonStart {
  return ({ purpose, places }, from) => {
    const lanes = places.map((text) => JSON.parse(text) as Places);
    let at = from;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      let opens = at;
      for (const lane of lanes) {
        const closed = [at, at + CLOSING_MARGIN_MS]
          .map((then) => judge({ purpose, kind: 'ai_voice' }, lane, then))
          .find(({ verdict }) => verdict === 'blocked');
        if (closed === undefined) continue;
        if (closed.next === null) return null;
        opens = Math.max(opens, Date.parse(closed.next.at));
      }
      if (opens === at) return at;
      at = opens;
    }
    return null;
  };
}

type CommonEnd = (campaign: CampaignPlaces, from: number) => Promise<number>;

/**
 * The instant at which the first of the places closes, for a campaign that may run at `from`; while none does within a day, the
 * time at which to look again. Asks what decides the start, and lets others have their turn: it asks many times.
 */
export function commonEnd(common: CommonStart): CommonEnd {
  return async (campaign, from) => {
    const isOpen = async (at: number) => {
      await breathe();
      return common(campaign, at) === at;
    };
    let open = from;
    let closed = from + LOOK_STEP_MS;
    while (closed <= from + LOOK_AHEAD_MS && (await isOpen(closed))) {
      open = closed;
      closed += LOOK_STEP_MS;
    }
    if (closed > from + LOOK_AHEAD_MS) return from + LOOK_AHEAD_MS;
    while (closed - open > CLOSING_WITHIN_MS) {
      const middle = Math.floor((open + closed) / 2);
      if (await isOpen(middle)) open = middle;
      else closed = middle;
    }
    return closed;
  };
}

/** A campaign that may not run at that time. @param next epoch ms; null: at no time for everybody */
export function wrongHour(next: number | null): Problem {
  const at = next === null ? null : new Date(next).toISOString();
  const detail =
    at === null
      ? 'There is no hour at which everybody in this campaign may be called; make one per time zone'
      : `Not everybody in this campaign may be called then; the next time at which all may be is ${at}`;
  return new Problem('dial_blocked', detail, { members: { next_at: at } });
}

interface Begun<T> {
  read: T;
  places: readonly string[];
  /** ISO 8601, where it is not what was asked for. */
  movedTo?: string;
}

export interface BeginDeps {
  rules: OpenContactRules;
  common: CommonStart;
  closes: CommonEnd;
  clock: Clock;
}

/**
 * Asks the rules for the time at which the campaign is to begin, or else for the next at which all may be called.
 * @param read goes through the contacts with these rules, from the beginning
 * @throws Problem `dial_blocked` when there is no such time
 */
export async function beginLawfully<T>(
  { rules, common, clock }: Pick<BeginDeps, 'rules' | 'common' | 'clock'>,
  target: CampaignTarget,
  read: (asked: ContactRules) => Promise<T>,
): Promise<Begun<T>> {
  let start = target.start;
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const asked = rules({ ...target, start });
    const result = await read(asked);
    const places = [...asked.places];
    const from = Math.max(clock.now(), start === null ? 0 : Date.parse(start));
    const at = common({ purpose: target.purpose, places }, from);
    if (at === null) throw wrongHour(null);
    if (at === from) {
      return { read: result, places, ...(start === null || start === target.start ? {} : { movedTo: start }) };
    }
    start = new Date(at).toISOString();
  }
  throw wrongHour(start === null ? null : Date.parse(start));
}
