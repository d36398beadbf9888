/** `npm run bench -- relay [--seconds N] [--desks N] [--only ack|desks]`: a table, JSON under `out/bench`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../support/chaos/relay-host';
import { table } from '../support/chaos/verdict';
import { acknowledgements } from './ack';
import { deskTimes } from './desks';
import { syncCost } from './disk';
import { Helper, type HerdJob, type HerdResult, type LoadJob, type LoadResult } from './jobs';
import type { Bench, Row } from './measure';

const PARTS = { ack: acknowledgements, desks: deskTimes };
const isPart = (name: string): name is keyof typeof PARTS => name in PARTS;

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string' }, desks: { type: 'string' }, only: { type: 'string' } },
  allowPositionals: true,
});
const [subject = 'relay'] = positionals;
if (subject !== 'relay') throw new Error(`There is no benchmark for "${subject}": use relay.`);
const names = values.only === undefined ? Object.keys(PARTS) : values.only.split(',');

const bench: Bench = {
  seconds: Number(values.seconds ?? 60),
  desks: Number(values.desks ?? 5_000),
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
    if (!isPart(name)) throw new Error(`There is no part "${name}": use ${Object.keys(PARTS).join(', ')}.`);
    process.stderr.write(`${name} …\n`);
    const result = await PARTS[name](bench);
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
writeFileSync(path.join(folder, 'relay.json'), JSON.stringify(report, null, 2));
process.stdout.write(
  `${table(rows.map(({ what, server, value, load, aim }) => [what, server, value, `load ${load}`, aim]))}\n`,
);
process.stdout.write(
  `${before.cpu}, ${before.cores} cores, ${before.node}; load before ${before.load.join(' ')}, after ${os.loadavg()[0]?.toFixed(2) ?? ''}; ` +
    `one fsync p50 ${before.syncMs.p50} ms, p99 ${before.syncMs.p99} ms\n`,
);
for (const problem of problems) process.stdout.write(`broken: ${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
