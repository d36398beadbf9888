/** Small files of the profile, replaced as a whole or not at all. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Readable by this user only: the profile is private. */
const PRIVATE = 0o600;

/** Writes beside the file, makes it durable, renames it over. Throws when the disk does not let it. */
export function writeFileAtomic(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', PRIVATE);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}
