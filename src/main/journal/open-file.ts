/** Opens the journal in the worker thread: on disk where there is a key, else in memory, and never without a journal. */
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { StorageView } from '../../shared/contract/outcomes';
import { migrate, NewerSchema } from './migrations';
import { Sqlite } from './sqlite';

export interface JournalFile {
  path: string;
  /** From the keychain. Absent: nothing is written to disk. */
  key?: string | undefined;
  /** Epoch ms, names what is put aside. */
  now: number;
}

export interface OpenedJournal {
  database: Sqlite;
  storage: StorageView;
}

/** SQLite's files of one database. */
const SUFFIXES = ['', '-wal', '-shm'];

function inMemory(why: Extract<StorageView, { kept: 'memory' }>['why']): OpenedJournal {
  const database = new Sqlite({ path: ':memory:' });
  migrate(database);
  return { database, storage: { kept: 'memory', why } };
}

function openAt(file: string, key: string): Sqlite {
  const database = new Sqlite({ path: file, key });
  try {
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** SQLite's codes for "these bytes are not a database, or not with this key". */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(NOTADB|CORRUPT)/.test(String(error.code));
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));
}

/** Keeps what cannot be read (another key, damage) under another name: a person may still rescue it. */
function setAside(file: string, now: number): string {
  const aside = `${file}.unreadable-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  for (const suffix of SUFFIXES) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  return path.basename(aside);
}

/** Never throws for a reason that lies in the file: the storage value says what became of it. */
export function openJournalFile({ path: file, key, now }: JournalFile): OpenedJournal {
  if (key === undefined) return inMemory('no_key');
  try {
    return { database: openAt(file, key), storage: { kept: 'disk' } };
  } catch (error) {
    if (error instanceof NewerSchema) return inMemory('newer_version');
    if (isLocked(error)) return inMemory('in_use');
    if (!isUnreadable(error)) return inMemory('disk');
  }
  try {
    const aside = setAside(file, now);
    return { database: openAt(file, key), storage: { kept: 'disk', set_aside: aside } };
  } catch {
    // Not even a new file: the storage value says so, and the person is told.
    return inMemory('disk');
  }
}
