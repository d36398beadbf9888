// A desktop where there is none: X server, window manager, session bus and notification service, all of its own and
// all ended with it. Used by headless runs and by the end-to-end tests.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StepError } from './step.mjs';

const STARTS_WITHIN_MS = 15_000;

/** Whether this session has a display of its own. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Starts a program and waits for the first line it prints on stdout. */
function firstLine(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const timer = setTimeout(() => fail('it printed nothing in time'), STARTS_WITHIN_MS);
    const fail = (why) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new StepError(`${command} did not start.`, why, `Check that ${command} is installed and runs.`));
    };
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve({ child, line: text.split('\n')[0].trim() });
    });
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code) => fail(`it ended with code ${code}`));
  });
}

/**
 * Starts a virtual desktop.
 * @param {{ width?: number, height?: number }} [size] of the one display, px
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => void }>} the environment to run programs on it
 */
export async function startDesktop({ width = 1920, height = 1080 } = {}) {
  const children = [];
  const home = mkdtempSync(path.join(os.tmpdir(), 'handover-desktop-'));
  const stop = () => {
    for (const child of children.reverse()) child.kill('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const base = { ...process.env, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home, LIBGL_ALWAYS_SOFTWARE: '1' };
    delete base.WAYLAND_DISPLAY;
    const x = await firstLine(
      'Xvfb',
      ['-displayfd', '1', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'],
      base,
    );
    children.push(x.child);
    const env = { ...base, DISPLAY: `:${x.line}` };
    const bus = await firstLine('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], env);
    children.push(bus.child);
    env.DBUS_SESSION_BUS_ADDRESS = bus.line;
    for (const [command, args] of [
      ['openbox', ['--sm-disable']],
      ['dunst', []],
    ]) {
      const child = spawn(command, args, { env, stdio: 'ignore' });
      child.on('error', () => {}); // seen by whoever needs the service: the desk says when notifications are missing
      children.push(child);
    }
    return { env, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
