// npm test: types, lint, dead code, unit and contract tests, end-to-end on the packaged app under a virtual display.
// Closes with one line: "N passed, N failed".  -- --only checks|unit|gallery|e2e runs a part; the gallery alone in every look.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
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

async function checks() {
  const tally = { passed: 0, failed: 0 };
  const check = async ({ name, args }) => {
    const { code, output } = await run(process.execPath, args, { quiet: true });
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    if (code !== 0) say(output.trim());
    tally[code === 0 ? 'passed' : 'failed'] += 1;
  };
  await Promise.all(CHECKS.map(check));
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

/** Titles of what passed at its second try only. */
const flakyIn = ({ suites = [], specs = [] }) => [
  ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
  ...suites.flatMap(flakyIn),
];

/** What Playwright's JSON report counts. */
const played = (report) => {
  for (const title of flakyIn(report)) say(`FLAKY  ${title}`);
  return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected };
};

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

await main(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const parts = values.only === undefined ? Object.keys(PARTS) : values.only.split(',');
  await ensureDependencies();
  await ensureSystem({ virtualDesktop: true, tests: true });
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  await ensureBuilt();
  const total = { passed: 0, failed: 0 };
  for (const part of parts) {
    const run = PARTS[part];
    if (run === undefined) throw new Error(`Unknown part "${part}": use ${Object.keys(PARTS).join(', ')}.`);
    const started = Date.now();
    let tally;
    try {
      tally = await run(parts.length === 1);
    } catch (error) {
      say(`FAILED: ${error.message}`);
      tally = { passed: 0, failed: 1 };
    }
    say(`${part}: ${tally.passed} passed, ${tally.failed} failed in ${((Date.now() - started) / 1000).toFixed(0)} s`);
    total.passed += tally.passed;
    total.failed += tally.failed;
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
});
