import { defineConfig } from '@playwright/test';

/** The desk measured beside a bare Electron window; `npm run bench -- desk` starts it with a display of its own. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../../out/bench/desk-runs',
  workers: 1,
  retries: 0,
  timeout: 15 * 60_000,
  reporter: 'line',
});
