import { defineConfig } from 'vite';

/**
 * The relay as plain Node programs: `cli.js`, `embedded.js` (utility process of the desk) and `store-worker.js` (database
 * thread) and `import-worker.js` (reads files of leads), threads of the other two that are started from beside them. npm packages stay outside; Node 20 runs the result.
 */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: process.env.HANDOVER_RELAY_OUT ?? 'out/relay',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: {
        cli: 'src/relay/cli.ts',
        embedded: 'src/relay/embedded.ts',
        'store-worker': 'src/relay/store/sqlite/store-worker.ts',
        'import-worker': 'src/relay/leads/import/import-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
