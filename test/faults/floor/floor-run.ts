/**
 * A floor at work: platforms post, desks follow, agents race for calls and start others, while the floor is struck. In the
 * end nothing acknowledged is lost, every desk has seen exactly the log, no call had two winners, no key rang twice.
 */
import type { DeskPosition } from '../../../src/shared/contract/desk-protocol';
import { chase, type Race } from '../../support/chaos/claim-race';
import { DeskProbe, readWholeLog, type ProbeOptions, type SeenEvent } from '../../support/chaos/desk-probe';
import { dice, type Dice } from '../../support/chaos/dice';
import { FloorHost, teamOf, TEAMS } from '../../support/chaos/floor-host';
import { verdictOf, type FaultOptions, type Verdict } from '../../support/chaos/verdict';
import { until } from '../../support/poll';
import { FloorLoad, teamOfCall } from './load';
import { FloorStarts } from './starts';
import type { Trouble } from './troubles';
import { logClaimProblems, raceProblems, viewProblems } from './views';

const RELAYS = 3;
const SIZES = {
  short: { desks: 60, rate: 40 },
  long: { desks: 500, rate: 80 },
};
/** Agents that start calls, up to the limit of each. They have no desk. */
const STARTERS = 6;
/** Agents of one team who race for the same calls. */
const RACERS = 4;
const CALLS_PER_RACE = 4;
/** A desk takes a relay for dead that has not answered for this long, and goes to the next. */
const DEAD_AFTER_MS = 2_000;
const DESK_PAUSE_MS = 100;
/** How long a floor works undisturbed before the first strike and after each. */
const CALM_MS = 500;
const SETTLED_WITHIN_MS = 90_000;
/** One impossible history is enough to read. */
const SHOWN = 6;

export interface FloorRun {
  name: string;
  strikes: readonly Trouble[];
  /** Every commit waits for the standby (default). */
  synchronous?: boolean;
  /** Added to the environment of the n-th relay. */
  env?: (relay: number) => Readonly<Record<string, string>>;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Desk {
  id: string;
  team: number;
  probe: DeskProbe;
}

/** Desks of a floor, each beginning with another relay, all from the same place of the log. */
async function openDesks(floor: FloorHost, count: number, { epoch, offset }: DeskPosition): Promise<Desk[]> {
  const ids = Array.from({ length: count }, (_, n) => `a${n}`);
  const tokens = await floor.addAgents(ids.map((id, n) => ({ id, queues: [teamOf(n)] })));
  return ids.map((id, n) => {
    const options = { port: floor.portsFrom(n), token: tokens[n] ?? '', instance: id };
    const alive = { liveness: 'ping' as const, answerWithinMs: DEAD_AFTER_MS, mayRenew: true };
    return { id, team: n % TEAMS, probe: new DeskProbe({ ...options, ...alive }, { epoch, offset }) };
  });
}

/** Races for calls of one team after the other until stopped. */
async function races(race: Race, desks: readonly Desk[], load: FloorLoad, going: () => boolean): Promise<void> {
  for (let round = 0; going(); round += 1) {
    const team = round % TEAMS;
    const racers = desks.filter((desk) => desk.team === team).slice(0, RACERS);
    const posted = await Promise.all(Array.from({ length: CALLS_PER_RACE }, () => load.post(team)));
    const calls = posted.filter(({ accepted }) => accepted).map(({ call }) => call);
    await Promise.all(racers.map(({ probe, id }) => chase(race, probe, id, calls)));
    await wait(CALM_MS / 2);
  }
}

const isMine = (team: number) => (event: SeenEvent) => teamOfCall(event.call ?? '') === team;

/** Everything that is going on at a floor. */
interface Scene {
  floor: FloorHost;
  load: FloorLoad;
  starts: FloorStarts;
  race: Race;
  desks: Desk[];
  watch: ProbeOptions;
  /** Where the log stood when the desks came. */
  from: number;
}

async function setTheScene(
  floor: FloorHost,
  starts: FloorStarts,
  random: Dice,
  size: typeof SIZES.short,
  desks: Desk[],
): Promise<Scene> {
  const starters = Array.from({ length: STARTERS }, (_, n) => `starter${n}`);
  const agents = [{ id: 'watch', role: 'supervisor' as const }, ...starters.map((id) => ({ id }))];
  const [watching = '', ...starting] = await floor.addAgents(agents);
  const watch = { port: floor.portsFrom(0), token: watching, instance: 'watch' };
  const first = new DeskProbe(watch);
  const position = await first.connect();
  first.drop();
  const load = new FloorLoad(floor, random);
  const race: Race = { random, histories: new Map(), commands: 0, unanswered: 0 };
  desks.push(...(await openDesks(floor, size.desks, position)));
  for (const { probe } of desks) probe.follow(DESK_PAUSE_MS);
  await until('all desks to be connected', () => desks.every(({ probe }) => probe.connected), SETTLED_WITHIN_MS);
  load.start(size.rate);
  starts.start(floor, starting);
  return { floor, load, starts, race, desks, watch, from: position.offset };
}

/** Returns how long every relay took to be ready again after a strike was over, at most, s. */
async function strikeAll(
  { floor, load, race, desks }: Scene,
  strikes: readonly Trouble[],
  random: Dice,
): Promise<number> {
  let over = false;
  let slowest = 0;
  const racing = races(race, desks, load, () => !over);
  // Awaited below; a rejection meanwhile must not end the process.
  racing.catch(() => undefined);
  for (const strike of strikes) {
    await wait(CALM_MS);
    await strike(floor, random);
    const struck = performance.now();
    await floor.whole();
    slowest = Math.max(slowest, performance.now() - struck);
  }
  await wait(CALM_MS);
  over = true;
  await racing;
  return Number((slowest / 1000).toFixed(1));
}

/** Lets everything come to rest, reads the log as a supervisor does, and holds all that was seen against it. */
async function judge({ floor, load, starts, race, desks, watch, from }: Scene, synchronous: boolean) {
  // What is lost with an asynchronous standby cannot be held against those who were told of it.
  const lossy = !synchronous;
  await starts.finish();
  await load.finish();
  const { epoch } = await new DeskProbe(watch).connect();
  const log = await readWholeLog(watch, epoch);
  const head = log.position?.offset ?? 0;
  const problems = [...log.problems];
  const teams = Array.from({ length: TEAMS }, (_, n) => log.seen.filter(isMine(n)));
  for (const { id, team, probe } of desks) {
    const mine = teams[team] ?? [];
    const last = mine.at(-1)?.offset ?? 0;
    const there = () => probe.position?.epoch === epoch && probe.position.offset >= last;
    await until(`${id} to have seen everything`, there, SETTLED_WITHIN_MS);
    const broken = viewProblems(mine, probe, { from, head, lossy });
    if (lossy && probe.renewals.length === 0) broken.push('was not told that the log is another one');
    problems.push(...[...probe.problems, ...broken].map((why) => `${id}: ${why}`));
  }
  const delivered = load.check(log.seen, floor.database.behindSince);
  const started = starts.check();
  problems.push(...delivered.problems, ...logClaimProblems(log.seen));
  if (!lossy) problems.push(...started.problems, ...raceProblems(race.histories, log.seen));
  const sum = (of: (probe: DeskProbe) => number) => desks.reduce((all, { probe }) => all + of(probe), 0);
  const seen = {
    'seen by desks': sum((probe) => probe.seen.length),
    sessions: sum((probe) => probe.sessions),
    'begun again': sum((probe) => probe.renewals.length),
  };
  const raced = { races: race.histories.size, unanswered: race.unanswered };
  const facts = { desks: desks.length, ...delivered.facts, ...seen, ...raced, ...started.facts };
  return { facts, problems };
}

export async function floorRun(run: FloorRun, { seed, long }: FaultOptions): Promise<Verdict> {
  const { name, strikes, synchronous = true, env } = run;
  const random = dice(seed);
  const starts = await FloorStarts.open(random);
  const options = { relays: RELAYS, synchronous, platform: starts.stub.base, ...(env === undefined ? {} : { env }) };
  let floor: FloorHost | undefined;
  const desks: Desk[] = [];
  let scene: Scene | undefined;
  try {
    floor = await FloorHost.start(options);
    scene = await setTheScene(floor, starts, random, long ? SIZES.long : SIZES.short, desks);
    const slowest = await strikeAll(scene, strikes, random);
    const { facts, problems } = await judge(scene, synchronous);
    return verdictOf(
      name,
      { relays: RELAYS, strikes: strikes.length, 'ready again within s': slowest, ...facts },
      problems.slice(0, SHOWN),
    );
  } finally {
    scene?.load.close();
    await starts.stop();
    await Promise.all(desks.map(({ probe }) => probe.stop()));
    await floor?.stop();
  }
}
