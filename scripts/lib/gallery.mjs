// The gallery: every component in every state, built as pages, and the browser that photographs them.
import { existsSync } from 'node:fs';
import { StepError, run, tail } from './step.mjs';
import { ensureSystem } from './system.mjs';

const VITE = ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.gallery.config.ts', '--logLevel', 'warn'];
const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';

/** Browsers that are there without being asked for. */
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {Promise<string | undefined>} a browser's executable; undefined for the one that Playwright brought */
async function ensureBrowser() {
  const known = () => [process.env.HANDOVER_CHROMIUM, ...BROWSERS].find((file) => file && existsSync(file));
  if (known() !== undefined) return known();
  await ensureSystem({ virtualDesktop: false, browser: true });
  if (known() !== undefined) return known();
  const { code, output } = await run(process.execPath, [PLAYWRIGHT, 'install', 'chromium'], { quiet: true });
  if (code === 0) return undefined;
  throw new StepError(
    'There is no browser to photograph the gallery with.',
    tail(output),
    'Install Chromium or Chrome, or name one in HANDOVER_CHROMIUM.',
  );
}

/**
 * Opens the gallery's stories in a browser: pictures under out/shots/gallery, axe, the content security policy.
 * @param {{ every: boolean, report: string }} options every: all looks of all stories, minutes; report: JSON file
 * @returns {Promise<number>} exit code
 */
export async function photographGallery({ every, report }) {
  const browser = await ensureBrowser();
  const { code, output } = await run(process.execPath, VITE, { quiet: true });
  if (code !== 0) throw new StepError('The gallery did not build.', tail(output, 25), 'Mend the source named above.');
  const env = {
    ...process.env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    ...(browser === undefined ? {} : { HANDOVER_CHROMIUM: browser }),
    ...(every ? { HANDOVER_EVERY_LOOK: '1' } : {}),
  };
  const args = [PLAYWRIGHT, 'test', '--config', 'test/renderer/gallery/playwright.config.ts'];
  return (await run(process.execPath, args, { env })).code;
}
