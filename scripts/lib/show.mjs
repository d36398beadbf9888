// The headless demonstration: one practice escalation through pop, claim and disposition, with a timeline and pictures.
import { _electron } from '@playwright/test';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sandboxArgs } from './launch.mjs';
import { StepError, run, say } from './step.mjs';

const WINDOW_WITHIN_MS = 30_000;
/** The floor's first caller escalates within seconds of the desk being live. */
const POP_WITHIN_MS = 60_000;
const CLAIM_WITHIN_MS = 10_000;
/** From the save to the relay's answer. */
const SENT_WITHIN_MS = 15_000;
/** Has no further levels and needs nothing more. */
const OUTCOME = 'interested';

const TIMELINE = [
  ['webhook.sent', 'webhook sent'],
  ['webhook.acknowledged', 'relay durable (200)'],
  ['event.received', 'event at desk'],
  ['pop.painted', 'pop painted'],
  ['pop.claimed', 'claimed'],
  ['disposition.saved', 'outcome saved here'],
  ['disposition.sent', 'outcome at the relay'],
];

async function windowOf(app, name) {
  const deadline = Date.now() + WINDOW_WITHIN_MS;
  while (Date.now() < deadline) {
    const found = app.windows().find((page) => page.url().includes(name));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new StepError(
    `The ${name} window did not open.`,
    `Not within ${WINDOW_WITHIN_MS / 1000} s.`,
    'See the log above.',
  );
}

function readTrace(file) {
  try {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  } catch {
    return []; // nothing traced yet
  }
}

async function sent(trace, call) {
  const deadline = Date.now() + SENT_WITHIN_MS;
  while (Date.now() < deadline) {
    if (readTrace(trace).some((mark) => mark.mark === 'disposition.sent' && mark.call === call)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function printTimeline(marks, call) {
  const rows = TIMELINE.map(([mark, words]) => ({
    words,
    at: marks.find((m) => m.mark === mark && m.call === call)?.at,
  }));
  const start = rows.find(({ at }) => at !== undefined)?.at;
  process.stdout.write(`Timeline of ${call}\n`);
  for (const { words, at } of rows) {
    const when = at === undefined ? '       not seen' : `${(at - start).toFixed(1).padStart(12)} ms`;
    process.stdout.write(`  ${words.padEnd(22)}${when}\n`);
  }
  return rows.every(({ at }) => at !== undefined);
}

/**
 * Runs the packaged desk on the given desktop through one escalation.
 * @param {{ executable: string, env: NodeJS.ProcessEnv, shots: string | undefined }} options shots: folder for PNGs
 * @returns {Promise<number>} exit code
 */
export async function show({ executable, env, shots }) {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'handover-show-'));
  const trace = path.join(profile, 'trace.jsonl');
  if (shots !== undefined) mkdirSync(shots, { recursive: true });
  const shoot = async (name) => {
    if (shots !== undefined)
      await run('import', ['-window', 'root', path.join(shots, `${name}.png`)], { env, quiet: true });
  };
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandboxArgs(), `--user-data-dir=${profile}`],
    env: { ...env, HANDOVER_TRACE: trace },
  });
  try {
    const workspace = await windowOf(app, 'workspace');
    await workspace.getByTestId('connection').waitFor({ timeout: WINDOW_WITHIN_MS });
    const pop = await windowOf(app, 'screen-pop');
    await pop.getByTestId('pop').waitFor({ timeout: POP_WITHIN_MS });
    await pop.getByTestId('pop-name').waitFor();
    await shoot('desktop-pop');
    if (shots !== undefined) await pop.screenshot({ path: path.join(shots, 'pop.png') });
    await pop.getByTestId('pop-claim').click();
    await workspace
      .getByTestId('group-wrapup')
      .or(workspace.getByTestId('group-live'))
      .first()
      .waitFor({ timeout: CLAIM_WITHIN_MS });
    await workspace.getByTestId('call-detail').waitFor({ timeout: CLAIM_WITHIN_MS });
    await shoot('desktop-claimed');
    if (shots !== undefined) await workspace.screenshot({ path: path.join(shots, 'workspace.png') });
    const call = await workspace.getByTestId('call-detail').getAttribute('data-call');
    const outcomeTab = workspace.getByTestId('tab-outcome');
    if (await outcomeTab.isVisible()) await outcomeTab.click();
    await workspace.getByTestId(`outcome-${OUTCOME}`).click();
    await workspace.getByTestId('outcome-save').click();
    await workspace.getByTestId('outcome-entry').first().waitFor({ timeout: SENT_WITHIN_MS });
    await sent(trace, call);
    await shoot('desktop-outcome');
    if (shots !== undefined) await workspace.screenshot({ path: path.join(shots, 'outcome.png') });
    const complete = printTimeline(readTrace(trace), call);
    if (!complete) say('Some marks of the timeline are missing.');
    return complete ? 0 : 1;
  } finally {
    await app.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
