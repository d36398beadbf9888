/**
 * The floor: the same input through the libraries alone, with nothing looked up, explained or accounted for. No import and
 * no check that stands on these libraries can be much faster; times of one run on one machine can be compared.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import Database from 'libsql';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { row, type Row } from '../measure';
import { leadsFile } from './file';

/** Enough for a steady rate. */
const ROWS = 20_000;
const ZONES = ['Asia/Kolkata', 'America/New_York', 'Europe/Berlin', 'Australia/Sydney'];
const BATCH = 200;

/** A file is split into cells, each number is read, and everything is written in one transaction. */
export function bareImport(): Row {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handover-bare-'));
  const database = new Database(path.join(folder, 'bare.db'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE leads (id INTEGER PRIMARY KEY, phone TEXT NOT NULL UNIQUE, record TEXT NOT NULL)`);
  const text = leadsFile(0, ROWS);
  const began = performance.now();
  const insert = database.prepare('INSERT INTO leads (phone, record) VALUES (?, ?)');
  database.exec('BEGIN');
  for (const cells of parse<Record<string, string>>(text, { columns: true })) {
    const number = parsePhoneNumberFromString(cells.Phone ?? '');
    if (number?.isPossible() === true) insert.run(number.number, JSON.stringify(cells));
  }
  database.exec('COMMIT');
  const seconds = (performance.now() - began) / 1000;
  database.close();
  rmSync(folder, { recursive: true, force: true });
  const rate = Math.round(ROWS / seconds);
  return row({
    ...{ what: `${ROWS} rows split, numbers read, written once`, server: 'floor (csv-parse, libphonenumber, SQLite)' },
    ...{ value: `${rate} rows/s`, aim: '', raw: { rate } },
  });
}

/** What is asked for one rule of hours: what time it is at the customer's. */
export function bareHours(seconds: number): Row {
  const clocks = ZONES.map(
    (timeZone) => new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }),
  );
  const began = performance.now();
  let turns = 0;
  while (performance.now() - began < seconds * 1000) {
    for (let n = 0; n < BATCH; n += 1) clocks[turns++ % clocks.length]?.format(turns * 60_000);
  }
  const rate = Math.round((turns * 1000) / (performance.now() - began));
  return row({
    ...{ what: 'the hour at a customer’s, nothing else', server: 'floor (Intl)' },
    ...{ value: `${rate}/s`, aim: '', raw: { rate } },
  });
}
