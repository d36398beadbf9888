import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from '../support/poll';

const root = path.resolve(import.meta.dirname, '../..');
const executable = path.join(root, 'dist/linux-unpacked/handover-desk');

/** Every fuse of a release, and how it must stand. */
const RELEASE_FUSES: [FuseV1Options, FuseState][] = [
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, FuseState.DISABLE],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
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
