/** `npm run bench -- dialer [--leads N] [--agents N] [--seconds N]`: import, next lead and dial check. */
import { parseArgs } from 'node:util';
import type { Row } from '../measure';
import { machine, report } from '../report';
import { bareHours, bareImport } from './bare';
import { dialChecks } from './checks';
import { Floor } from './floor';
import { fill, importBesideWebhooks } from './imports';
import { nextLeads } from './next';

/** Rows of the import that is measured beside webhooks. */
const FIRST_LIST = 100_000;
const FURTHER_LISTS = 4;

const { values } = parseArgs({
  options: {
    leads: { type: 'string', default: '1000000' },
    agents: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
  },
});
const [leads, agents, seconds] = [Number(values.leads), Number(values.agents), Number(values.seconds)];
const first = Math.min(FIRST_LIST, leads);

const began = performance.now();
const before = machine();
const rows: Row[] = [...dialChecks(seconds / 10), bareHours(seconds / 10), bareImport()];
const problems: string[] = [];
const floor = await Floor.open(agents);
try {
  process.stderr.write('import …\n');
  const imported = await importBesideWebhooks(floor, 'first', first);
  rows.push(...imported.rows, ...(await fill(floor, first, leads, FURTHER_LISTS)));
  process.stderr.write('next …\n');
  const next = await nextLeads(floor, leads, seconds);
  rows.push(...next.rows);
  problems.push(...imported.problems, ...next.problems);
} finally {
  await floor.close();
}
const took = Math.round((performance.now() - began) / 1000);
report({ name: 'dialer', parameters: { leads, agents, seconds, took }, before, rows, problems });
process.stdout.write(`measured in ${took} s\n`);
