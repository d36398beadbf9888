import { defineConfig } from '@playwright/test';

/** Opens every story of the built gallery: no policy violation, nothing cut off, axe finds nothing, a picture of each. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.gallery.ts',
  outputDir: '../../../out/test/gallery',
  workers: '100%',
  fullyParallel: true,
  forbidOnly: true,
  timeout: 30_000,
  reporter: [['list'], ['json']],
});
