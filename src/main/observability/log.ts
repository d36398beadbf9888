/**
 * The desk's log: JSON lines in the profile, two files of bounded size. Codes, counts and faults only: never a name, a
 * number, a summary, a token or a body. Writing is asynchronous and a full disk silences the log, not the desk.
 */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';

/** Size at which a file is put aside, bytes: days of normal work. */
const MAX_BYTES = 1024 * 1024;
/** Lines kept waiting for a slow disk; beyond that the newest are dropped and counted. */
const MAX_WAITING = 1_000;

export interface Log {
  info: (what: string, details?: Record<string, number | string | boolean>) => void;
  /** A fault, with its cause chain. */
  error: (what: string, cause: unknown) => void;
  /** Resolves when everything said so far is in the file. */
  flush: () => Promise<void>;
}

/** Name, message and causes of a fault. Stacks hold paths of the program, which are no secret. */
function describe(fault: unknown, depth = 0): Record<string, unknown> {
  if (!(fault instanceof Error)) return { message: typeof fault === 'string' ? fault : typeof fault };
  const cause = fault.cause === undefined || depth >= 3 ? {} : { cause: describe(fault.cause, depth + 1) };
  return { name: fault.name, message: fault.message, stack: fault.stack?.split('\n').slice(1, 8).join('\n'), ...cause };
}

async function rotate(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MAX_BYTES) await rename(file, `${file}.old`);
}

/** @param file first of the two; the other has `.old` behind its name @param now epoch ms */
export function createLog(file: string, now: () => number): Log {
  let waiting: string[] = [];
  let dropped = 0;
  let writing: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    await mkdir(path.dirname(file), { recursive: true });
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      if (dropped > 0)
        lines.push(`${JSON.stringify({ at: new Date(now()).toISOString(), what: 'log.dropped', dropped })}\n`);
      dropped = 0;
      await rotate(file);
      await appendFile(file, lines.join(''), { mode: 0o600 });
    }
  };
  const flush = (): Promise<void> => {
    // A disk that does not take the log must not stop the desk: the lines are lost, the next ones are tried again.
    writing ??= write()
      .catch(() => undefined)
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  const add = (entry: Record<string, unknown>): void => {
    if (waiting.length >= MAX_WAITING) dropped += 1;
    else waiting.push(`${JSON.stringify({ at: new Date(now()).toISOString(), ...entry })}\n`);
    void flush();
  };
  return {
    info: (what, details) => {
      add({ what, ...details });
    },
    error: (what, cause) => {
      add({ what, level: 'error', fault: describe(cause) });
    },
    flush,
  };
}
