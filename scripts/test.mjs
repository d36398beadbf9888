// npm test: types, lint, dead code, unit and contract tests, end-to-end on the packaged app under a virtual display.
// Closes with one line: "N passed, N failed".  -- --only checks|unit|gallery|e2e runs a part; the gallery alone in every look.
// The checks take what processor time the tests leave over, most of it while windows are waited for, so they cost little time.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { startDesktop } from './lib/desktop.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { photographGallery } from './lib/gallery.mjs';
import { ensurePackaged } from './lib/package.mjs';
import { main, root, run, say } from './lib/step.mjs';
import { ensureSystem } from './lib/system.mjs';

const REPORTS = path.join(root, 'out/test');

const CHECKS = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-b'] },
  { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'] },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js'] },
];

/** Lets everybody else go first. */
const LAST = os.constants.priority.PRIORITY_LOW;

async function checks(alone) {
  const tally = { passed: 0, failed: 0 };
  const check = async ({ name, args }) => {
    const { code, output } = await run(process.execPath, args, { quiet: true, ...(alone ? {} : { priority: LAST }) });
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    if (code !== 0) say(output.trim());
    tally[code === 0 ? 'passed' : 'failed'] += 1;
  };
  if (alone) await Promise.all(CHECKS.map(check));
  else for (const one of CHECKS) await check(one);
  return tally;
}

/** Reads a report; a runner that failed without one counts as one failure, never as nothing. */
function tallyOf(file, code, count) {
  try {
    const tally = count(JSON.parse(readFileSync(file, 'utf8')));
    if (code !== 0 && tally.failed === 0) tally.failed = 1;
    if (tally.passed + tally.failed === 0) tally.failed = 1;
    return tally;
  } catch (error) {
    say(`No report at ${path.relative(root, file)}: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

async function unit() {
  const file = path.join(REPORTS, 'unit.json');
  const { code } = await run(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return tallyOf(file, code, (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter((s) => s.status === 'failed' && s.assertionResults.length === 0).length,
  }));
}

/** What Playwright's JSON report counts. */
const played = ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected });

async function gallery(alone) {
  const report = path.join(REPORTS, 'gallery.json');
  const code = await photographGallery({ every: alone, report });
  return tallyOf(report, code, played);
}

async function endToEnd() {
  const executable = await ensurePackaged(await ensureElectron());
  const file = path.join(REPORTS, 'e2e.json');
  const desktop = await startDesktop();
  try {
    const { code } = await run(
      process.execPath,
      ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/e2e/playwright.config.ts'],
      { env: { ...desktop.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, HANDOVER_DESK_EXECUTABLE: executable } },
    );
    return tallyOf(file, code, played);
  } finally {
    desktop.stop();
  }
}

const PARTS = { checks, unit, gallery, e2e: endToEnd };

/** Runs a part; what keeps it from running at all counts as one failure. Never rejects. */
async function tallyPart(part, alone) {
  const started = Date.now();
  let tally;
  try {
    tally = await PARTS[part](alone);
  } catch (error) {
    say(`FAILED: ${error.message}`);
    tally = { passed: 0, failed: 1 };
  }
  say(`${part}: ${tally.passed} passed, ${tally.failed} failed in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return tally;
}

await main(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const parts = values.only === undefined ? Object.keys(PARTS) : values.only.split(',');
  await ensureDependencies();
  await ensureSystem({ virtualDesktop: true, tests: true });
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  await ensureBuilt();
  const unknown = parts.find((part) => PARTS[part] === undefined);
  if (unknown !== undefined) throw new Error(`Unknown part "${unknown}": use ${Object.keys(PARTS).join(', ')}.`);
  const alone = parts.length === 1;
  const beside = parts.filter((part) => part === 'checks').map((part) => tallyPart(part, alone));
  const tallies = [];
  for (const part of parts.filter((one) => one !== 'checks')) tallies.push(await tallyPart(part, alone));
  tallies.push(...(await Promise.all(beside)));
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});
