/** A person who is to be forgotten: leads, callbacks, and files in which the number stands. */
import { all, get, run, type Dialect, type Work } from '../../store/sql';
import { leadById, move, padded } from './rows';
import { dropHold } from './take';

export interface ForgottenLeads {
  leads: number;
  callbacks: number;
  /** Files of imports, each deleted whole: nothing of a person can be cut out of a file that is still to be checked. */
  files: number;
}

interface Found {
  id: number;
  hold: string | null;
}

function* forgetLead({ id, hold }: Found): Work<void> {
  const lead = yield* leadById(id);
  if (hold !== null) yield* dropHold(hold);
  // Out of its lane's counts first; then the row goes.
  if (lead !== undefined) yield* move(lead, 'removed', { callback: null });
  for (const table of ['lead_numbers', 'lead_passes', 'lead_attempts', 'lead_trail']) {
    yield* run(`DELETE FROM ${table} WHERE lead = ?`, id);
  }
  yield* run('DELETE FROM leads WHERE id = ?', id);
  if (lead === undefined) return;
  yield* run(
    "UPDATE lead_counts SET n = n - 1 WHERE list = ? AND place = ? AND state = 'removed'",
    ...[lead.list, lead.place],
  );
}

/** Ends with the piece before: a number may be cut in two by the end of a piece. */
const TAIL_BYTES = 64;

/** Digits of a piece in any of the encodings that files have: letters, separators and zero bytes fall away. */
function digitsIn(bytes: Uint8Array): string {
  return Buffer.from(bytes.filter((byte) => byte !== 0))
    .toString('latin1')
    .replace(/[\s().\-/]/g, '');
}

function* fileNames(numbers: readonly string[], id: number): Work<boolean> {
  let tail = new Uint8Array();
  for (let n = 0; ; n += 1) {
    const row = yield* get<{ bytes: Uint8Array }>(
      'SELECT bytes FROM lead_import_chunks WHERE import = ? AND n = ?',
      ...[id, n],
    );
    if (row === undefined) return false;
    const bytes = Buffer.concat([tail, row.bytes]);
    const text = digitsIn(bytes);
    if (numbers.some((digits) => text.includes(digits))) return true;
    tail = bytes.subarray(-TAIL_BYTES);
  }
}

function* forgetFiles(dialect: Pick<Dialect, 'contains'>, numbers: readonly string[]): Work<number> {
  const jobs = yield* all<{ import: number }>('SELECT DISTINCT import FROM lead_import_chunks');
  let files = 0;
  for (const { import: id } of jobs) {
    if (!(yield* fileNames(numbers, id))) continue;
    yield* run('DELETE FROM lead_import_chunks WHERE import = ?', id);
    files += 1;
  }
  for (const digits of numbers) yield* run(`DELETE FROM lead_refusals WHERE ${dialect.contains('source')}`, digits);
  return files;
}

/** @param numbers the same number in its notations, digits only, with the country code first */
export function* forgetLeads(dialect: Pick<Dialect, 'contains'>, numbers: readonly string[]): Work<ForgottenLeads> {
  const { marks, values } = padded(numbers.map((digits) => `+${digits}`));
  const found = yield* all<Found>(
    `SELECT leads.id, lead_holds.id AS hold FROM leads LEFT JOIN lead_holds ON lead_holds.lead = leads.id
     WHERE leads.phone IN (${marks}) OR leads.id IN (SELECT lead FROM lead_numbers WHERE phone IN (${marks}))`,
    ...values,
    ...values,
  );
  let callbacks = 0;
  for (const lead of found) {
    callbacks += (yield* run('DELETE FROM callbacks WHERE lead = ?', lead.id)).changes;
    yield* forgetLead(lead);
  }
  for (const phone of [...values, ...numbers]) {
    callbacks += (yield* run('DELETE FROM callbacks WHERE phone = ?', phone)).changes;
    yield* run('DELETE FROM lead_attempts WHERE phone = ?', phone);
  }
  return { leads: found.length, callbacks, files: yield* forgetFiles(dialect, numbers) };
}
