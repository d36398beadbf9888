// npm run bench [-- relay [--seconds N] [--desks N] [--only ack,desks]]: measures the relay beside a floor and Socket.IO.
// npm run bench -- floor [--seconds N] [--desks N]: one, two and three relays over one PostgreSQL beside a relay alone.
// npm run bench -- dialer [--leads N] [--agents N] [--seconds N]: measures imports, the next lead and the dial check.
// npm run bench -- desk [--pops N] [--only desk|growth]: measures the packaged desk beside a bare Electron window, and
// what a shift leaves in its memory.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { startDesktop } from './lib/desktop.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensurePackaged } from './lib/package.mjs';
import { StepError, main, root, run, say, tail } from './lib/step.mjs';
import { ensureSystem } from './lib/system.mjs';

const VITE = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];

async function desk({ pops, only }) {
  await ensureSystem({ virtualDesktop: true, tests: true });
  const electron = await ensureElectron();
  const desktop = await startDesktop();
  try {
    const env = {
      ...desktop.env,
      HANDOVER_DESK_EXECUTABLE: await ensurePackaged(electron),
      HANDOVER_BARE_ELECTRON: path.join(electron.dist, process.platform === 'win32' ? 'electron.exe' : 'electron'),
      HANDOVER_BENCH_POPS: pops,
    };
    say('Measuring the desk; this takes some minutes …');
    const config = [
      '--config',
      'test/bench/desk/playwright.config.ts',
      ...(only === undefined ? [] : [`/${only}.bench`]),
    ];
    return (await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', ...config], { env })).code;
  } finally {
    desktop.stop();
  }
}

await main(async () => {
  await ensureDependencies();
  await ensureBuilt();
  if (process.argv[2] === 'desk') {
    const { values } = parseArgs({
      args: process.argv.slice(3),
      options: { pops: { type: 'string', default: '500' }, only: { type: 'string' } },
    });
    return desk(values);
  }
  const programs = [...VITE, '--config', 'test/support/chaos/vite.programs.config.ts'];
  const { code, output } = await run(process.execPath, programs, { quiet: true });
  if (code !== 0) throw new StepError('The benchmark did not build.', tail(output, 25), 'Mend the source named above.');
  const dialer = process.argv[2] === 'dialer';
  say(`Measuring the ${dialer ? 'dialer' : 'relay'}; this takes some minutes …`);
  const program = path.join(root, 'out/workbench', dialer ? 'dialer.js' : 'bench.js');
  const args = process.argv.slice(dialer ? 3 : 2);
  return (await run(process.execPath, ['--enable-source-maps', program, ...args])).code;
});
