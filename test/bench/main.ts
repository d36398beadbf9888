/** `npm run bench -- relay|floor [--seconds N] [--desks N] [--only …]`: a table, JSON under `out/bench`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../support/chaos/relay-host';
import { table } from '../support/chaos/verdict';
import { acknowledgements } from './ack';
import { deskTimes } from './desks';
import { syncCost } from './disk';
import { floorGrowth } from './floor';
import { Helper, type HerdJob, type HerdResult, type LoadJob, type LoadResult } from './jobs';
import type { Bench, Row } from './measure';

type Part = (bench: Bench) => Promise<{ rows: Row[]; problems: string[] }>;
const SUBJECTS: Record<string, { parts: Record<string, Part>; desks: number }> = {
  relay: { parts: { ack: acknowledgements, desks: deskTimes }, desks: 5_000 },
  floor: { parts: { growth: floorGrowth }, desks: 1_000 },
};

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string' }, desks: { type: 'string' }, only: { type: 'string' } },
  allowPositionals: true,
});
const [subject = 'relay'] = positionals;
const measured = SUBJECTS[subject];
if (measured === undefined) {
  throw new Error(`There is no benchmark for "${subject}": use ${Object.keys(SUBJECTS).join(', ')}.`);
}
const names = values.only === undefined ? Object.keys(measured.parts) : values.only.split(',');

const bench: Bench = {
  seconds: Number(values.seconds ?? 60),
  desks: Number(values.desks ?? measured.desks),
  generator: Helper.start<LoadJob, LoadResult>('generator'),
  herd: Helper.start<HerdJob, HerdResult>('herd'),
};
const machine = () => ({
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.cpus().length,
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  syncMs: syncCost(),
  // Work of others on the same cores: above the number of cores, times below are not the relay's alone.
  load: os.loadavg().map((value) => Number(value.toFixed(2))),
});

const before = machine();
const rows: Row[] = [];
const problems: string[] = [];
try {
  for (const name of names) {
    const part = measured.parts[name];
    if (part === undefined) {
      throw new Error(`There is no part "${name}": use ${Object.keys(measured.parts).join(', ')}.`);
    }
    process.stderr.write(`${name} …\n`);
    const result = await part(bench);
    rows.push(...result.rows);
    problems.push(...result.problems);
  }
} finally {
  bench.generator.stop();
  bench.herd.stop();
}
const folder = path.join(projectRoot(), 'out/bench');
mkdirSync(folder, { recursive: true });
const { seconds, desks } = bench;
const report = { at: new Date().toISOString(), seconds, desks, before, after: machine(), rows, problems };
writeFileSync(path.join(folder, `${subject}.json`), JSON.stringify(report, null, 2));
process.stdout.write(
  `${table(rows.map(({ what, server, value, load, aim }) => [what, server, value, `load ${load}`, aim]))}\n`,
);
process.stdout.write(
  `${before.cpu}, ${before.cores} cores, ${before.node}; load before ${before.load.join(' ')}, after ${os.loadavg()[0]?.toFixed(2) ?? ''}; ` +
    `one fsync p50 ${before.syncMs.p50} ms, p99 ${before.syncMs.p99} ms\n`,
);
for (const problem of problems) process.stdout.write(`broken: ${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
