/** The journal as it runs in the product: its thread is the built bundle, not TypeScript. Built once per test process. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { openJournal, type Journal, type OpenJournal } from '../../../src/main/journal/journal';

const root = path.resolve(import.meta.dirname, '../../..');

/** Inside node_modules, so that the bundles find libsql. */
const cache = path.join(root, 'node_modules', '.cache', 'journal-tests');

/** Test processes are ended without ceremony: the next one clears away what they left. */
function clearAway(): void {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    try {
      process.kill(Number.parseInt(name, 10), 0);
    } catch {
      // No such process any more.
      rmSync(path.join(cache, name), { recursive: true, force: true });
    }
  }
}

/** Builds entries of this repository as Node programs and returns the folder they are in. */
export async function buildEntries(input: Record<string, string>): Promise<string> {
  const outDir = path.join(cache, `${process.pid}-${Object.keys(input).join('-')}`);
  clearAway();
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    // As in the product: everything is bundled but the native module.
    ssr: { noExternal: true, external: ['libsql'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input, external: [/^node:/, 'libsql'], output: { entryFileNames: '[name].js' } },
    },
  });
  return outDir;
}

let worker: Promise<URL> | undefined;

export function builtWorker(): Promise<URL> {
  worker ??= buildEntries({ 'journal-worker': 'src/main/journal/journal-worker.ts' }).then((folder) =>
    pathToFileURL(path.join(folder, 'journal-worker.js')),
  );
  return worker;
}

export function temporaryFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'journal-'));
}

export const KEY = 'a key from the keychain';

export async function testJournal(options: Partial<OpenJournal> & { path: string }): Promise<Journal> {
  return openJournal({
    worker: await builtWorker(),
    key: KEY,
    now: Date.UTC(2026, 0, 15),
    failed: (error) => {
      throw error;
    },
    ...options,
  });
}
