// npm run bench [-- relay [--seconds N] [--desks N] [--only ack,desks]]: measures the relay beside a floor and Socket.IO.
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepError, main, root, run, say, tail } from './lib/step.mjs';

const VITE = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];

await main(async () => {
  await ensureDependencies();
  await ensureBuilt();
  const programs = [...VITE, '--config', 'test/support/chaos/vite.programs.config.ts'];
  const { code, output } = await run(process.execPath, programs, { quiet: true });
  if (code !== 0) throw new StepError('The benchmark did not build.', tail(output, 25), 'Mend the source named above.');
  say('Measuring the relay; this takes some minutes …');
  const program = path.join(root, 'out/workbench/bench.js');
  return (await run(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)])).code;
});
