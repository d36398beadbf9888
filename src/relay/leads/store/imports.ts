/** Imports on the database: the file in pieces, rows that were refused, leads that are not to be seen yet. */
import { all, get, run, type SqlValue, type Work } from '../../store/sql';
import type { BadRow, NewLead } from '../import/reader';
import { storedConsent } from '../../consents/record';
import type { StoredConsent } from '../../consents/port';
import { ConsentTable } from '../../consents/table';
import type { ImportedBy, ImportRow, ListRow, StoredPortion } from '../import/port';
import { leadRecordSchema } from '../record';
import { insertList, listById, openLane, placeId } from './lists';
import { allot, count, padded } from './rows';

/** Rows of one statement: few enough for every database's limit on values. */
const ROWS = 50;
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

/** Changes a job that is still in the state its changer saw. */
function* save(id: number, from: ImportRow['state'], to: ImportRow['state'], job: string, now: number): Work<boolean> {
  const { changes } = yield* run(
    'UPDATE lead_imports SET state = ?, job = ?, changed = ? WHERE id = ? AND state = ?',
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

function* keepRefusals(id: number, bad: readonly BadRow[]): Work<void> {
  for (let from = 0; from < bad.length; from += ROWS) {
    const rows = bad.slice(from, from + ROWS);
    yield* run(
      `INSERT INTO lead_refusals (import, file_row, problem, source)
       VALUES ${rows.map(() => '(?, ?, ?, ?)').join(', ')} ON CONFLICT DO NOTHING`,
      ...rows.flatMap(({ text, ...problem }): SqlValue[] => [id, problem.row, JSON.stringify(problem), text]),
    );
  }
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

function* insertRows(id: number, of: number, rows: readonly NewLead[], first: number, now: number): Work<Set<string>> {
  const ids = new Map<string, number>();
  for (const [index, { place }] of rows.entries()) {
    if (index === 0 || place !== rows[index - 1]?.place) ids.set(place, yield* placeId(place));
  }
  const inserted = yield* all<{ phone: string; id: number; place: number }>(
    `INSERT INTO leads (id, list, place, phone, name, state, priority, not_before, attempts, import, record, created)
     VALUES ${rows.map(() => "(?, ?, ?, ?, ?, 'staged', ?, 0, 0, ?, ?, ?)").join(', ')}
     ON CONFLICT DO NOTHING RETURNING phone, id, place`,
    ...rows.flatMap(({ place, phone, name, priority, record }, index): SqlValue[] => {
      const at = ids.get(place) ?? 0;
      return [first + index, of, at, phone, name, priority, id, record, now];
    }),
  );
  const byPlace = new Map<number, number>();
  for (const { place } of inserted) byPlace.set(place, (byPlace.get(place) ?? 0) + 1);
  for (const [place, n] of byPlace) {
    yield* openLane(of, place);
    yield* count(of, place, 'staged', n);
  }
  const leads = new Map(inserted.map((one) => [one.phone, one.id]));
  for (const { phone, more } of rows) {
    const lead = leads.get(phone);
    for (const other of lead === undefined ? [] : more) {
      yield* run('INSERT INTO lead_numbers (phone, lead) VALUES (?, ?) ON CONFLICT DO NOTHING', other, lead ?? 0);
    }
  }
  return new Set(leads.keys());
}

/**
 * Stores a portion of the rows after row `from`. Null: somebody else stored rows meanwhile, or the job is no longer being
 * imported.
 */
function* store(id: number, from: number, portion: StoredPortion, now: number): Work<{ inList: number[] } | null> {
  const row = yield* byId(id);
  if (row?.state !== 'importing' || row.stored !== from || row.list === null) return null;
  const { leads, bad, upTo } = portion;
  const first = yield* allot('lead', leads.length);
  const inList: number[] = [];
  const known: BadRow[] = [];
  for (let at = 0; at < leads.length; at += ROWS) {
    const rows = leads.slice(at, at + ROWS);
    const inserted = yield* insertRows(id, row.list, rows, first + at, now);
    for (const lead of rows) {
      if (inserted.has(lead.phone)) continue;
      inList.push(lead.row);
      known.push({ row: lead.row, line: lead.line, field: null, reason: 'in_list', text: lead.phone });
    }
  }
  yield* keepRefusals(id, [...bad, ...known]);
  yield* run('UPDATE lead_imports SET stored = ?, changed = ? WHERE id = ?', upTo, now, id);
  return { inList };
}

interface Staged {
  id: number;
  place: number;
  phone: string;
  record: string;
  created: number;
}

function* stagedOf(
  id: number,
  limit: number,
): Work<{ upTo: number; byPlace: Map<number, number>; n: number; rows: Staged[] }> {
  const rows = yield* all<Staged>(
    "SELECT id, place, phone, record, created FROM leads WHERE import = ? AND state = 'staged' ORDER BY id LIMIT ?",
    ...[id, limit],
  );
  const byPlace = new Map<number, number>();
  for (const { place } of rows) byPlace.set(place, (byPlace.get(place) ?? 0) + 1);
  return { upTo: rows.at(-1)?.id ?? 0, byPlace, n: rows.length, rows };
}

/** How a record that states no consent ends: most do, and need not be read whole. */
const NO_CONSENT = '"consent":null}';

/** The consents that a file states of its customers. One without a date counts from the import. */
function consentsIn(rows: readonly Staged[], { settings }: ListRow, by: ImportedBy): StoredConsent[] {
  return rows.flatMap(({ phone, record, created }) => {
    if (record.endsWith(NO_CONSENT)) return [];
    const { consent, phones } = leadRecordSchema.parse(JSON.parse(record));
    if (consent === null) return [];
    const { level, given_at, source } = consent;
    const given = {
      ...{ kinds: [settings.kind], purposes: [settings.purpose], written: level === 'written' },
      given_at: given_at ?? new Date(created).toISOString(),
      source: source ?? `import ${by.import}`,
      ...(settings.seller === null ? {} : { seller: settings.seller }),
    };
    const numbers = phones.length === 0 ? [phone] : phones.map((one) => one.phone);
    return numbers.map((one) => storedConsent({ ...given, phone: one }, by.seller, by.agent, created));
  });
}

/** Lets a portion of an import be seen, and records its consents; how many. */
function* publish(id: number, of: number, limit: number, by: ImportedBy): Work<number> {
  const { upTo, byPlace, n, rows: staged } = yield* stagedOf(id, limit);
  const list = yield* listById(of);
  if (n === 0 || list === undefined) return 0;
  yield* new ConsentTable().record(consentsIn(staged, list, by));
  yield* run(
    "UPDATE leads SET state = 'ready', not_before = 0 WHERE import = ? AND state = 'staged' AND id <= ?",
    ...[id, upTo],
  );
  for (const [place, rows] of byPlace) {
    yield* count(of, place, 'staged', -rows);
    yield* count(of, place, 'ready', rows);
  }
  return n;
}

/** Takes back a portion of an import that was cancelled; how many. The list goes with the last one, if it was made for it. */
function* unstage(id: number, of: number, made: boolean, limit: number): Work<number> {
  const { upTo, byPlace, n } = yield* stagedOf(id, limit);
  if (n > 0) {
    const staged = "SELECT id FROM leads WHERE import = ? AND state = 'staged' AND id <= ?";
    yield* run(`DELETE FROM lead_numbers WHERE lead IN (${staged})`, id, upTo);
    yield* run("DELETE FROM leads WHERE import = ? AND state = 'staged' AND id <= ?", id, upTo);
    for (const [place, rows] of byPlace) yield* count(of, place, 'staged', -rows);
    return n;
  }
  const left = made ? yield* get('SELECT 1 FROM leads WHERE list = ? LIMIT 1', of) : {};
  if (left === undefined) {
    yield* run('DELETE FROM lead_counts WHERE list = ?', of);
    yield* run('DELETE FROM lead_lanes WHERE list = ?', of);
    yield* run('DELETE FROM lead_lists WHERE id = ?', of);
  }
  return 0;
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

export const importWorks = {
  writes: {
    createLeadImport: create,
    putLeadImportPiece: putPiece,
    saveLeadImport: save,
    keepLeadRefusals: keepRefusals,
    forgetLeadRefusals: forgetRefusals,
    beginLeadImport: begin,
    storeLeads: store,
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
