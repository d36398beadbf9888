/** How a floor grows: one, two and three relays over one PostgreSQL, beside one relay with its file and the bare floor. */
import { FloorHost, numberOfTeam, teamOf, TEAMS } from '../support/chaos/floor-host';
import { QUEUE, RelayHost } from '../support/chaos/relay-host';
import { ms } from '../support/chaos/stats';
import { QUEUE_NUMBER } from '../support/chaos/webhook';
import { compared } from './compared';
import type { HerdDesk, Style } from './jobs';
import { judged, row, type Bench, type Row } from './measure';

const RELAYS = [1, 2, 3];
const CONNECTIONS = 64;
/** Targeted events per second while latency is measured. */
const RATE = 100;
const WARM_S = 2;
/** How many desks enter at a time. */
const ENTER_WITHIN = 200;
const SETTLE_MS = 3_000;

interface Subject {
  server: string;
  style: Style;
  hosts: RelayHost[];
  desks: HerdDesk[];
  /** Numbers of queues: what goes there is made durable and reaches few desks. */
  queues: string[];
}

const numberOf = (n: number) => `+9190${String(10_000_000 + n)}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const sumOf = (hosts: readonly RelayHost[], of: (host: RelayHost) => number) =>
  hosts.reduce((sum, host) => sum + of(host), 0);

async function growth(bench: Bench, { server, style, hosts, desks, queues }: Subject): Promise<Row[]> {
  const [first] = hosts;
  if (first === undefined) throw new Error('nothing to measure');
  const to = { port: first.port, ports: hosts.map(({ port }) => port), connections: CONNECTIONS };
  const memoryBefore = sumOf(hosts, (host) => host.residentBytes());
  const entering = { kind: 'connect' as const, style, port: first.port, desks, within: ENTER_WITHIN, jitterMs: 0 };
  const entered = await bench.herd.run(entering);
  await wait(SETTLE_MS);
  const perDesk = (sumOf(hosts, (host) => host.residentBytes()) - memoryBefore) / entered.count;

  const numbers = desks.map(({ number }) => number);
  const load = { kind: 'load' as const, ...to, numbers };
  await bench.generator.run({ ...load, prefix: 'warm', rate: RATE, seconds: WARM_S });
  await bench.herd.run({ kind: 'report', expected: RATE * WARM_S });
  const steady = await bench.generator.run({ ...load, prefix: 'to', rate: RATE, seconds: bench.seconds / 3 });
  const arrived = await bench.herd.run({ kind: 'report', expected: steady.posted });
  // Nobody listens: what is measured is how much can be made durable.
  await bench.herd.run({ kind: 'drop' });
  const busyBefore = sumOf(hosts, (host) => host.cpuSeconds());
  const seconds = Math.max(2, bench.seconds / 6);
  const most = await bench.generator.run({ ...load, numbers: queues, prefix: 'most', rate: 'most', seconds });
  const cpu = ((sumOf(hosts, (host) => host.cpuSeconds()) - busyBefore) * 1e6) / most.posted;

  const whole = arrived.count === steady.posted;
  const { times } = arrived;
  const perSecond = Math.round((most.outcomes['200'] ?? 0) / most.took);
  const ours = style === 'relay';
  return [
    row({
      what: `webhook → desk, ${desks.length} desks, ${RATE}/s`,
      server,
      value: `p50 ${ms(times.p50)}, p99 ${ms(times.p99)} (${arrived.count} of ${steady.posted})`,
      aim: ours ? judged('p99 ≤ 50 ms', times.p99 <= 50 && whole) : '',
      raw: { ...arrived },
    }),
    row({
      what: 'memory per idle desk',
      server,
      value: `${(perDesk / 1024).toFixed(1)} KiB`,
      aim: ours ? judged('≤ 20 KB', perDesk <= 20_000) : '',
      raw: { perDesk },
    }),
    row({
      what: 'acknowledged, as fast as it goes',
      server,
      value: `${perSecond}/s, p99 ${ms(most.ack.p99)}, ${Math.round(cpu)} µs CPU of relays each`,
      aim: '',
      raw: { ...most, cpu },
    }),
  ];
}

async function overPostgres(bench: Bench, relays: number): Promise<Row[]> {
  // One database server: what a standby adds depends on the way to it more than on the relay.
  const floor = await FloorHost.start({ relays, synchronous: false, platform: 'http://127.0.0.1:9' });
  try {
    const agents = Array.from({ length: bench.desks }, (_, n) => ({
      id: `a${n}`,
      numbers: [numberOf(n)],
      queues: [teamOf(n)],
    }));
    const tokens = await floor.addAgents(agents);
    const desks = tokens.map((token, n) => ({
      token,
      number: numberOf(n),
      port: floor.relay(Math.floor(n / 2)).host.port,
    }));
    const queues = Array.from({ length: TEAMS }, (_, n) => numberOfTeam(n));
    const hosts = floor.relays.map(({ host }) => host);
    const server = `${relays} ${relays === 1 ? 'relay' : 'relays'}, PostgreSQL`;
    return await growth(bench, { server, style: 'relay', hosts, desks, queues });
  } finally {
    await floor.stop();
  }
}

async function alone(bench: Bench, server: string, style: Style, program?: readonly string[]): Promise<Row[]> {
  const host = await RelayHost.start(program === undefined ? {} : { program });
  try {
    const desks: HerdDesk[] = [];
    for (let n = 0; n < bench.desks; n += 1) {
      const agent = { id: `a${n}`, numbers: [numberOf(n)], queues: [QUEUE] };
      const token = program === undefined ? await host.addAgent(agent) : '';
      desks.push({ token, number: numberOf(n) });
    }
    return await growth(bench, { server, style, hosts: [host], desks, queues: [QUEUE_NUMBER] });
  } finally {
    await host.stop();
  }
}

export async function floorGrowth(bench: Bench): Promise<{ rows: Row[]; problems: string[] }> {
  const rows: Row[] = [];
  for (const relays of RELAYS) rows.push(...(await overPostgres(bench, relays)));
  rows.push(...(await alone(bench, '1 relay, SQLite', 'relay')));
  const bare = compared().find(({ style }) => style === 'bare');
  if (bare !== undefined) rows.push(...(await alone(bench, bare.server, bare.style, bare.program)));
  return { rows, problems: [] };
}
