// Content fingerprints, so that a second run with nothing changed skips what is already done.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './step.mjs';

const STAMPS = path.join(root, 'node_modules/.cache/handover-desk');

function files(entry) {
  const absolute = path.join(root, entry);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return [entry];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => path.relative(root, path.join(found.parentPath, found.name)));
}

/** SHA-256 over names and contents of the given files and folders (relative to the root), plus any extra words. */
export function fingerprint(entries, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of entries.flatMap(files).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

/** Whether the step `name` last finished with this fingerprint. */
export function isDone(name, print) {
  try {
    return readFileSync(path.join(STAMPS, name), 'utf8') === print;
  } catch {
    return false; // never finished here
  }
}

export function markDone(name, print) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(path.join(STAMPS, name), print);
}
