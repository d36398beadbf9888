// npm run build: installs what is missing and builds everything into out/.
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/step.mjs';

await main(async () => {
  await ensureDependencies();
  await ensureBuilt();
});
