/** Imports on the database: the file in pieces, rows that were refused, leads that are not to be seen yet. */
import type { Log } from '../../store/log';
import { all, get, inserts, run, together, type Changes, type SqlValue, type Work } from '../../store/sql';
import type { BadRow, NewLead } from '../import/reader';
import { storedConsent } from '../../consents/record';
import type { StoredConsent } from '../../consents/port';
import { ConsentTable } from '../../consents/table';
import type { ImportedBy, ImportRow, ListRow, StoredPortion } from '../import/port';
import { leadRecordSchema } from '../record';
import { ImportOwners, insertRefusals } from './import-owner';
import { insertList, listById, openLane, placeId } from './lists';
import { allot, count, padded } from './rows';

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

/** The number of each place, asked for once. */
function* placesOf(rows: readonly NewLead[]): Work<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const { place } of rows) if (!ids.has(place)) ids.set(place, yield* placeId(place));
  return ids;
}

/** Numbers of these ids that are rows: the others were in the list before. Asked only when some are missing. */
function* phonesWithin(first: number, n: number): Work<Set<string>> {
  const rows = yield* all<{ phone: string }>('SELECT phone FROM leads WHERE id >= ? AND id < ?', ...[first, first + n]);
  return new Set(rows.map(({ phone }) => phone));
}

/** Inserts leads under ids from `first` on. Returns those that the list has already. */
function* insertRows(id: number, of: number, leads: readonly NewLead[], first: number, now: number): Work<NewLead[]> {
  const places = yield* placesOf(leads);
  const statements = inserts(
    'INSERT INTO leads (id, list, place, phone, name, state, priority, not_before, attempts, import, record, created)',
    leads.map(({ place, phone, name, priority, record }, index): SqlValue[] => {
      return [first + index, of, places.get(place) ?? 0, phone, name, 'staged', priority, 0, 0, id, record, now];
    }),
    'ON CONFLICT DO NOTHING',
  );
  const results = (yield* together(statements)) as Changes[];
  const inserted = results.reduce((sum, { changes }) => sum + changes, 0);
  const there = inserted === leads.length ? undefined : yield* phonesWithin(first, leads.length);
  const isNew = ({ phone }: NewLead) => there === undefined || there.has(phone);

  const byPlace = new Map<string, number>();
  for (const lead of leads) if (isNew(lead)) byPlace.set(lead.place, (byPlace.get(lead.place) ?? 0) + 1);
  for (const [place, n] of byPlace) {
    yield* openLane(of, places.get(place) ?? 0);
    yield* count(of, places.get(place) ?? 0, 'staged', n);
  }
  const numbers = leads.flatMap((lead, index) =>
    isNew(lead) ? lead.more.map((other): SqlValue[] => [other, first + index]) : [],
  );
  yield* together(inserts('INSERT INTO lead_numbers (phone, lead)', numbers, 'ON CONFLICT DO NOTHING'));
  return leads.filter((lead) => !isNew(lead));
}

/**
 * Stores a portion of the rows after row `from`. Null: somebody else stored rows meanwhile or has taken the job, or it is no
 * longer being imported.
 */
function* store(
  owners: ImportOwners,
  id: number,
  from: number,
  portion: StoredPortion,
  now: number,
): Work<{ inList: number[] } | null> {
  const row = yield* byId(id);
  if (row?.state !== 'importing' || row.stored !== from || row.list === null) return null;
  if (!(yield* owners.isOurs(id))) return null;
  const { leads, bad, upTo } = portion;
  const first = yield* allot('lead', leads.length);
  const there = yield* insertRows(id, row.list, leads, first, now);
  const known = there.map(({ row: of, line, phone }): BadRow => {
    return { row: of, line, field: null, reason: 'in_list', text: phone };
  });
  yield* insertRefusals(id, [...bad, ...known]);
  yield* run('UPDATE lead_imports SET stored = ?, changed = ? WHERE id = ?', upTo, now, id);
  return { inList: known.map((one) => one.row) };
}

/** A portion of the leads that are staged: the last of them, how many, and how many in each place. */
function* stagedOf(id: number, limit: number): Work<{ upTo: number; n: number; byPlace: [number, number][] }> {
  const found = yield* get<{ up_to: number | null; n: number }>(
    `SELECT max(id) AS up_to, count(*) AS n FROM
       (SELECT id FROM leads WHERE import = ? AND state = 'staged' ORDER BY id LIMIT ?) portion`,
    ...[id, limit],
  );
  const upTo = found?.up_to ?? 0;
  const rows = yield* all<{ place: number; n: number }>(
    "SELECT place, count(*) AS n FROM leads WHERE import = ? AND state = 'staged' AND id <= ? GROUP BY place",
    ...[id, upTo],
  );
  return { upTo, n: found?.n ?? 0, byPlace: rows.map(({ place, n }) => [place, n]) };
}

interface Consenting {
  phone: string;
  record: string;
  created: number;
}

/** How a record that states no consent ends: most do, and need not be read. */
const NO_CONSENT = '%"consent":null}';

/** The consents that a file states of its customers. One without a date counts from the import. */
function consentsIn(rows: readonly Consenting[], { settings }: ListRow, by: ImportedBy): StoredConsent[] {
  return rows.flatMap(({ phone, record, created }) => {
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
  const { upTo, byPlace, n } = yield* stagedOf(id, limit);
  const list = yield* listById(of);
  if (n === 0 || list === undefined) return 0;
  const consenting = yield* all<Consenting>(
    `SELECT phone, record, created FROM leads
     WHERE import = ? AND state = 'staged' AND id <= ? AND record NOT LIKE ? ORDER BY id`,
    ...[id, upTo, NO_CONSENT],
  );
  yield* new ConsentTable().record(consentsIn(consenting, list, by));
  yield* run("UPDATE leads SET state = 'ready' WHERE import = ? AND state = 'staged' AND id <= ?", id, upTo);
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
