// npm packages, installed from the lock file when they are missing or the lock file changed.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, isDone, markDone } from './fingerprint.mjs';
import { StepError, root, run, say, tail } from './step.mjs';

const OLDEST_NODE = [20, 19];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new StepError(
    `Node ${process.versions.node} is too old.`,
    `Handover Desk needs Node ${OLDEST_NODE.join('.')} or newer.`,
    'Install a current Node from nodejs.org and run the command again.',
  );
}

/** npm prints its reason first and its usage after. */
function reasonOf(output) {
  const lines = output.split('\n').filter((line) => line.startsWith('npm error'));
  return lines.slice(0, 6).join('\n    ') || tail(output);
}

export async function ensureDependencies() {
  checkNode();
  const print = fingerprint(['package-lock.json', 'package.json']);
  if (existsSync(path.join(root, 'node_modules')) && isDone('dependencies', print)) return;
  say('Installing packages (npm ci) …');
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  if (code !== 0) {
    throw new StepError(
      'npm could not install the packages.',
      reasonOf(output),
      'Check that the npm registry can be reached (npm ping), then run the command again.',
    );
  }
  markDone('dependencies', print);
}
