/**
 * A file of leads, read piece by piece: its layout, then each row as a lead, a duplicate within the file, or a refusal. Pure
 * and synchronous; runs in a worker thread, where it keeps nobody waiting.
 */
import type {
  DuplicateReason,
  ImportFault,
  ImportSettings,
  RefusalReason,
} from '../../../shared/contract/lead-imports';
import { IMPORT_LIMITS } from '../../../shared/contract/lead-imports';
import { LEAD_LIMITS } from '../../../shared/contract/leads';
import { loadPlaceTables } from '../../dialling/place-tables';
import { createPlaceTexts } from '../../dialling/places';
import { columnsOf, type Column } from '../csv/columns';
import { delimiterOf } from '../csv/delimiter';
import { createRecordReader, type RecordReader, type Row } from '../csv/records';
import { createRowReader, type RowReading } from '../csv/rows';
import { createDecoder, encodingOf, SNIFF_BYTES, type Decoder, type Encoding } from '../csv/text';

/** What of the settings decides how a file is read. */
export type ReadSettings = Pick<
  ImportSettings,
  'mapping' | 'country' | 'delimiter' | 'encoding' | 'header' | 'priority'
> & {
  /** Segments that the list has already; absent: however many the file has are right. */
  segments?: readonly string[];
};

export interface Layout {
  encoding: Encoding;
  delimiter: string;
  columns: (Column & { samples: string[] })[];
}

/** A lead as it is stored. */
export interface NewLead {
  row: number;
  line: number;
  phone: string;
  /** Further numbers. */
  more: string[];
  name: string | null;
  priority: number;
  /** JSON of the places it could be in: a list has few different ones. */
  place: string;
  /** Name. */
  segment: string | null;
  /** JSON of a LeadRecord. */
  record: string;
  leftOut: number;
  /** Consent of the record. */
  consent: 'express' | 'written' | null;
}
export interface BadRow {
  row: number;
  line: number;
  field: string | null;
  reason: RefusalReason | DuplicateReason;
  ofRow?: number;
  /** The row as it is in the file, for the download. */
  text: string;
}

export interface Batch {
  /** Of the whole file so far. */
  rows: number;
  leads: NewLead[];
  bad: BadRow[];
  /** Once, when it is known. */
  layout?: Layout;
  /** The file cannot be used; nothing more will come. */
  fault?: ImportFault;
}

export interface FileReader {
  push(bytes: Uint8Array): Batch;
  end(): Batch;
}

const SAMPLES = 3;
const SAMPLE_CHARS = 60;
const SAMPLE_ROWS = 20;

interface Opened {
  decoder: Decoder;
  records: RecordReader;
  layout: Omit<Layout, 'columns'>;
}

function layoutColumns(columns: readonly Column[], rows: readonly Row[]): Layout['columns'] {
  return columns.map((column) => ({
    ...column,
    samples: rows
      .map(({ cells }) => cells?.[column.column] ?? '')
      .filter((cell) => cell !== '')
      .slice(0, SAMPLES)
      .map((cell) => cell.slice(0, SAMPLE_CHARS)),
  }));
}

/** Every number is one lead's, the first that has it: else a customer with two numbers is called by two people. */
function createSeenNumbers() {
  /** Row in which a number came first. E.164 has at most 15 digits, so it is exact as a number. */
  const seen = new Map<number, number>();
  const rowOf = (phone: string) => seen.get(Number(phone.slice(1)));
  return {
    rowOf,
    /** Notes it as the row's, if it is no other's. */
    isNew: (phone: string, row: number): boolean => {
      if (rowOf(phone) !== undefined) return false;
      seen.set(Number(phone.slice(1)), row);
      return true;
    },
  };
}

/**
 * A list takes the first segments that come, in the order of the file. So a relay that goes on with an import, whose list has
 * some of them by then, takes and refuses the same ones.
 */
function createSegmentGate(known: readonly string[] | undefined): (segment: string) => boolean {
  const there = new Set(known);
  return (segment) => {
    if (known === undefined || there.has(segment)) return true;
    if (there.size >= LEAD_LIMITS.maxSegments) return false;
    there.add(segment);
    return true;
  };
}

/** Makes the reader of one file. */
export function createFileReader(settings: ReadSettings): FileReader {
  const placeOf = createPlaceTexts(loadPlaceTables());
  const numbers = createSeenNumbers();
  const hasRoomFor = createSegmentGate(settings.segments);
  let segmentHeader: string | null = null;
  let sniffed: Uint8Array[] | undefined = [];
  let opened: Opened | undefined;
  let read: ((row: Row) => RowReading) | undefined;
  let rows = 0;
  let fault: ImportFault | undefined;

  const failed = (why: ImportFault): Batch => {
    fault = why;
    return { rows, leads: [], bad: [], fault: why };
  };

  const open = (sample: Uint8Array): Opened | undefined => {
    const encoding = settings.encoding ?? encodingOf(sample, settings.country);
    if (encoding === undefined) return undefined;
    const text = createDecoder(encoding).push(sample);
    const delimiter = settings.delimiter ?? delimiterOf(text, IMPORT_LIMITS.maxRecordBytes);
    return {
      decoder: createDecoder(encoding),
      records: createRecordReader(delimiter, IMPORT_LIMITS.maxRecordBytes),
      layout: { encoding, delimiter },
    };
  };

  /** The first row tells the columns. Returns the rows that are leads. */
  const begin = (records: Row[], batch: Batch): Row[] => {
    const [first] = records;
    if (first === undefined || opened === undefined) return [];
    const cells = first.cells ?? [];
    const width = cells.length;
    if (width > IMPORT_LIMITS.maxColumns) batch.fault = 'too_many_columns';
    const columns = columnsOf(settings.header ? cells : cells.map(() => ''), settings.mapping);
    if (!columns.some(({ to }) => to === 'phone')) batch.fault ??= 'no_phone_column';
    const body = settings.header ? records.slice(1) : records;
    batch.layout = { ...opened.layout, columns: layoutColumns(columns, body.slice(0, SAMPLE_ROWS)) };
    fault = batch.fault;
    segmentHeader = columns.find(({ to }) => to === 'segment')?.header ?? null;
    read = createRowReader(columns, { country: settings.country, priority: settings.priority });
    return body;
  };

  const take = (row: Row, batch: Batch): void => {
    // Spreadsheets save rows that were emptied: no customer is lost with them.
    if (row.cells?.every((cell) => cell === '') === true) return;
    rows += 1;
    const where = { row: rows, line: row.line };
    const reading = read?.(row);
    if (reading?.ok !== true) {
      if (reading !== undefined) {
        batch.bad.push({ ...where, field: reading.field, reason: reading.reason, text: row.text });
      }
      return;
    }
    const { phone, number, record, name, priority, segment } = reading.draft;
    const ofRow = numbers.rowOf(phone);
    if (ofRow !== undefined) {
      batch.bad.push({ ...where, field: null, reason: 'in_file', ofRow, text: row.text });
      return;
    }
    if (segment !== null && !hasRoomFor(segment)) {
      batch.bad.push({ ...where, field: segmentHeader, reason: 'too_many_segments', text: row.text });
      return;
    }
    const phones = record.phones.filter((one) => numbers.isNew(one.phone, rows));
    const leftOut = reading.draft.leftOut + record.phones.length - phones.length;
    const { zone, region, postcode } = record;
    const at = { zone: zone ?? undefined, region: region ?? undefined, postcode: postcode ?? undefined };
    const more = phones.slice(1).map((other) => other.phone);
    // Field by field: spreading costs as much as reading the row.
    batch.leads.push({
      row: rows,
      line: row.line,
      phone,
      more,
      name,
      priority,
      place: placeOf(number, at),
      segment,
      record: JSON.stringify(phones.length === record.phones.length ? record : { ...record, phones }),
      leftOut,
      consent: record.consent?.level ?? null,
    });
  };

  const batchOf = (records: Row[]): Batch => {
    const batch: Batch = { rows, leads: [], bad: [] };
    const body = read === undefined ? begin(records, batch) : records;
    if (batch.fault === undefined) for (const row of body) take(row, batch);
    if (rows > IMPORT_LIMITS.maxRows) return failed('too_many_rows');
    batch.rows = rows;
    return batch;
  };

  const start = (): Batch => {
    const sample = Buffer.concat(sniffed ?? []);
    sniffed = undefined;
    if (sample.length === 0) return failed('empty');
    opened = open(sample);
    return opened === undefined ? failed('not_text') : batchOf(opened.records.push(opened.decoder.push(sample)));
  };

  return {
    push(bytes) {
      if (fault !== undefined) return failed(fault);
      if (opened !== undefined) return batchOf(opened.records.push(opened.decoder.push(bytes)));
      sniffed?.push(bytes);
      const enough = (sniffed ?? []).reduce((sum, { length }) => sum + length, 0) >= SNIFF_BYTES;
      return enough ? start() : { rows, leads: [], bad: [] };
    },
    end() {
      if (fault !== undefined) return failed(fault);
      const first = opened === undefined ? start() : undefined;
      if (first?.fault !== undefined || opened === undefined) return first ?? failed('empty');
      const { decoder, records } = opened;
      const last = batchOf([...records.push(decoder.end()), ...records.end()]);
      if (read === undefined) return failed('empty');
      return {
        ...first,
        ...last,
        leads: [...(first?.leads ?? []), ...last.leads],
        bad: [...(first?.bad ?? []), ...last.bad],
      };
    },
  };
}
