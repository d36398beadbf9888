/**
 * What must never be found where a desk has been: every secret and every caller's detail that a test puts in is remembered
 * here, and searched for in the profile folder and in the programs' arguments when the desk is closed.
 */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';

/** Tokens, keys and webhook secrets: nowhere in clear, whatever the file. */
const secrets = new Set<string>();
/** Names, numbers and words of callers: not in settings, logs, traces or what Chromium keeps. */
const people = new Set<string>();

/** Shorter texts occur by chance. */
const MIN_CHARS = 8;
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** The log of an embedded relay holds its callers by nature, in a folder of its own. */
const RELAY_FOLDERS = new Set(['practice', 'solo']);

export function keepSecret(text: string): void {
  if (text.length >= MIN_CHARS) secrets.add(text);
}

export function keepPerson(text: string): void {
  if (text.length >= MIN_CHARS) people.add(text);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(file);
    return entry.isFile() && statSync(file).size <= MAX_FILE_BYTES ? [file] : [];
  });
}

const holds = (bytes: Buffer, text: string): boolean =>
  bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));

/** Files of a profile that hold what they must not; names the file and the kind, never what was found. */
export function canariesIn(profile: string): string[] {
  return filesIn(profile).flatMap((file) => {
    const bytes = readFileSync(file);
    const name = path.relative(profile, file);
    const found: string[] = [];
    if ([...secrets].some((text) => holds(bytes, text))) found.push(`${name}: a secret`);
    const isRelay = RELAY_FOLDERS.has(name.split(path.sep)[0] ?? '');
    if (!isRelay && [...people].some((text) => holds(bytes, text))) found.push(`${name}: a caller's details`);
    return found;
  });
}

/** Programs started from this executable whose arguments hold any of it. */
export function canariesInArguments(executable: string): string[] {
  const folder = path.dirname(executable);
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      if (!readlinkSync(`/proc/${pid}/exe`).startsWith(folder)) return [];
      const given = readFileSync(`/proc/${pid}/cmdline`);
      return [...secrets, ...people].some((text) => given.includes(text)) ? [`arguments of process ${pid}`] : [];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}
