/** How fast events reach desks, what an idle desk costs, and how thousands of them come back at once. */
import { QUEUE, RelayHost, type HostOptions } from '../support/chaos/relay-host';
import { ms } from '../support/chaos/stats';
import { QUEUE_NUMBER } from '../support/chaos/webhook';
import { compared } from './compared';
import type { HerdDesk, HerdResult, Style } from './jobs';
import { judged, row, type Bench, type Row } from './measure';

/** Desks and targeted events per second of the latency measurement. */
const TARGETED = { desks: 1_000, rate: 100 };
const BROADCASTS = { count: 20, rate: 2 };
/** Events that a storm of returning desks is owed. */
const MISSED = 20;
/** A desk's first reconnect waits up to half a second, at random (the protocol's full jitter). */
const JITTER_MS = 500;
/** How many desks enter at a time while a measurement is being set up. */
const ENTER_WITHIN = 200;
/** Agents that are added at a time. */
const ADD_WITHIN = 100;
const SETTLE_MS = 3_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const numberOf = (n: number) => `+9190${String(10_000_000 + n)}`;

async function people(host: RelayHost, count: number, real: boolean): Promise<HerdDesk[]> {
  const desks: HerdDesk[] = [];
  for (let first = 0; first < count; first += ADD_WITHIN) {
    const batch = Array.from({ length: Math.min(ADD_WITHIN, count - first) }, async (_, n) => {
      const number = numberOf(first + n);
      const token = real ? await host.addAgent({ id: `a${first + n}`, numbers: [number], queues: [QUEUE] }) : '';
      return { token, number };
    });
    desks.push(...(await Promise.all(batch)));
  }
  return desks;
}

interface Subject {
  bench: Bench;
  host: RelayHost;
  server: string;
  style: Style;
}

const ours = ({ style }: Subject, aim: string, met: boolean) => (style === 'relay' ? judged(aim, met) : '');

function enter({ bench, host, style }: Subject, desks: HerdDesk[]): Promise<HerdResult> {
  return bench.herd.run({ kind: 'connect', style, port: host.port, desks, within: ENTER_WITHIN, jitterMs: 0 });
}

/** Posts and returns what arrived, of what should have. */
async function deliver(
  { bench, host }: Subject,
  prefix: string,
  load: { rate: number; seconds: number },
  to: string[],
  each: number,
) {
  const job = { kind: 'load' as const, port: host.port, connections: 16, ...load };
  const busyBefore = host.cpuSeconds();
  const { posted } = await bench.generator.run({ ...job, prefix, numbers: to });
  const expected = posted * each;
  const arrived = await bench.herd.run({ kind: 'report', expected });
  // Processor time per event and desk, µs: comparable whatever else the machine does.
  const cpu = ((host.cpuSeconds() - busyBefore) * 1e6) / expected;
  return { expected, cpu, ...arrived };
}

async function targeted(subject: Subject): Promise<Row[]> {
  const { bench, host, server, style } = subject;
  const desks = await people(host, TARGETED.desks, style === 'relay');
  await enter(subject, desks);
  const numbers = desks.map(({ number }) => number);
  await deliver(subject, 'warm', { rate: TARGETED.rate, seconds: 3 }, numbers, 1);
  const seconds = bench.seconds / 3;
  const result = await deliver(subject, 'to', { rate: TARGETED.rate, seconds }, numbers, 1);
  await bench.herd.run({ kind: 'drop' });
  const { times, count, expected, cpu } = result;
  return [
    row({
      what: `webhook → desk, ${desks.length} desks, ${TARGETED.rate}/s`,
      server,
      value: `p50 ${ms(times.p50)}, p99 ${ms(times.p99)}, max ${ms(times.max)} (${count} of ${expected}), ${Math.round(cpu)} µs CPU each`,
      aim: ours(subject, 'p99 ≤ 50 ms', times.p99 <= 50 && count === expected),
      raw: result,
    }),
  ];
}

async function crowd(subject: Subject): Promise<Row[]> {
  const { bench, host, server, style } = subject;
  const desks = await people(host, bench.desks, style === 'relay');
  await wait(SETTLE_MS);
  const before = host.residentBytes();
  const entered = await enter(subject, desks);
  await wait(SETTLE_MS);
  const perDesk = (host.residentBytes() - before) / entered.count;
  await deliver(subject, 'warm', { rate: BROADCASTS.rate, seconds: 2 }, [QUEUE_NUMBER], desks.length);
  const seconds = BROADCASTS.count / BROADCASTS.rate;
  const all = await deliver(subject, 'all', { rate: BROADCASTS.rate, seconds }, [QUEUE_NUMBER], desks.length);
  const rows: Row[] = [
    row({
      what: `memory per idle desk, ${entered.count} desks`,
      server,
      value: `${(perDesk / 1024).toFixed(1)} KiB`,
      aim: ours(subject, '≤ 20 KB', perDesk <= 20_000),
      raw: { perDesk, before },
    }),
    row({
      what: `broadcast to ${desks.length} desks`,
      server,
      value: `p50 ${ms(all.times.p50)}, p99 ${ms(all.times.p99)}, max ${ms(all.times.max)} (${all.count} of ${all.expected}), ${Math.round(all.cpu)} µs CPU each`,
      aim: ours(subject, 'p99 ≤ 150 ms', all.times.p99 <= 150 && all.count === all.expected),
      raw: all,
    }),
  ];
  rows.push(await storm(subject, desks.length));
  await bench.herd.run({ kind: 'drop' });
  return rows;
}

/** The others keep nothing: their desks only come back, which is what the machine itself needs for so many links. */
async function storm(subject: Subject, desks: number): Promise<Row> {
  const { bench, host, server, style } = subject;
  await bench.herd.run({ kind: 'drop' });
  const job = { kind: 'load' as const, port: host.port, connections: 4, rate: 20, seconds: MISSED / 20 };
  await bench.generator.run({ ...job, prefix: 'missed', numbers: [QUEUE_NUMBER] });
  await bench.herd.run({ kind: 'report', expected: 0 });
  const events = style === 'relay' ? MISSED : 0;
  const busyBefore = host.cpuSeconds();
  const back = await bench.herd.run({ kind: 'reconnect', jitterMs: JITTER_MS, events });
  const cpu = ((host.cpuSeconds() - busyBefore) * 1e6) / desks;
  const met = back.count === desks && back.recovered === desks && back.took <= 5;
  return row({
    what: `${desks} desks come back at once, ${events} events each`,
    server,
    value: `all live in ${back.took.toFixed(1)} s, ${back.recovered} recovered, per desk p99 ${ms(back.times.p99)}, ${Math.round(cpu)} µs CPU each`,
    aim: ours(subject, '≤ 5 s', met),
    raw: { ...back, cpu },
  });
}

export async function deskTimes(bench: Bench) {
  const rows: Row[] = [];
  const subjects: { server: string; style: Style; options: HostOptions }[] = [
    { server: 'relay', style: 'relay', options: {} },
    ...compared().map(({ server, style, program }) => ({ server, style, options: { program } })),
  ];
  for (const measured of [targeted, crowd]) {
    for (const { server, style, options } of subjects) {
      const host = await RelayHost.start(options);
      try {
        rows.push(...(await measured({ bench, host, server, style })));
      } finally {
        await host.stop();
      }
    }
  }
  return { rows, problems: [] };
}
