/**
 * How fast webhooks are acknowledged, in two phases: load, then every single event is asked for again (the shape of
 * Hookdeck Outpost's load test). A server that keeps nothing can only do the first.
 */
import { DeskProbe, readWholeLog } from '../support/chaos/desk-probe';
import { RelayHost, type HostOptions } from '../support/chaos/relay-host';
import { ms } from '../support/chaos/stats';
import { slowFsync, straceMissing } from '../support/chaos/strace';
import { eventIdOf, QUEUE_NUMBER } from '../support/chaos/webhook';
import { compared } from './compared';
import type { LoadResult } from './jobs';
import { judged, row, type Bench, type Row } from './measure';

const CONNECTIONS = 64;
const STEADY_RATE = 1_000;
const HIGH_RATE = 5_000;
const SLOW_DISK_MS = 20;

interface Phase {
  name: string;
  rate: number | 'most';
  /** Share of the bench's seconds. */
  share: number;
}
const WARM: Phase = { name: 'warm', rate: STEADY_RATE, share: 0.1 };
const STEADY: Phase = { name: 'steady', rate: STEADY_RATE, share: 1 };
const HIGH: Phase = { name: 'high', rate: HIGH_RATE, share: 1 / 6 };
const MOST: Phase = { name: 'most', rate: 'most', share: 1 / 6 };

const timesOf = ({ ack }: LoadResult) => `p50 ${ms(ack.p50)}, p99 ${ms(ack.p99)}, p99.9 ${ms(ack.p999)}`;
const perSecond = ({ outcomes, took }: LoadResult) => Math.round((outcomes['200'] ?? 0) / took);

/** @param cpu processor time of the server per webhook, µs: comparable whatever else the machine does */
function rowOf(server: string, { name, rate }: Phase, result: LoadResult, cpu: number): Row {
  const { ack, outcomes } = result;
  const all = outcomes['200'] === result.posted;
  const raw = { ...result, cpu };
  const cost = `${Math.round(cpu)} µs CPU each`;
  if (rate === 'most') {
    const value = `${perSecond(result)}/s, ${timesOf(result)}, ${cost}`;
    return row({ what: 'acknowledged, as fast as it goes', server, value, aim: 'as many as possible', raw });
  }
  const met = all && (name === 'steady' ? ack.p99 <= 20 && ack.p999 <= 100 : ack.p99 <= 100);
  const aim = name === 'steady' ? 'p99 ≤ 20 ms, p99.9 ≤ 100 ms' : 'sustained';
  const others = all ? '' : ` ${JSON.stringify(outcomes)}`;
  return row({
    what: `acknowledged at ${rate}/s`,
    server,
    value: `${perSecond(result)}/s, ${timesOf(result)}, ${cost}${others}`,
    aim: server.startsWith('relay') ? judged(aim, met) : '',
    raw,
  });
}

async function phases(bench: Bench, server: string, options: HostOptions, plan: readonly Phase[]) {
  const host = await RelayHost.start(options);
  const rows: Row[] = [];
  const problems: string[] = [];
  try {
    const keeps = options.program === undefined;
    const desk = keeps && {
      port: host.port,
      token: await host.addAgent({ id: 'o', role: 'supervisor' }),
      instance: 'o',
    };
    let posted = 0;
    let accepted = 0;
    for (const phase of [WARM, ...plan]) {
      const { rate, share, name } = phase;
      const seconds = Math.max(1, bench.seconds * share);
      const job = { kind: 'load' as const, port: host.port, connections: CONNECTIONS, seconds, rate };
      const busyBefore = host.cpuSeconds();
      const result = await bench.generator.run({ ...job, prefix: `${name}_`, numbers: [QUEUE_NUMBER] });
      const cpu = ((host.cpuSeconds() - busyBefore) * 1e6) / result.posted;
      posted += result.posted;
      accepted += result.outcomes['200'] ?? 0;
      if (phase !== WARM) rows.push(rowOf(server, phase, result, cpu));
    }
    if (desk) {
      if (options.wrap !== undefined) rows.push(await loopDelay(host, server));
      const verified = await verify(server, desk, posted, accepted);
      rows.push(verified.row);
      problems.push(...verified.problems);
    }
  } finally {
    await host.stop();
  }
  return { rows, problems };
}

async function loopDelay(host: RelayHost, server: string): Promise<Row> {
  const delay = (await host.metric('nodejs_eventloop_lag_p99_seconds')) * 1000;
  const aim = judged('≤ 50 ms', delay <= 50);
  return row({ what: 'event loop delay p99', server, value: ms(delay), aim, raw: { delay } });
}

/** Phase two: reads the whole log as a desk does, and misses nobody. */
async function verify(
  server: string,
  desk: { port: number; token: string; instance: string },
  posted: number,
  accepted: number,
) {
  // A desk without a cursor is told the epoch; the calls' snapshot that comes with it is not measured.
  const epoch = await epochOf(desk);
  const started = performance.now();
  const log = await readWholeLog(desk, epoch);
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(log.seen.length / seconds);
  const ids = new Set(log.seen.map(({ id }) => id));
  const problems = [...log.problems];
  if (ids.size !== log.seen.length) problems.push(`${log.seen.length - ids.size} events were kept twice`);
  if (ids.size < accepted) problems.push(`${accepted - ids.size} acknowledged events are missing`);
  if (ids.size > posted) problems.push('more events were kept than posted');
  if (!ids.has(eventIdOf('warm_0'))) problems.push('the first event is missing');
  const value = `${rate} events/s (${log.seen.length} events, every one verified)`;
  const aim = judged('≥ 20,000/s', rate >= 20_000);
  const verified = row({ what: 'resume from the beginning', server, value, aim, raw: { rate, seconds } });
  return { row: verified, problems };
}

async function epochOf(desk: { port: number; token: string; instance: string }): Promise<string> {
  const probe = new DeskProbe(desk);
  const { epoch } = await probe.connect();
  probe.drop();
  return epoch;
}

export async function acknowledgements(bench: Bench) {
  const results = [await phases(bench, 'relay', {}, [STEADY, HIGH, MOST])];
  if (straceMissing() === undefined) {
    const slow = { wrap: slowFsync(SLOW_DISK_MS) };
    const name = `relay, fsync +${SLOW_DISK_MS} ms`;
    results.push(await phases(bench, name, slow, [{ ...STEADY, share: 1 / 3 }, MOST]));
  }
  for (const { server, program } of compared()) {
    results.push(await phases(bench, server, { program }, [{ ...STEADY, share: 1 / 3 }, MOST]));
  }
  return { rows: results.flatMap(({ rows }) => rows), problems: results.flatMap(({ problems }) => problems) };
}
