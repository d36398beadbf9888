// Everything into out/: main, preload and renderer by electron-vite; relay and practice as plain Node programs by vite.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, isDone, markDone } from './fingerprint.mjs';
import { StepError, root, run, say, tail } from './step.mjs';

const SOURCES = [
  'src',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.relay.config.ts',
  'vite.practice.config.ts',
  'tsconfig.base.json',
];

const PROGRAMS = [
  { name: 'desk', args: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'] },
  {
    name: 'relay',
    args: ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.relay.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'practice floor',
    args: ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.practice.config.ts', '--logLevel', 'warn'],
  },
];

const OUTPUTS = [
  'main/index.js',
  'preload/workspace.cjs',
  'renderer/workspace.html',
  'relay/cli.js',
  'practice/cli.js',
];

export function sourcesPrint() {
  return fingerprint(SOURCES);
}

export async function ensureBuilt() {
  const print = sourcesPrint();
  if (isDone('build', print) && OUTPUTS.every((file) => existsSync(path.join(root, 'out', file)))) return;
  say('Building …');
  const results = await Promise.all(
    PROGRAMS.map(async ({ name, args }) => ({ name, ...(await run(process.execPath, args, { quiet: true })) })),
  );
  const failed = results.find(({ code }) => code !== 0);
  if (failed !== undefined) {
    throw new StepError(
      `The ${failed.name} did not build.`,
      tail(failed.output, 25),
      'Mend the source named above (npm run typecheck tells more), then run the command again.',
    );
  }
  markDone('build', print);
}
