import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Journal } from '../../../src/main/journal/journal';
import { JournalError } from '../../../src/main/journal/journal';
import { builtWorker, KEY, temporaryFolder, testJournal } from './built';

const FORM = { path: ['payment_promised'], notes: 'Priya pays on Friday', callback: null, dnc: null };
const ASIDE = 'journal.db.unreadable-2026-01-15T00-00-00-000Z';
const open: Journal[] = [];

beforeAll(async () => {
  await builtWorker();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((journal) => journal.close()));
});

async function journalAt(file: string, options: { key?: string | undefined } = {}): Promise<Journal> {
  const journal = await testJournal({ path: file, ...options });
  open.push(journal);
  return journal;
}

async function closed(journal: Journal): Promise<void> {
  open.splice(open.indexOf(journal), 1);
  await journal.close();
}

test('what was answered is there after the file is closed and opened again', async () => {
  const file = path.join(temporaryFolder(), 'journal.db');
  const first = await journalAt(file);
  expect(first.storage).toEqual({ kept: 'disk' });
  await first.ask('putDraft', { call: 'vinfer:1', rev: 3, form: FORM }, 1);
  await closed(first);
  const again = await journalAt(file);
  expect(await again.ask('draft', 'vinfer:1')).toEqual({ call: 'vinfer:1', rev: 3, form: FORM });
});

test('no file of the journal holds a word of it in clear', async () => {
  const folder = temporaryFolder();
  const journal = await journalAt(path.join(folder, 'journal.db'));
  await journal.ask('putDraft', { call: 'vinfer:1', rev: 1, form: FORM }, 1);
  const files = readdirSync(folder);
  expect(files).toContain('journal.db-wal');
  for (const name of files) expect(readFileSync(path.join(folder, name)).includes('Priya')).toBe(false);
});

test('without a key nothing is written to disk, and the storage says so', async () => {
  const folder = temporaryFolder();
  const journal = await journalAt(path.join(folder, 'journal.db'), { key: undefined });
  expect(journal.storage).toEqual({ kept: 'memory', why: 'no_key' });
  await journal.ask('putDraft', { call: 'vinfer:1', rev: 1, form: FORM }, 1);
  expect((await journal.ask('draft', 'vinfer:1'))?.form).toEqual(FORM);
  expect(readdirSync(folder)).toEqual([]);
});

test('a journal of another key is put aside, not deleted, and a new one is begun', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'journal.db');
  const other = await journalAt(file, { key: 'the key of another profile' });
  await other.ask('putDraft', { call: 'vinfer:1', rev: 1, form: FORM }, 1);
  await closed(other);
  const before = readFileSync(file);
  const journal = await journalAt(file);
  expect(journal.storage).toEqual({ kept: 'disk', set_aside: ASIDE });
  expect(readFileSync(path.join(folder, ASIDE)).equals(before)).toBe(true);
  expect(await journal.ask('draft', 'vinfer:1')).toBeNull();
});

test('a damaged journal is put aside, not deleted', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'journal.db');
  writeFileSync(file, 'x'.repeat(8192));
  const journal = await journalAt(file);
  expect(journal.storage).toEqual({ kept: 'disk', set_aside: ASIDE });
  expect(readFileSync(path.join(folder, ASIDE), 'utf8')).toBe('x'.repeat(8192));
});

test('a second desk on the same file keeps to memory instead of writing beside the first', async () => {
  const file = path.join(temporaryFolder(), 'journal.db');
  await journalAt(file);
  const second = await journalAt(file);
  expect(second.storage).toEqual({ kept: 'memory', why: 'in_use' });
});

test('a folder that cannot be written to gives a journal in memory, not a desk without one', async () => {
  const journal = await journalAt(path.join(temporaryFolder(), 'missing', 'journal.db'));
  expect(journal.storage).toEqual({ kept: 'memory', why: 'disk' });
});

test('a value that SQLite must not be given fails its own request only', async () => {
  const journal = await journalAt(path.join(temporaryFolder(), 'journal.db'));
  const bad = journal.ask('putDraft', { call: 'vinfer:1', rev: Number.NaN, form: FORM }, 1);
  const good = journal.ask('putDraft', { call: 'vinfer:2', rev: 1, form: FORM }, 1);
  await expect(bad).rejects.toBeInstanceOf(JournalError);
  await good;
  expect(await journal.ask('draftedCalls')).toEqual(['vinfer:2']);
});

test('an older keystroke never replaces a newer one', async () => {
  const journal = await journalAt(path.join(temporaryFolder(), 'journal.db'));
  await journal.ask('putDraft', { call: 'vinfer:1', rev: 5, form: { ...FORM, notes: 'newer' } }, 1);
  await journal.ask('putDraft', { call: 'vinfer:1', rev: 4, form: { ...FORM, notes: 'older' } }, 2);
  expect((await journal.ask('draft', 'vinfer:1'))?.form.notes).toBe('newer');
});

test('after closing, requests are refused instead of waiting for ever', async () => {
  const journal = await testJournal({ path: path.join(temporaryFolder(), 'journal.db'), key: KEY });
  await journal.close();
  await expect(journal.ask('draftedCalls')).rejects.toMatchObject({ fault: 'closed' });
});

test('closing ends at once when the thread has already ended by itself', async () => {
  let ended: (error: JournalError) => void = () => undefined;
  const over = new Promise<JournalError>((resolve) => {
    ended = resolve;
  });
  const program = `import { parentPort } from 'node:worker_threads';
    parentPort.postMessage({ opened: { kept: 'disk' } });
    parentPort.once('message', () => process.exit(3));`;
  const worker = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const journal = await testJournal({ path: path.join(temporaryFolder(), 'journal.db'), worker, failed: ended });
  await expect(journal.ask('draftedCalls')).rejects.toMatchObject({ fault: 'closed' });
  expect((await over).message).toContain('3');
  await journal.close();
});

test('whatever else is due has its turn while thousands of writes are made durable', async () => {
  const journal = await journalAt(path.join(temporaryFolder(), 'journal.db'));
  // Turns of the event loop, not milliseconds: a busy machine may take its time for each of them.
  let turns = 0;
  let waiting = true;
  const turn = () => {
    turns += 1;
    if (waiting) setImmediate(turn);
  };
  setImmediate(turn);
  const writes = Array.from({ length: 200 }, (_, round) =>
    Promise.all(
      Array.from({ length: 10 }, (__, n) =>
        journal.ask('putDraft', { call: `vinfer:${n}`, rev: round + 1, form: FORM }, round),
      ),
    ),
  );
  await Promise.all(writes);
  waiting = false;
  // Writes that main waited for itself would leave none between the first and the last.
  expect(turns).toBeGreaterThan(50);
});

test('a refused outcome counts until a later one of the same call stands in its place', async () => {
  const journal = await journalAt(path.join(temporaryFolder(), 'journal.db'));
  const save = (id: string, call: string) =>
    journal.ask('saveOutcome', { id, call, value: 'dispute', decision: { path: ['dispute'] }, decided_at: 1 });
  const refuse = (id: string) =>
    journal.ask('settleOutcome', {
      id,
      state: 'refused',
      why: { code: 'invalid' },
      failures: 0,
      next_try_at: 0,
      at: 2,
    });
  await save('first', 'vinfer:1');
  await refuse('first');
  await save('other', 'vinfer:2');
  await refuse('other');
  expect(await journal.ask('outcomeCounts')).toMatchObject({ waiting: 0, refused: 2 });
  await save('second', 'vinfer:1');
  expect(await journal.ask('outcomeCounts')).toMatchObject({ waiting: 1, refused: 1 });
  const refused = await journal.ask('listOutcomes', ['refused'], 10, 10);
  expect(refused.map(({ id }) => id)).toEqual(['other']);
  expect(await journal.ask('listOutcomes', [], 10, 10)).toHaveLength(3);
});
