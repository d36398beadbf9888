// The packaged application: unpacked for running and testing, or installers for release.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, isDone, markDone } from './fingerprint.mjs';
import { StepError, root, run, say, tail } from './step.mjs';
import { sourcesPrint } from './build.mjs';

/** Where the app for running and testing lies; its fuses leave the inspector on, which Playwright needs. */
const TEST_OUTPUT = 'out/app';

const EXECUTABLES = {
  linux: 'linux-unpacked/handover-desk',
  win32: 'win-unpacked/Handover Desk.exe',
  darwin: 'mac/Handover Desk.app/Contents/MacOS/Handover Desk',
};

function unpackedExecutable(output) {
  const folder = path.join(root, output);
  const candidates = [
    EXECUTABLES[process.platform] ?? EXECUTABLES.linux,
    EXECUTABLES.darwin.replace('mac/', 'mac-arm64/'),
    EXECUTABLES.linux.replace('linux-unpacked', 'linux-arm64-unpacked'),
  ];
  return candidates.map((candidate) => path.join(folder, candidate)).find((file) => existsSync(file));
}

/**
 * Runs electron-builder.
 * @param {{ version: string, dist: string }} electron as found by ensureElectron
 * @param {string[]} args further arguments of electron-builder
 * @param {{ quiet?: boolean }} [options]
 */
export async function build(electron, args, options = {}) {
  const { code, output } = await run(
    process.execPath,
    [
      'node_modules/electron-builder/cli.js',
      ...args,
      '--publish=never',
      `-c.electronDist=${electron.dist}`,
      `-c.electronVersion=${electron.version}`,
    ],
    { quiet: options.quiet ?? true, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
  );
  if (code !== 0) {
    throw new StepError('The app could not be packaged.', tail(output, 20), 'See what electron-builder says above.');
  }
}

/** Packages the app for running and testing, unless nothing changed since the last time. Returns its executable. */
export async function ensurePackaged(electron) {
  const print = fingerprint(['electron-builder.yml', 'resources'], `${sourcesPrint()} ${electron.dist}`);
  const before = unpackedExecutable(TEST_OUTPUT);
  if (before !== undefined && isDone('package', print)) return before;
  say('Packaging the app …');
  await build(electron, [
    '--dir',
    `-c.directories.output=${TEST_OUTPUT}`,
    '-c.electronFuses.enableNodeCliInspectArguments=true',
    ...(process.platform === 'darwin' ? ['-c.mac.identity=null'] : []),
  ]);
  const after = unpackedExecutable(TEST_OUTPUT);
  if (after === undefined) {
    throw new StepError('The packaged app is not where it should be.', TEST_OUTPUT, 'Delete out/ and run again.');
  }
  markDone('package', print);
  return after;
}
