import { defineConfig } from 'vite';

/** Optional helpers of `ws`, which does without them. */
const NATIVE = ['bufferutil', 'utf-8-validate'];

/** The practice floor as plain Node programs: with the npm packages they use, as the relay's are. */
export default defineConfig({
  ssr: { noExternal: true, external: NATIVE },
  build: {
    target: 'node20',
    ssr: true,
    outDir: 'out/practice',
    emptyOutDir: true,
    minify: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: { cli: 'src/practice/cli.ts', embedded: 'src/practice/embedded.ts' },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'floor-[hash].js' },
    },
  },
});
