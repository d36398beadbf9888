// npm start: sets up what is missing, builds, opens the desk.
//   -- --headless --once [--shots DIR]   on a virtual display: one practice escalation through pop, claim and outcome, then exit
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { hasDisplay, startDesktop } from './lib/desktop.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { sandboxArgs } from './lib/launch.mjs';
import { ensurePackaged } from './lib/package.mjs';
import { StepError, main, root, say } from './lib/step.mjs';
import { ensureSystem } from './lib/system.mjs';

function options() {
  try {
    return parseArgs({
      options: { headless: { type: 'boolean' }, once: { type: 'boolean' }, shots: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new StepError(
      'npm start was not understood.',
      error.message,
      'Use: npm start -- [--headless --once] [--shots DIR]',
    );
  }
}

function open(executable, args) {
  return new Promise((resolve) => {
    const child = spawn(executable, [...sandboxArgs(), ...args], { cwd: root, stdio: 'inherit' });
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', (error) => {
      say(`The desk did not start: ${error.message}`);
      resolve(1);
    });
  });
}

await main(async () => {
  const { values, positionals } = options();
  const headless = values.headless === true || !hasDisplay();
  if (headless && values.headless !== true) {
    say('There is no display here: running one practice escalation on a virtual display instead of opening the desk.');
  }
  await ensureDependencies();
  await ensureSystem({ virtualDesktop: headless });
  const electron = await ensureElectron();
  await ensureBuilt();
  const executable = await ensurePackaged(electron);
  if (!headless) return open(executable, positionals);

  const shots = values.shots === undefined ? undefined : path.resolve(root, values.shots);
  const { show } = await import('./lib/show.mjs');
  const desktop = await startDesktop();
  try {
    return await show({ executable, env: desktop.env, shots });
  } finally {
    desktop.stop();
  }
});
