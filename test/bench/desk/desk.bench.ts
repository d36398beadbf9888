/** Webhook to painted call window, start, memory and processor at rest: the desk beside a bare Electron window. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, type ElectronApplication } from '@playwright/test';
import { preciseNow, spreadOf } from '../../support/chaos/stats';
import { DeskApp } from '../../support/desk-app';
import { escalation } from '../../support/escalation';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';
import { Floor } from './floor';
import { cpuMs, pssMiB } from './processes';

const POPS = Number(process.env.HANDOVER_BENCH_POPS ?? 500);
const STARTS = 5;
/** For its first minute the agent's state counts seconds; a desk at rest is one that somebody looks at for hours. */
const SETTLED_MS = 65_000;
/** Processor time is read over this long. */
const REST_MS = 10_000;
const REPORT = path.resolve(import.meta.dirname, '../../../out/bench/desk.json');

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Measured {
  pops: number[];
  starts: number[];
  pssMiB: number;
  cpuShare: number;
}

async function atRest(app: ElectronApplication): Promise<Pick<Measured, 'pssMiB' | 'cpuShare'>> {
  const pid = app.process().pid ?? 0;
  await wait(SETTLED_MS);
  const before = cpuMs(pid);
  await wait(REST_MS);
  return { cpuShare: (cpuMs(pid) - before) / REST_MS, pssMiB: pssMiB(pid) };
}

interface Started {
  /** From the start until its window could be used. */
  afterMs: number;
  close: () => Promise<void>;
}

async function starts(start: () => Promise<Started>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < STARTS; n += 1) {
    const { afterMs, close } = await start();
    took.push(afterMs);
    await close();
  }
  return took;
}

/** Shows one call and dismisses it. Resolves with the ms from the webhook's post until it was painted. */
async function popOnce(desk: DeskApp, relay: RelayProcess, id: string): Promise<number> {
  const { body, call } = escalation({ id });
  const posted = preciseNow();
  await relay.post(body);
  const mark = await until('the pop', () =>
    desk.trace().find((known) => known.mark === 'pop.painted' && known.call === call),
  );
  await desk.pop.evaluate(
    (of) =>
      (globalThis as unknown as { desk: { request(channel: string, args: object): Promise<unknown> } }).desk.request(
        'pop:dismiss',
        { call: of },
      ),
    call,
  );
  await until('the pop to leave', async () => !(await desk.popVisible()));
  return mark.at - posted;
}

async function measureDesk(): Promise<Measured> {
  const relay = await RelayProcess.start();
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  const desk = await DeskApp.join(relay, token);
  const resting = await atRest(desk.app);
  const pops: number[] = [];
  for (let n = 0; n < POPS; n += 1) pops.push(await popOnce(desk, relay, `bench${n}`));
  await desk.close();
  await relay.stop();
  const started = await starts(async () => {
    const fresh = await DeskApp.launch(await DeskApp.profile());
    return { afterMs: fresh.interactiveAfterMs, close: () => fresh.close() };
  });
  return { ...resting, pops, starts: started };
}

async function measureFloor(): Promise<Measured> {
  const shown = await Floor.launch(true);
  const resting = await atRest(shown.app);
  await shown.app.close();
  const floor = await Floor.launch();
  const pops: number[] = [];
  for (let n = 0; n < POPS; n += 1) {
    const { body } = escalation({ id: `floor${n}` });
    const posted = preciseNow();
    pops.push((await floor.show(body)) - posted);
    await until('the window to leave', () => floor.hidden());
  }
  await floor.app.close();
  const started = await starts(async () => {
    const began = performance.now();
    const { app } = await Floor.launch(true);
    return { afterMs: performance.now() - began, close: () => app.close() };
  });
  return { ...resting, pops, starts: started };
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

function summary({ pops, starts: started, ...others }: Measured) {
  const { p50, p99, max, count } = spreadOf(pops);
  return { pops: { count, p50, p95: p95(pops), p99, max }, start_ms: spreadOf(started).p50, ...others };
}

test('the desk beside a bare Electron window', async () => {
  const load = os.loadavg()[0] ?? Number.NaN;
  const floor = summary(await measureFloor());
  const desk = summary(await measureDesk());
  const lines: [string, number, number, string][] = [
    ['webhook → painted p50, ms', desk.pops.p50, floor.pops.p50, ''],
    ['webhook → painted p95, ms', desk.pops.p95, floor.pops.p95, 'aim: at most 100 and 1.5 × the floor'],
    ['webhook → painted p99, ms', desk.pops.p99, floor.pops.p99, ''],
    ['start to interactive, median ms', desk.start_ms, floor.start_ms, 'aim: at most 1.5 × the floor'],
    ['memory at rest (PSS), MiB', desk.pssMiB, floor.pssMiB, 'aim: at most 1.4 × the floor'],
    ['processor at rest, % of one core', desk.cpuShare * 100, floor.cpuShare * 100, 'aim: under 1'],
  ];
  const table = lines.map(([what, ours, least, aim]) => {
    const times = least === 0 ? '–' : `${(ours / least).toFixed(2)} ×`;
    return `${what.padEnd(34)} ${ours.toFixed(1).padStart(8)} ${least.toFixed(1).padStart(8)} ${times.padStart(9)}  ${aim}`;
  });
  process.stdout.write(`\n${' '.repeat(34)}     desk    floor\n${table.join('\n')}\nload average ${load.toFixed(1)}\n`);
  mkdirSync(path.dirname(REPORT), { recursive: true });
  writeFileSync(
    REPORT,
    JSON.stringify({ at: new Date().toISOString(), load, cpus: os.cpus().length, desk, floor }, null, 2),
  );
  expect(desk.pops.count).toBe(POPS);
});
