/** What every benchmark ends with: a table for people, JSON under `out/bench`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../support/chaos/relay-host';
import { table } from '../support/chaos/verdict';
import { syncCost } from './disk';
import type { Row } from './measure';

export const machine = () => ({
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.cpus().length,
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  syncMs: syncCost(),
  // Work of others on the same cores: above the number of cores, times below are not the relay's alone.
  load: os.loadavg().map((value) => Number(value.toFixed(2))),
});

export interface Report {
  /** Name of the JSON file. */
  name: string;
  parameters: Readonly<Record<string, number>>;
  before: ReturnType<typeof machine>;
  rows: readonly Row[];
  problems: readonly string[];
}

/** Writes and prints it; anything broken sets the exit code. */
export function report({ name, parameters, before, rows, problems }: Report): void {
  const folder = path.join(projectRoot(), 'out/bench');
  mkdirSync(folder, { recursive: true });
  const written = { at: new Date().toISOString(), ...parameters, before, after: machine(), rows, problems };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(written, null, 2));
  process.stdout.write(
    `${table(rows.map(({ what, server, value, load, aim }) => [what, server, value, `load ${load}`, aim]))}\n`,
  );
  process.stdout.write(
    `${before.cpu}, ${before.cores} cores, ${before.node}; load before ${before.load.join(' ')}, after ${os.loadavg()[0]?.toFixed(2) ?? ''}; ` +
      `one fsync p50 ${before.syncMs.p50} ms, p99 ${before.syncMs.p99} ms\n`,
  );
  for (const problem of problems) process.stdout.write(`broken: ${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
