import { defineConfig } from '@playwright/test';

/** End-to-end: the packaged desk against real relays, one test at a time because they share a keyboard and a screen. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../../out/test/e2e',
  workers: 1,
  fullyParallel: false,
  // A screen with a window manager, a tray and notifications is not the tests' alone. Whatever needs its second try is named.
  retries: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
});
