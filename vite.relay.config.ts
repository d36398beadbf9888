import { defineConfig } from 'vite';

/** Loaded at run time from node_modules; all but libsql are helpers that `ws` and `pg` do without where they are missing. */
const NATIVE = ['libsql', 'bufferutil', 'utf-8-validate', 'pg-native', 'pg-cloudflare'];

/**
 * The relay as plain Node programs: `cli.js`, `embedded.js` (utility process of the desk) and `store-worker.js` (database
 * thread) and `import-worker.js` (reads files of leads), threads of the other two that are started from beside them. npm packages
 * are built in: a start reads a handful of files, not a thousand. Only the native database is loaded at run time. Node 20 runs the result.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: NATIVE },
  build: {
    ssr: true,
    target: 'node20',
    outDir: process.env.HANDOVER_RELAY_OUT ?? 'out/relay',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    license: { fileName: 'licenses.md' },
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
