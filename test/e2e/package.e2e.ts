import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from '../support/poll';

const root = path.resolve(import.meta.dirname, '../..');
const executable = path.join(root, 'dist/linux-unpacked/handover-desk');

/** How the fuse wire in the executable spells it: ASCII digits. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/** Every fuse of a release, and how it must stand. */
const RELEASE_FUSES: [FuseV1Options, number][] = [
  [FuseV1Options.RunAsNode, OFF],
  [FuseV1Options.EnableCookieEncryption, ON],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, OFF],
  [FuseV1Options.EnableNodeCliInspectArguments, OFF],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, ON],
  [FuseV1Options.OnlyLoadAppFromAsar, ON],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, OFF],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, OFF],
];

test('the release package starts, and all its fuses are hardened', async () => {
  test.setTimeout(120_000);
  await promisify(execFile)(process.execPath, ['scripts/package.mjs', '--dir'], { cwd: root });
  const wire = await getCurrentFuseWire(executable);
  for (const [fuse, state] of RELEASE_FUSES) {
    expect(wire[fuse], FuseV1Options[fuse]).toBe(state);
  }

  const profile = await mkdtemp(path.join(os.tmpdir(), 'handover-release-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const desk = spawn(executable, [...sandbox, `--user-data-dir=${profile}`], { stdio: 'ignore' });
  try {
    await until(
      'the window of the release build',
      () => execFileSync('wmctrl', ['-l'], { encoding: 'utf8' }).includes('Handover Desk'),
      20_000,
    );
  } finally {
    const ended = new Promise((resolve) => desk.once('exit', resolve));
    desk.kill('SIGTERM');
    await ended;
    await rm(profile, { recursive: true, force: true });
  }
});
