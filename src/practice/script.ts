/** The `floor` script: a steady, believable stream of callers, and now and then a bad day for a platform. */
import type { PlatformName } from './config';
import type { Random } from './random';
import type { Player, Stage } from './stage';

/** A new agent should not wait for the first caller, and has time to look around before the second. */
const FIRST_MS = 4_000;
const NEXT_MS = { low: 45_000, high: 60_000 };
/** After this many callers the floor gets livelier. */
const WARM_UP = 6;
const LATER_MS = { low: 30_000, high: 75_000 };
/** Share of the callers each platform brings: VInfer's summaries are what a new agent should meet first. */
const SHARES: Record<PlatformName, number> = { vinfer: 6, infer: 2, salpre: 1, voiceinfra: 1 };
const ONLY_SUMMARIES_FIRST = 2;
const BAD_DAY_MS = { low: 15_000, high: 40_000 };

export interface Trouble {
  throttle(platform: PlatformName, nominalMs: number): void;
  outage(platform: PlatformName, nominalMs: number): void;
}

/** Runs for as long as the clock does. */
export function playFloor(stage: Stage, players: ReadonlyMap<PlatformName, Player>, trouble: Trouble): void {
  const random = stage.random.fork('script');
  const choose = weighted(random, [...players.keys()]);
  let turns = 0;
  const beat = () => {
    const platform = turns < ONLY_SUMMARIES_FIRST && players.has('vinfer') ? 'vinfer' : choose();
    turns += 1;
    const player = players.get(platform);
    // VInfer's callers arrive mid-sentence, as its webhook does; the others can be heard from the first ring on.
    if (platform === 'vinfer') player?.escalate({});
    else player?.play({ direction: 'inbound' });
    makeTrouble(stage, random, [...players], trouble);
    const wait = turns < WARM_UP ? NEXT_MS : LATER_MS;
    stage.clock.after(random.between(wait.low, wait.high), beat);
  };
  stage.clock.after(FIRST_MS, beat);
}

function makeTrouble(
  stage: Stage,
  random: Random,
  players: readonly (readonly [PlatformName, Player])[],
  trouble: Trouble,
): void {
  const { throttles, outages, test_events } = stage.mischief;
  const [platform] = random.pick(players);
  const length = random.between(BAD_DAY_MS.low, BAD_DAY_MS.high);
  if (random.chance(throttles)) trouble.throttle(platform, length);
  if (random.chance(outages)) trouble.outage(platform, length);
  // Only these two document a test button; a test call of the others would ring like a real one.
  if (random.chance(test_events)) players.find(([name]) => name === 'salpre' || name === 'voiceinfra')?.[1].test();
}

function weighted(random: Random, platforms: readonly PlatformName[]): () => PlatformName {
  const tickets = platforms.flatMap((platform) => Array.from({ length: SHARES[platform] }, () => platform));
  return () => random.pick(tickets);
}
