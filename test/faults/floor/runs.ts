/** Every fault run of a floor by the name it is asked for with `--only`. */
import type { FaultOptions, Verdict } from '../../support/chaos/verdict';
import { clocksDisagree } from './clocks';
import { floorRun, type FloorRun } from './floor-run';
import {
  cutFromDatabase,
  cutFromDesks,
  failOver,
  failOverBehind,
  kill,
  killDatabase,
  loseBoth,
  restartDatabase,
  rollingRestart,
  standStill,
  type Trouble,
} from './troubles';

/** How often each trouble strikes in the long form. */
const LONG_STRIKES = 20;
const EVERY = [kill, standStill, cutFromDatabase, cutFromDesks, restartDatabase, failOver, rollingRestart];

type Run = (options: FaultOptions) => Promise<Verdict>;

/** @param times strikes of the short and of the long form */
function repeated(
  name: string,
  trouble: Trouble,
  more: Partial<FloorRun> = {},
  times = { short: 2, long: LONG_STRIKES },
): Run {
  return (options) => {
    const strikes = Array.from({ length: options.long ? times.long : times.short }, () => trouble);
    return floorRun({ name, strikes, ...more }, options);
  };
}

/** One after the other, each once (several times in the long form). */
function everyTrouble(options: FaultOptions): Promise<Verdict> {
  const rounds = options.long ? 4 : 1;
  const strikes = Array.from({ length: rounds }, () => EVERY).flat();
  return floorRun({ name: 'every trouble in turn', strikes }, options);
}

export const FLOOR_RUNS: Readonly<Record<string, Run>> = {
  'every trouble in turn': everyTrouble,
  'relays are killed': repeated('relays are killed', kill),
  'relays stand still': repeated('relays stand still', standStill),
  'relays and database part': repeated('relays and database part', cutFromDatabase),
  'desks and relays part': repeated('desks and relays part', cutFromDesks),
  'rolling restart': repeated('rolling restart', rollingRestart, {}, { short: 1, long: 5 }),
  'the database restarts': repeated('the database restarts', restartDatabase),
  'failover to a synchronous standby': repeated(
    'failover to a synchronous standby',
    failOver,
    {},
    { short: 1, long: 5 },
  ),
  'the database is killed': repeated('the database is killed', killDatabase, {}, { short: 3, long: 100 }),
  'failover to a standby that lags': repeated(
    'failover to a standby that lags',
    failOverBehind,
    { synchronous: false },
    { short: 1, long: 1 },
  ),
  'the standby is away, then the primary': repeated(
    'the standby is away, then the primary',
    loseBoth,
    {},
    { short: 1, long: 3 },
  ),
  'clocks disagree': clocksDisagree,
};
