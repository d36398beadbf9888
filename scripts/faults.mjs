// npm run faults [-- relay|floor [--long] [--only WORDS] [--seed N]]: breaks a relay, or a floor of several over one
// PostgreSQL, on purpose and checks what was promised.
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
  if (code !== 0)
    throw new StepError('The fault runs did not build.', tail(output, 25), 'Mend the source named above.');
  say('Breaking the relay …');
  const program = path.join(root, 'out/workbench/faults.js');
  return (await run(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)])).code;
});
