/** One row of a file as a lead, or the reason why not. Text stays text: nothing is computed, trimmed of zeros or guessed. */
import { z } from 'zod';
import { LEAD_LIMITS } from '../../../shared/contract/leads';
import type { ColumnTarget, RefusalReason } from '../../../shared/contract/lead-imports';
import { wallTimeOf } from '../../../shared/lib/wall-time';
import type { ParsedNumber } from '../../dialling/places';
import type { LeadRecord } from '../record';
import type { Column } from './columns';
import { readPhone } from './phones';
import type { Row } from './records';

export interface Draft {
  phone: string;
  number: ParsedNumber;
  name: string | null;
  priority: number;
  segment: string | null;
  record: LeadRecord;
  /** Second and further numbers that could not be read. */
  leftOut: number;
}
export type RowReading = { ok: true; draft: Draft } | { ok: false; field: string | null; reason: RefusalReason };

/** BCP 47, as far as platforms need it. */
const LANGUAGE = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;
const COUNTRY = /^[a-z]{2}$/i;
/** A state or province as rules name them; a name in full is kept as a field. */
const REGION = /^[a-z]{2}(?:-[a-z0-9]{1,3})?$/i;
const WRITTEN = new Set(['written', 'signed', 'yazili', 'yazılı', 'लिखित']);
const EXPRESS = new Set(['express', 'verbal', 'oral', 'yes', 'y', 'true', '1', 'evet', 'sozlu', 'sözlü', 'हाँ', 'हां']);
const NONE = new Set(['', 'no', 'n', 'false', '0', 'none', 'hayir', 'hayır', 'नहीं']);
/** U+FFFD: bytes that are no text in the file's encoding. */
const NO_TEXT = '\ufffd';

class Refused extends Error {
  constructor(
    readonly reason: RefusalReason,
    readonly field: string | null,
  ) {
    super(reason);
  }
}

function priorityOf(cell: string, field: string, usual: number): number {
  if (cell === '') return usual;
  const value = Number(cell);
  if (!Number.isInteger(value) || value < LEAD_LIMITS.minPriority || value > LEAD_LIMITS.maxPriority) {
    throw new Refused('priority_invalid', field);
  }
  return value;
}

/** A date, or an instant with its offset, as ISO 8601 writes them: `05/03/2026` is one day here and another there. */
const consentDate = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

interface ConsentCells {
  level: string;
  at: string;
  source: string;
}

/** @param fields headers of the columns, for what is refused */
function consentOf({ level, at, source }: ConsentCells, fields: { level: string; at: string }): LeadRecord['consent'] {
  const word = level.toLowerCase();
  if (NONE.has(word)) return null;
  if (!WRITTEN.has(word) && !EXPRESS.has(word)) throw new Refused('consent_invalid', fields.level);
  if (at !== '' && !consentDate.safeParse(at).success) throw new Refused('consent_invalid', fields.at);
  return {
    level: WRITTEN.has(word) ? 'written' : 'express',
    given_at: at === '' ? null : new Date(at).toISOString(),
    source: source === '' ? null : source,
  };
}

const labelOf = ({ header }: Column) => header.trim().slice(0, LEAD_LIMITS.maxFieldNameChars) || null;

const zones = new Map<string, boolean>();
function isZone(zone: string): boolean {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  const is = wallTimeOf(0, zone) !== undefined;
  // A file may hold anything: only as many are remembered as there are zones.
  if (zones.size < 1_000) zones.set(zone, is);
  return is;
}

export interface RowDefaults {
  country: string | undefined;
  priority: number;
}

/** Makes the reader of a file's rows. */
export function createRowReader(columns: readonly Column[], defaults: RowDefaults): (row: Row) => RowReading {
  const of = (to: ColumnTarget) => columns.find((column) => column.to === to);
  const phones = columns.filter(({ to }) => to === 'phone');
  const fields = columns.filter(({ to }) => to === 'field');
  const single = {
    name: of('name'),
    first: of('first_name'),
    last: of('last_name'),
    language: of('language'),
    zone: of('zone'),
    region: of('region'),
    postcode: of('postcode'),
    country: of('country'),
    priority: of('priority'),
    external: of('external_id'),
    segment: of('segment'),
    consent: of('consent'),
    consentAt: of('consent_at'),
    consentSource: of('consent_source'),
  };
  const kept = [...fields, ...(single.region === undefined ? [] : [single.region])];

  const cellOf = (cells: readonly string[], column: Column | undefined) =>
    column === undefined ? '' : (cells[column.column] ?? '');
  const shortOf = (
    cells: readonly string[],
    column: Column | undefined,
    most: number,
    reason: RefusalReason = 'field_too_long',
  ) => {
    const text = cellOf(cells, column);
    if (text.length > most) throw new Refused(reason, column?.header ?? null);
    return text === '' ? null : text;
  };

  const fieldsOf = (cells: readonly string[]): Record<string, string> => {
    const found: [string, string][] = [];
    for (const column of kept) {
      const text = shortOf(cells, column, LEAD_LIMITS.maxFieldChars);
      if (text !== null) found.push([column.name, text]);
    }
    // Not by assignment: a column may be called `__proto__`.
    return Object.fromEntries(found);
  };

  const read = (cells: readonly string[]): Draft => {
    const cell = (column: Column | undefined) => cellOf(cells, column);
    const short = (column: Column | undefined, most: number, reason?: RefusalReason) =>
      shortOf(cells, column, most, reason);
    const country = cell(single.country).toUpperCase();
    if (country !== '' && !COUNTRY.test(country)) throw new Refused('country_unknown', single.country?.header ?? null);
    const numbers = numbersOf(cells, country === '' ? defaults.country : country);
    const language = short(single.language, 35);
    if (language !== null && !LANGUAGE.test(language)) {
      throw new Refused('language_invalid', single.language?.header ?? null);
    }
    const zone = short(single.zone, 100);
    if (zone !== null && !isZone(zone)) throw new Refused('zone_unknown', single.zone?.header ?? null);
    const parts = [single.first, single.last].map((column) => cell(column)).filter((part) => part !== '');
    const name = short(single.name, LEAD_LIMITS.maxNameChars, 'name_too_long') ?? parts.join(' ');
    if (name.length > LEAD_LIMITS.maxNameChars) throw new Refused('name_too_long', single.first?.header ?? null);
    return {
      phone: numbers.phones[0].phone,
      number: numbers.phones[0].number,
      name: name === '' ? null : name,
      priority: priorityOf(cell(single.priority), single.priority?.header ?? '', defaults.priority),
      leftOut: numbers.leftOut,
      segment: short(single.segment, LEAD_LIMITS.maxSegmentChars),
      record: {
        phones: numbers.phones.map(({ phone, label }) => ({ phone, label })),
        language: language === null ? null : language.replace(/_/g, '-'),
        zone,
        region: REGION.test(cell(single.region)) ? cell(single.region) : null,
        postcode: short(single.postcode, 20) ?? null,
        external_id: short(single.external, 200),
        fields: fieldsOf(cells),
        consent: consentOf(
          {
            level: cell(single.consent),
            at: cell(single.consentAt),
            source: cell(single.consentSource).slice(0, 500),
          },
          { level: single.consent?.header ?? '', at: single.consentAt?.header ?? '' },
        ),
      },
    };
  };

  /** The first column with a number must be right; of the others what can be read is kept. */
  const numbersOf = (cells: readonly string[], country: string | undefined) => {
    const found: (LeadRecord['phones'][number] & { number: ParsedNumber })[] = [];
    let leftOut = 0;
    let why: Refused | undefined;
    for (const [index, column] of phones.entries()) {
      const reading = readPhone(cells[column.column] ?? '', country);
      if (reading.ok) {
        if (!found.some(({ phone }) => phone === reading.phone)) {
          found.push({ phone: reading.phone, number: reading.number, label: labelOf(column) });
        }
      } else if (reading.reason !== 'phone_missing') {
        if (index === 0) throw new Refused(reading.reason, column.header);
        leftOut += 1;
        why ??= new Refused(reading.reason, column.header);
      }
    }
    const [first, ...more] = found;
    if (first === undefined) throw why ?? new Refused('phone_missing', phones[0]?.header ?? null);
    if (found.length > LEAD_LIMITS.maxPhones) throw new Refused('too_many_phones', phones[0]?.header ?? null);
    return { phones: [first, ...more] as const, leftOut };
  };

  /** Spreadsheets end rows with empty cells that no header is for. */
  const fits = (cells: readonly string[]) =>
    cells.length >= columns.length && cells.slice(columns.length).every((cell) => cell === '');

  return ({ cells, tooLong, text }) => {
    if (tooLong) return { ok: false, field: null, reason: 'record_too_long' };
    if (text.includes(NO_TEXT)) return { ok: false, field: null, reason: 'bad_text' };
    if (cells === undefined) return { ok: false, field: null, reason: 'bad_quotes' };
    if (!fits(cells)) return { ok: false, field: null, reason: 'ragged' };
    try {
      return { ok: true, draft: read(cells) };
    } catch (error) {
      if (error instanceof Refused) return { ok: false, field: error.field, reason: error.reason };
      throw error;
    }
  };
}
