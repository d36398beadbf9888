/** `npm run bench -- relay|floor [--seconds N] [--desks N] [--only …]`: a table, JSON under `out/bench`. */
import { parseArgs } from 'node:util';
import { acknowledgements } from './ack';
import { deskTimes } from './desks';
import { floorGrowth } from './floor';
import { Helper, type HerdJob, type HerdResult, type LoadJob, type LoadResult } from './jobs';
import type { Bench, Row } from './measure';
import { machine, report } from './report';

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
const { seconds, desks } = bench;
report({ name: subject, parameters: { seconds, desks }, before, rows, problems });
