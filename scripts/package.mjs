// npm run package [-- --dir …]: installers for release (or, with --dir, the unpacked app) into dist/.
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { build } from './lib/package.mjs';
import { main, say } from './lib/step.mjs';

await main(async () => {
  await ensureDependencies();
  await ensureBuilt();
  const electron = await ensureElectron();
  if (!electron.official) say(`Not for release: packaged with the fallback Electron ${electron.version}.`);
  await build(electron, process.argv.slice(2), { quiet: false });
});
