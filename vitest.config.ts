import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'node_modules/**', 'out/**'],
    // Real sockets, real files, real crypto: generous against a busy machine, still bounded.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
    // Every core: most of a test's time is waiting for disks and sockets.
    maxWorkers: '100%',
    passWithNoTests: false,
  },
});
