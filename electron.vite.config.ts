import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Oldest Electron the desk runs on: 33 (Chromium 130, Node 20). Newer ones run the same output. */
const CHROMIUM = 'chrome130';
const NODE = 'node20';

/** Loaded at run time from node_modules: the native database and what Electron itself provides. Everything else is bundled. */
const NATIVE = ['electron', 'libsql', 'bufferutil', 'utf-8-validate'];

/** What the licences of the packages that are built in ask for: their texts come along. */
const LICENSES = { fileName: 'licenses.md' };

export default defineConfig({
  main: {
    build: {
      target: NODE,
      externalizeDeps: false,
      minify: true,
      license: LICENSES,
      rolldownOptions: {
        input: { index: 'src/main/index.ts', 'journal-worker': 'src/main/journal/journal-worker.ts' },
        external: NATIVE,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      externalizeDeps: false,
      license: LICENSES,
      isolatedEntries: true,
      rolldownOptions: {
        input: { 'screen-pop': 'src/preload/screen-pop.ts', workspace: 'src/preload/workspace.ts' },
        external: ['electron'],
        // A sandboxed preload can require nothing but electron: one self-contained CommonJS file per window.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: CHROMIUM,
      // The content security policy allows no inline data but images.
      assetsInlineLimit: 0,
      minify: true,
      license: LICENSES,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { 'screen-pop': 'src/renderer/screen-pop.html', workspace: 'src/renderer/workspace.html' },
      },
    },
  },
});
