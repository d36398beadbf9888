/**
 * A small file beside the database that says how far its log had come. A database that is behind its own mark was
 * restored from an older copy: its offsets will be given out again, so desks must not resume from them.
 */
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Position } from '../port';

/** The mark may lag the log by this much; only a restore that loses less goes unnoticed, and then loses nothing. */
const WRITE_EVERY_MS = 500;

const markSchema = z.object({ epoch: z.string(), head: z.int().nonnegative() });
type Mark = z.infer<typeof markSchema>;

export const markFileOf = (databasePath: string): string => `${databasePath}.mark`;

/** Undefined when there is none, or it cannot be read. */
export function readMark(file: string): Mark | undefined {
  try {
    return markSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

export function isRestored(position: Position, mark: Mark | undefined): boolean {
  return mark?.epoch === position.epoch && mark.head > position.head;
}

export interface MarkWriter {
  /** The log has come this far; written soon. */
  reached(position: Position): void;
  /** Writes what is outstanding. */
  stop(): Promise<void>;
}

/** @param onError a mark that cannot be written costs no event, but should be known */
export function createMarkWriter(file: string, onError: (error: unknown) => void): MarkWriter {
  let wanted: Mark | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = () => {
    timer = undefined;
    const mark = wanted;
    if (mark === undefined) return writing;
    wanted = undefined;
    writing = writing
      .then(() => writeFile(`${file}.new`, JSON.stringify(mark)))
      .then(() => rename(`${file}.new`, file))
      .catch(onError);
    return writing;
  };
  return {
    reached: ({ epoch, head }) => {
      wanted = { epoch, head };
      // Left running on purpose: failures go to `onError`.
      timer ??= setTimeout(() => void write(), WRITE_EVERY_MS).unref();
    },
    stop: () => {
      clearTimeout(timer);
      return write();
    },
  };
}
