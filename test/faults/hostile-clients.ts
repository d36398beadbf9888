/** Two thousand slow clients, gigabyte bodies and endless headers, while the platform goes on posting. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { endlessHeaders, HUGE_BODY_BYTES, hugeBody, SlowClients, type Flood } from '../support/chaos/hostile';
import { openLoop } from '../support/chaos/open-loop';
import { PlatformFake } from '../support/chaos/platform';
import { RelayHost } from '../support/chaos/relay-host';
import { ms, spreadOf, type Spread } from '../support/chaos/stats';
import { verdictOf, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { WebhookPool } from '../support/chaos/webhook-pool';
import { until } from '../support/poll';

const NAME = 'hostile clients';
const MIB = 1024 * 1024;
const GROWTH_BYTES = 100 * MIB;
/** Good traffic per second: what a busy floor sends. */
const RATE = 100;
/** The product's aim for an answer: times below it are no harm done, whatever the baseline was. */
const AIM_MS = 20;
/** The short form runs beside other tests: only a collapse counts there. */
const COLLAPSE_MS = 2_000;
const SIZES = {
  short: { slow: 500, floods: 3, baselineS: 1, attackS: 3, warmS: 0.5, limitMs: COLLAPSE_MS },
  long: { slow: 2_000, floods: 20, baselineS: 10, attackS: 40, warmS: 4, limitMs: AIM_MS },
};
/** How much of a gigabyte may leave the sender: what socket buffers hold, far from the whole. */
const MOST_TAKEN_BYTES = 64 * MIB;

interface Attack {
  connected: number;
  thrownOut: number;
  floods: Flood[];
  good: Spread;
  growth: number;
  /** How late this process's own timers were, ms: what the numbers owe to a busy machine. */
  ownLag: number;
}

export async function hostileClients({ long }: FaultOptions): Promise<Verdict> {
  const sizes = long ? SIZES.long : SIZES.short;
  const host = await RelayHost.start();
  const pool = new WebhookPool({ port: host.port, connections: 20 });
  const platform = new PlatformFake(pool);
  const good = async (name: string, seconds: number) => {
    const { latencies } = await openLoop({ rate: RATE, seconds, send: (n) => platform.post({ id: `${name}${n}` }) });
    return spreadOf(latencies);
  };
  try {
    await good('warm', sizes.warmS);
    const before = await good('before', sizes.baselineS);
    const attack = await attackWith(host, sizes, () => good('during', sizes.attackS));
    const after = await good('after', sizes.baselineS);
    const baseline = Math.max(before.p99, after.p99);
    const problems = [...platform.problems, ...floodProblems(attack.floods)];
    const busy = baseline > (long ? AIM_MS : COLLAPSE_MS / 4);
    if (!busy && attack.good.p99 > Math.max(2 * baseline, sizes.limitMs)) {
      problems.push(`p99 of good webhooks rose from ${ms(baseline)} to ${ms(attack.good.p99)}`);
    }
    if (platform.open.size > 0) problems.push(`${platform.open.size} good webhooks were not accepted`);
    if (attack.growth > GROWTH_BYTES) problems.push(`memory grew by ${Math.round(attack.growth / MIB)} MiB`);
    return verdictOf(NAME, factsOf(attack, baseline, busy), problems);
  } finally {
    pool.close();
    await host.stop();
  }
}

function factsOf(attack: Attack, baseline: number, busy: boolean): Verdict['facts'] {
  return {
    'slow clients': attack.connected,
    'thrown out': attack.thrownOut,
    floods: attack.floods.length,
    'most taken MiB': Number((Math.max(...attack.floods.map(({ sent }) => sent)) / MIB).toFixed(1)),
    'p99 without': ms(baseline),
    'p99 during': ms(attack.good.p99),
    'own lag p99': ms(attack.ownLag),
    'memory growth MiB': Math.round(attack.growth / MIB),
    ...(busy ? { times: 'not judged, the machine was too busy even without the attack' } : {}),
  };
}

async function attackWith(
  host: RelayHost,
  { slow, floods }: { slow: number; floods: number },
  goodTraffic: () => Promise<Spread>,
): Promise<Attack> {
  const before = host.residentBytes();
  let peak = before;
  const lag = monitorEventLoopDelay({ resolution: 5 });
  const clients = new SlowClients(host.port, slow);
  const watch = setInterval(() => (peak = Math.max(peak, host.residentBytes())), 50);
  try {
    await until('the slow clients to be connected', () => clients.connected >= slow * 0.9);
    const { connected } = clients;
    lag.enable();
    const [good, ...ends] = await Promise.all([
      goodTraffic(),
      ...Array.from({ length: floods }, (_, n) => hugeBody(host.port, n, n % 2 === 0)),
      ...Array.from({ length: floods }, (_, n) => endlessHeaders(host.port, n)),
    ]);
    const { thrownOut } = clients;
    return { connected, thrownOut, floods: ends, good, growth: peak - before, ownLag: lag.percentile(99) / 1e6 };
  } finally {
    lag.disable();
    clearInterval(watch);
    clients.stop();
  }
}

function floodProblems(ends: readonly Flood[]): string[] {
  const problems: string[] = [];
  const accepted = ends.filter(({ status }) => status !== undefined && status < 400);
  if (accepted.length > 0) problems.push(`${accepted.length} floods were answered as if they were fine`);
  const taken = Math.max(...ends.map(({ sent }) => sent));
  if (taken > MOST_TAKEN_BYTES) {
    problems.push(`a flood was read on and on: ${Math.round(taken / MIB)} of ${HUGE_BODY_BYTES / MIB} MiB`);
  }
  return problems;
}
