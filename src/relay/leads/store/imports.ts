/** Imports on the database: the jobs, the file in pieces, rows that were refused. Their leads are in `staging.ts`. */
import type { Log } from '../../store/log';
import { all, get, run, type Work } from '../../store/sql';
import type { ImportRow, ListRow, StoredPortion } from '../import/port';
import type { BadRow } from '../import/reader';
import { ImportOwners } from './import-owner';
import { insertList } from './lists';
import { allot, padded } from './rows';
import { publish, store, unstage } from './staging';

/** Pieces of a file deleted in one transaction. */
const PIECES = 16;
/** Numbers looked up in one statement. */
const LOOK_UP = 256;

interface Raw {
  id: number;
  state: ImportRow['state'];
  created: number;
  list: number | null;
  job: string;
  stored: number;
}
const rowOf = ({ id, state, created, list, job, stored }: Raw): ImportRow => ({
  id,
  state,
  created,
  list,
  job,
  stored,
});

function* create(now: number, job: string): Work<number> {
  const id = yield* allot('import', 1);
  yield* run(
    "INSERT INTO lead_imports (id, state, created, changed, job, stored) VALUES (?, 'uploading', ?, ?, ?, 0)",
    ...[id, now, now, job],
  );
  return id;
}

function* putPiece(id: number, n: number, bytes: Uint8Array): Work<void> {
  yield* run('INSERT INTO lead_import_chunks (import, n, bytes) VALUES (?, ?, ?)', id, n, bytes);
}

function* piece(id: number, n: number): Work<Uint8Array | null> {
  const row = yield* get<{ bytes: Uint8Array }>(
    'SELECT bytes FROM lead_import_chunks WHERE import = ? AND n = ?',
    ...[id, n],
  );
  return row === undefined ? null : new Uint8Array(row.bytes);
}

function* byId(id: number): Work<ImportRow | null> {
  const raw = yield* get<Raw>('SELECT * FROM lead_imports WHERE id = ?', id);
  return raw === undefined ? null : rowOf(raw);
}

function* list(limit: number, offset: number): Work<{ total: number; rows: ImportRow[] }> {
  const total = yield* get<{ n: number }>("SELECT count(*) AS n FROM lead_imports WHERE state <> 'uploading'");
  const raws = yield* all<Raw>(
    "SELECT * FROM lead_imports WHERE state <> 'uploading' ORDER BY id DESC LIMIT ? OFFSET ?",
    ...[limit, offset],
  );
  return { total: total?.n ?? 0, rows: raws.map(rowOf) };
}

function* open(): Work<ImportRow[]> {
  const raws = yield* all<Raw>("SELECT * FROM lead_imports WHERE state NOT IN ('done', 'cancelled', 'failed')");
  return raws.map(rowOf);
}

/** Changes a job that is still in the state its changer saw; whoever worked on it is to notice, and anybody may take it. */
function* save(id: number, from: ImportRow['state'], to: ImportRow['state'], job: string, now: number): Work<boolean> {
  const { changes } = yield* run(
    'UPDATE lead_imports SET state = ?, job = ?, changed = ?, owner = NULL WHERE id = ? AND state = ?',
    ...[to, job, now, id, from],
  );
  return changes > 0;
}

function* forgetRefusals(id: number, limit: number): Work<number> {
  const { changes } = yield* run(
    `DELETE FROM lead_refusals WHERE import = ? AND file_row IN
       (SELECT file_row FROM lead_refusals WHERE import = ? ORDER BY file_row LIMIT ?)`,
    ...[id, id, limit],
  );
  return changes;
}

function* refusals(id: number, after: number, limit: number): Work<{ row: number; problem: string; text: string }[]> {
  return yield* all<{ row: number; problem: string; text: string }>(
    `SELECT file_row AS "row", problem, source AS text FROM lead_refusals WHERE import = ? AND file_row > ?
     ORDER BY file_row LIMIT ?`,
    ...[id, after, limit],
  );
}

/** Which of these numbers a list has already. */
function* knownPhones(of: number, phones: readonly string[]): Work<string[]> {
  const known: string[] = [];
  for (let from = 0; from < phones.length; from += LOOK_UP) {
    const { marks, values } = padded(phones.slice(from, from + LOOK_UP));
    const rows = yield* all<{ phone: string }>(
      `SELECT phone FROM leads WHERE list = ? AND phone IN (${marks})`,
      of,
      ...values,
    );
    known.push(...rows.map(({ phone }) => phone));
  }
  return known;
}

/** From a dry run to the import: makes a new list, or takes the one there is if no other import fills it. */
function* begin(
  id: number,
  target: { list: number } | { make: Omit<ListRow, 'id' | 'screened' | 'builtin'> },
  job: string,
  now: number,
): Work<{ ok: true; list: number } | { ok: false; reason: 'busy' | 'name_taken' | 'changed' }> {
  const row = yield* byId(id);
  if (row?.state !== 'checked') return { ok: false, reason: 'changed' };
  if ('list' in target) {
    const other = yield* get(
      `SELECT 1 FROM lead_imports WHERE list = ? AND id <> ? AND state IN ('importing', 'publishing', 'cancelling')`,
      ...[target.list, id],
    );
    if (other !== undefined) return { ok: false, reason: 'busy' };
  }
  const made = 'make' in target ? yield* insertList({ ...target.make, builtin: null }) : undefined;
  if (made === null) return { ok: false, reason: 'name_taken' };
  const into = made?.id ?? ('list' in target ? target.list : 0);
  yield* run(
    "UPDATE lead_imports SET state = 'importing', list = ?, job = ?, changed = ?, stored = 0 WHERE id = ?",
    ...[into, job, now, id],
  );
  return { ok: true, list: into };
}

/** Deletes a portion of the file; how many pieces. */
function* dropFile(id: number): Work<number> {
  const { changes } = yield* run(
    `DELETE FROM lead_import_chunks WHERE import = ? AND n IN
       (SELECT n FROM lead_import_chunks WHERE import = ? ORDER BY n LIMIT ?)`,
    ...[id, id, PIECES],
  );
  return changes;
}

/** Forgets a job with everything but what was imported. */
function* dropJob(id: number): Work<void> {
  yield* run('DELETE FROM lead_imports WHERE id = ?', id);
}

/** Jobs that ended, or whose upload or check is older than they are kept. */
function* oldJobs(endedBefore: number, openBefore: number): Work<ImportRow[]> {
  const raws = yield* all<Raw>(
    `SELECT * FROM lead_imports WHERE (state IN ('done', 'cancelled', 'failed') AND changed < ?)
       OR (state IN ('uploading', 'checked') AND changed < ?)
       OR (state = 'failed' AND changed < ?
         AND EXISTS (SELECT 1 FROM lead_import_chunks WHERE import = lead_imports.id))`,
    ...[endedBefore, openBefore, openBefore],
  );
  return raws.map(rowOf);
}

export function importWorks(log: Pick<Log, 'relay' | 'dialect'>) {
  const owners = new ImportOwners(log);
  return {
    writes: {
      createLeadImport: create,
      putLeadImportPiece: putPiece,
      saveLeadImport: save,
      takeLeadImport: (id: number, state: ImportRow['state']) => owners.take(id, state),
      saveTakenLeadImport: (id: number, from: ImportRow['state'], to: ImportRow['state'], job: string, now: number) =>
        owners.saveTaken(id, from, to, job, now),
      keepLeadRefusals: (id: number, bad: readonly BadRow[]) => owners.keepRefusals(id, bad),
      forgetLeadRefusals: forgetRefusals,
      beginLeadImport: begin,
      storeLeads: (id: number, from: number, portion: StoredPortion, now: number) =>
        store(owners, id, from, portion, now),
      publishLeads: publish,
      unstageLeads: unstage,
      dropLeadImportFile: dropFile,
      dropLeadImport: dropJob,
    },
    reads: {
      leadImport: byId,
      leadImports: list,
      openLeadImports: open,
      oldLeadImports: oldJobs,
      leadImportPiece: piece,
      leadRefusals: refusals,
      knownLeadPhones: knownPhones,
    },
  };
}
