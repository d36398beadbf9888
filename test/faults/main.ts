/** `npm run faults -- relay|floor [--long] [--only WORDS] [--seed N]`: every fault run, a table, JSON under `out/faults`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../support/chaos/relay-host';
import { table, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { FLOOR_RUNS } from './floor/runs';
import { RUNS } from './runs';

const PARTS: Record<string, typeof RUNS> = { relay: RUNS, floor: FLOOR_RUNS };

const { values, positionals } = parseArgs({
  options: { long: { type: 'boolean' }, only: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
});

const [part = 'relay'] = positionals;
const runs = PARTS[part];
if (runs === undefined) throw new Error(`There are no fault runs for "${part}": use ${Object.keys(PARTS).join(', ')}.`);

async function runOne(name: string, run: (options: FaultOptions) => Promise<Verdict>, options: FaultOptions) {
  const started = performance.now();
  process.stderr.write(`${name} …\n`);
  let verdict: Verdict;
  try {
    verdict = await run(options);
  } catch (error) {
    // A run that could not be carried out proves nothing, so it counts as broken.
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    verdict = { name, outcome: 'broken', facts: {}, problems: [why] };
  }
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  return { ...verdict, seconds, replay: `npm run faults -- ${part} --only '${name}' --seed ${options.seed}` };
}

function show(results: readonly Awaited<ReturnType<typeof runOne>>[]): string {
  const rows = results.map(({ name, outcome, seconds, facts }) => [
    outcome,
    name,
    `${seconds} s`,
    Object.entries(facts)
      .map(([what, value]) => `${what} ${value}`)
      .join(', '),
  ]);
  const problems = results.flatMap(({ name, outcome, problems, replay }) =>
    problems.map((why) => `${outcome}: ${name}: ${why}${outcome === 'broken' ? `\n  again: ${replay}` : ''}`),
  );
  return [table(rows), ...problems].join('\n');
}

const options: FaultOptions = { seed: Number(values.seed ?? Date.now() % 1_000_000), long: values.long === true };
const chosen = Object.entries(runs).filter(([name]) => values.only === undefined || name.includes(values.only));
if (chosen.length === 0) throw new Error(`No fault run is called that. There are: ${Object.keys(runs).join(', ')}.`);

const results: Awaited<ReturnType<typeof runOne>>[] = [];
for (const [name, run] of chosen) results.push(await runOne(name, run, options));
const folder = path.join(projectRoot(), 'out/faults');
mkdirSync(folder, { recursive: true });
writeFileSync(
  path.join(folder, `${part}.json`),
  JSON.stringify({ at: new Date().toISOString(), ...options, results }, null, 2),
);
process.stdout.write(`${show(results)}\nseed ${options.seed}, ${options.long ? 'long' : 'short'} form\n`);
process.exitCode = results.some(({ outcome }) => outcome === 'broken') ? 1 : 0;
