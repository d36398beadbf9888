import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'node_modules/**', 'out/**'],
    // Real sockets, real files, real crypto: generous against a busy machine, still bounded.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
    // Files of one worker share their modules: loading them anew for each file cost more than running it. No module holds
    // state (clocks, sockets and the like are parameters), so files cannot reach each other by them.
    isolate: false,
    // Every core: most of a test's time is waiting for disks and sockets.
    maxWorkers: '100%',
    passWithNoTests: false,
  },
});
