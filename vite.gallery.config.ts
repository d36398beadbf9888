import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The component gallery: every component in every state, for eyes and cameras. Not shipped. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [react()],
  build: {
    target: 'chrome130',
    outDir: '../../out/gallery',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        gallery: 'src/renderer/gallery.html',
        // The windows themselves as they ship, so that pictures and budgets are of the real thing.
        'screen-pop': 'src/renderer/screen-pop.html',
        workspace: 'src/renderer/workspace.html',
      },
    },
  },
});
