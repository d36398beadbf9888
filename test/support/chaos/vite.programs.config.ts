import { defineConfig } from 'vite';

/** Fault runs and benchmarks as plain Node programs under out/workbench: Node 20 runs no TypeScript. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/workbench',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        faults: 'test/faults/main.ts',
        bench: 'test/bench/main.ts',
        dialer: 'test/bench/dialer/main.ts',
        generator: 'test/bench/generator.ts',
        herd: 'test/bench/herd.ts',
        bare: 'test/bench/servers/bare.ts',
        'socket-io': 'test/bench/servers/socket-io.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
