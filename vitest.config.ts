import { defineConfig } from 'vitest/config';

/** These take the tests of other files in once more, which only a fresh set of modules does. */
const AGAIN = 'test/**/*-on-postgres.test.ts';
const ELSEWHERE = ['test/e2e/**', 'node_modules/**', 'out/**'];

export default defineConfig({
  test: {
    // Real sockets, real files, real crypto: generous against a busy machine, still bounded.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
    // Every core: most of a test's time is waiting for disks and sockets.
    maxWorkers: '100%',
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'files',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...ELSEWHERE, AGAIN],
          // Files of one worker share their modules: loading them anew for each file cost as much as running it. No module
          // holds state (clocks, sockets and the like are parameters), so files cannot reach each other by them.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'again', include: [AGAIN], exclude: ELSEWHERE } },
    ],
  },
});
