import { defineConfig } from 'vite';

/** The practice floor as plain Node programs: npm packages stay outside, everything of ours is bundled. */
export default defineConfig({
  build: {
    target: 'node20',
    ssr: true,
    outDir: 'out/practice',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { cli: 'src/practice/cli.ts', embedded: 'src/practice/embedded.ts' },
      external: [/^node:/, /^[a-z@]/],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'floor-[hash].js' },
    },
  },
});
