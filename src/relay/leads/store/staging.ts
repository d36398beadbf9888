/** Rows of a file become leads that nobody sees yet, and are then let be seen, or taken back, a portion at a time. */
import { all, get, inserts, run, together, type Changes, type SqlValue, type Work } from '../../store/sql';
import { storedConsent } from '../../consents/record';
import type { StoredConsent } from '../../consents/port';
import { ConsentTable } from '../../consents/table';
import type { ImportedBy, ImportRow, ListRow, StoredPortion } from '../import/port';
import type { BadRow, NewLead } from '../import/reader';
import { leadRecordSchema } from '../record';
import { insertRefusals, type ImportOwners } from './import-owner';
import { listById, openLanes } from './lists';
import { allot, countAll, type Counted } from './rows';
import { dropEmptySegments, numbersOf } from './segments';

/** Numbers of these ids that are rows: the others were in the list before. Asked only when some are missing. */
function* phonesWithin(first: number, n: number): Work<Set<string>> {
  const rows = yield* all<{ phone: string }>('SELECT phone FROM leads WHERE id >= ? AND id < ?', ...[first, first + n]);
  return new Set(rows.map(({ phone }) => phone));
}

/** Inserts leads under ids from `first` on. Returns those that the list has already. */
function* insertRows(id: number, of: number, leads: readonly NewLead[], first: number, now: number): Work<NewLead[]> {
  const numberOf = yield* numbersOf(of, leads);
  const statements = inserts(
    'INSERT INTO leads (id, list, place, phone, name, state, priority, not_before, attempts, import, record, created)',
    leads.map((lead, index): SqlValue[] => {
      const { phone, name, priority, record } = lead;
      return [first + index, of, numberOf(lead), phone, name, 'staged', priority, 0, 0, id, record, now];
    }),
    'ON CONFLICT DO NOTHING',
  );
  const results = (yield* together(statements)) as Changes[];
  const inserted = results.reduce((sum, { changes }) => sum + changes, 0);
  const there = inserted === leads.length ? undefined : yield* phonesWithin(first, leads.length);
  const isNew = ({ phone }: NewLead) => there === undefined || there.has(phone);

  const byPlace = new Map<number, number>();
  for (const lead of leads) if (isNew(lead)) byPlace.set(numberOf(lead), (byPlace.get(numberOf(lead)) ?? 0) + 1);
  yield* openLanes(of, [...byPlace.keys()]);
  yield* countAll(
    of,
    [...byPlace].map(([place, n]): Counted => [place, 'staged', n]),
  );
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
export function* store(
  owners: ImportOwners,
  id: number,
  from: number,
  portion: StoredPortion,
  now: number,
): Work<{ inList: number[] } | null> {
  const row = yield* get<Pick<ImportRow, 'state' | 'stored' | 'list'>>(
    'SELECT state, stored, list FROM lead_imports WHERE id = ?',
    id,
  );
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
export function* publish(id: number, of: number, limit: number, by: ImportedBy): Work<number> {
  const { upTo, byPlace, n } = yield* stagedOf(id, limit);
  const list = yield* listById(of);
  if (n === 0) yield* dropEmptySegments(of);
  if (n === 0 || list === undefined) return 0;
  const consenting = yield* all<Consenting>(
    `SELECT phone, record, created FROM leads
     WHERE import = ? AND state = 'staged' AND id <= ? AND record NOT LIKE ? ORDER BY id`,
    ...[id, upTo, NO_CONSENT],
  );
  yield* new ConsentTable().record(consentsIn(consenting, list, by));
  yield* run("UPDATE leads SET state = 'ready' WHERE import = ? AND state = 'staged' AND id <= ?", id, upTo);
  yield* countAll(
    of,
    byPlace.flatMap(([place, rows]): Counted[] => [
      [place, 'staged', -rows],
      [place, 'ready', rows],
    ]),
  );
  return n;
}

/** Takes back a portion of an import that was cancelled; how many. The list goes with the last one, if it was made for it. */
export function* unstage(id: number, of: number, made: boolean, limit: number): Work<number> {
  const { upTo, byPlace, n } = yield* stagedOf(id, limit);
  if (n > 0) {
    const staged = "SELECT id FROM leads WHERE import = ? AND state = 'staged' AND id <= ?";
    yield* run(`DELETE FROM lead_numbers WHERE lead IN (${staged})`, id, upTo);
    yield* run("DELETE FROM leads WHERE import = ? AND state = 'staged' AND id <= ?", id, upTo);
    yield* countAll(
      of,
      byPlace.map(([place, rows]): Counted => [place, 'staged', -rows]),
    );
    return n;
  }
  yield* dropEmptySegments(of);
  const left = made ? yield* get('SELECT 1 FROM leads WHERE list = ? LIMIT 1', of) : {};
  if (left === undefined) {
    yield* run('DELETE FROM lead_counts WHERE list = ?', of);
    yield* run('DELETE FROM lead_lanes WHERE list = ?', of);
    yield* run('DELETE FROM lead_lists WHERE id = ?', of);
  }
  return 0;
}
