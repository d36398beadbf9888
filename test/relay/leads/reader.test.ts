/** Files as people really send them: every row is a lead, a duplicate or a refusal with its reason. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../src/relay/leads/csv/columns';
import { readPhone } from '../../../src/relay/leads/csv/phones';
import { createFileReader, type Batch, type Layout, type ReadSettings } from '../../../src/relay/leads/import/reader';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/csv');
const INDIA: ReadSettings = { mapping: [], country: 'IN', header: true, priority: 0 };

interface Read {
  rows: number;
  leads: Batch['leads'];
  bad: Batch['bad'];
  layout?: Layout;
  fault?: Batch['fault'];
}

function readBytes(bytes: Uint8Array, settings: ReadSettings = INDIA, step = bytes.length): Read {
  const reader = createFileReader(settings);
  const read: Read = { rows: 0, leads: [], bad: [] };
  const take = ({ rows, leads, bad, layout, fault }: Batch) => {
    read.rows = rows;
    read.leads.push(...leads);
    read.bad.push(...bad);
    if (layout !== undefined) read.layout = layout;
    if (fault !== undefined) read.fault = fault;
  };
  for (let at = 0; at < bytes.length; at += step) take(reader.push(bytes.subarray(at, at + step)));
  take(reader.end());
  return read;
}

const file = (name: string, settings?: ReadSettings) => readBytes(readFileSync(path.join(FOLDER, name)), settings);
const phones = ({ leads }: Read) => leads.map(({ phone }) => phone);
const reasons = ({ bad }: Read) => bad.map(({ row, reason }) => [row, reason]);
const P = (n: number) => `+91987650000${n}`;

describe('segments of a file', () => {
  const read = (text: string, settings: Partial<ReadSettings> = {}) =>
    readBytes(Buffer.from(text), { ...INDIA, segments: [], ...settings });

  it.each(['Segment', 'Customer segment', 'खंड', 'सेगमेंट', 'Müşteri segmenti'])('are found under %s', (header) => {
    const { leads } = read(`Phone,${header}\n9876500001,Gold\n9876500002,\n`);
    expect(leads.map(({ segment }) => segment)).toEqual(['Gold', null]);
  });

  it('are none without such a column', () => {
    expect(read('Phone,City\n9876500001,Pune\n').leads[0]?.segment).toBeNull();
  });

  it('are short texts', () => {
    const { leads, bad } = read(`Phone,Segment\n9876500001,${'x'.repeat(60)}\n9876500002,${'x'.repeat(61)}\n`);
    expect(leads.map(({ segment }) => segment?.length)).toEqual([60]);
    expect(bad).toMatchObject([{ row: 2, field: 'Segment', reason: 'field_too_long' }]);
  });

  it('are no more than a list may have, those counted that it has already; a campaign takes any number', () => {
    const known = Array.from({ length: 99 }, (_, n) => `s${n}`);
    const text = 'Phone,Group\n9876500001,new\n9876500002,more\n9876500003,s7\n9876500004,new\n9876500005,\n';
    const mapping: ReadSettings['mapping'] = [{ column: 1, to: 'segment' }];
    const { leads, bad } = read(text, { segments: known, mapping });
    expect(leads.map(({ segment }) => segment)).toEqual(['new', 's7', 'new', null]);
    expect(bad).toMatchObject([{ row: 2, line: 3, field: 'Group', reason: 'too_many_segments' }]);
    expect(readBytes(Buffer.from(text), { ...INDIA, mapping }).leads).toHaveLength(5);
  });

  it('that are refused do not keep the number from a later row', () => {
    const known = Array.from({ length: 100 }, (_, n) => `s${n}`);
    const { leads, bad } = read('Phone,Segment\n9876500001,new\n9876500001,s1\n', { segments: known });
    expect([leads.length, bad.map(({ reason }) => reason)]).toEqual([1, ['too_many_segments']]);
  });
});

describe('a file', () => {
  it.each(readdirSync(FOLDER))('%s accounts for every row, however it is cut into pieces', (name) => {
    const bytes = readFileSync(path.join(FOLDER, name));
    const whole = readBytes(bytes);
    expect(whole.leads.length + whole.bad.length).toBe(whole.rows);
    expect(readBytes(bytes, INDIA, 7)).toEqual(whole);
    expect(readBytes(bytes, INDIA, 1)).toEqual(whole);
  });

  it.each([
    ['plain.csv', 'utf-8', ','],
    ['bom-crlf.csv', 'utf-8', ';'],
    ['utf16le.csv', 'utf-16le', '\t'],
    ['utf16be-no-mark.csv', 'utf-16be', ','],
    ['mac.csv', 'utf-8', ','],
  ])('%s is understood: %s with %j', (name, encoding, delimiter) => {
    const read = file(name);
    expect(read.layout).toMatchObject({ encoding, delimiter });
    expect(phones(read)).toEqual([P(1), P(2)]);
    expect(read.bad).toEqual([]);
  });

  it('keeps quoted line breaks, delimiters and quotes as they are', () => {
    const [first] = file('bom-crlf.csv').leads;
    expect(JSON.parse(first?.record ?? '')).toMatchObject({ fields: { Note: 'two\nlines; and a "quote"' } });
    expect(file('plain.csv').leads[1]).toMatchObject({ name: 'Patel, Amit', line: 3, row: 2 });
  });

  it('finds columns by their Hindi and Turkish names', () => {
    const hindi = file('hindi.csv');
    expect(hindi.layout?.columns.map(({ to }) => to)).toEqual(['name', 'phone', 'postcode', 'language']);
    expect(reasons(hindi)).toEqual([[1, 'phone_not_a_number']]);
    const turkish = file('turkish.csv', { ...INDIA, country: 'TR' });
    expect(turkish.layout?.columns.map(({ to }) => to)).toEqual(['name', 'phone', 'field', 'priority', 'consent']);
    expect(turkish.leads).toMatchObject([{ phone: '+905551234567', name: 'Ayşe Yılmaz', priority: 3 }]);
    expect(JSON.parse(turkish.leads[0]?.record ?? '')).toMatchObject({ consent: { level: 'written' } });
    expect(reasons(turkish)).toEqual([
      [2, 'priority_invalid'],
      [3, 'consent_invalid'],
    ]);
  });

  it('of a spreadsheet keeps numbers that are whole, and refuses those that lost digits', () => {
    const read = file('spreadsheet.csv');
    expect(reasons(read)).toEqual([
      [1, 'phone_scientific'],
      [2, 'phone_scientific'],
    ]);
    expect(phones(read)).toEqual([P(3), P(4), P(5)]);
  });

  it('refuses numbers that lost their leading zeros', () => {
    const read = file('lost-zeros.csv', { ...INDIA, country: 'IT' });
    expect(reasons(read)).toEqual([
      [1, 'phone_lost_zeros'],
      [3, 'phone_lost_zeros'],
    ]);
    expect(phones(read)).toEqual(['+390612345679']);
  });

  it('refuses rows with cells missing or too many, but takes empty cells at the end', () => {
    const read = file('ragged.csv');
    expect(reasons(read)).toEqual([
      [1, 'ragged'],
      [2, 'ragged'],
    ]);
    expect(phones(read)).toEqual([P(3), P(4)]);
  });

  it('loses one line, and no more, to a quote that is never closed', () => {
    const read = file('unclosed.csv');
    expect(reasons(read)).toEqual([
      [1, 'bad_quotes'],
      [4, 'bad_quotes'],
    ]);
    expect(phones(read)).toEqual([P(2), P(3), P(5)]);
  });

  it('takes each number once, and a row without its first number by its second', () => {
    const read = file('duplicates.csv');
    expect(read.bad).toMatchObject([
      { row: 2, reason: 'in_file', ofRow: 1 },
      { row: 3, reason: 'in_file', ofRow: 1 },
      { row: 6, reason: 'phone_missing' },
    ]);
    expect(phones(read)).toEqual([P(1), P(2), P(3)]);
    expect(read.leads[0]?.more).toEqual([P(9)]);
    expect(read.leads[1]?.leftOut).toBe(1);
  });

  it('leaves a further number out of a row when an earlier row has it, and keeps the customer', () => {
    const office = readBytes(Buffer.from('Phone,Other phone,Name\n9876500001,9876500009,A\n9876500002,9876500009,B\n'));
    expect(office.bad).toEqual([]);
    expect(office.leads.map(({ phone, more, leftOut }) => [phone, more, leftOut])).toEqual([
      [P(1), [P(9)], 0],
      [P(2), [], 1],
    ]);
    expect(JSON.parse(office.leads[1]?.record ?? '')).toMatchObject({ phones: [{ phone: P(2) }] });
  });

  it('takes the date of a consent as ISO 8601 writes it, and refuses what could be two days', () => {
    const at = (date: string) => {
      const read = readBytes(Buffer.from(`Phone,Consent,Consent date\n9876500001,written,${date}\n`));
      const [lead] = read.leads;
      if (lead === undefined) return read.bad.map(({ field, reason }) => [field, reason]);
      return (JSON.parse(lead.record) as { consent: { given_at: string | null } }).consent.given_at;
    };
    expect(at('2026-03-05')).toBe('2026-03-05T00:00:00.000Z');
    expect(at('2026-03-05T10:30:00+05:30')).toBe('2026-03-05T05:00:00.000Z');
    expect(at('')).toBeNull();
    for (const date of ['05/03/2026', '5.3.2026', '2026-02-30', '2026-03-05 10:30', '5 March 2026', '2026']) {
      expect(at(date)).toEqual([['Consent date', 'consent_invalid']]);
    }
  });

  it.each([
    ['of Turkish numbers', 'TR', 'Ayşe Işık', 'windows-1254'],
    ['with Turkish letters', 'IN', 'Gökçe Yağız', 'windows-1254'],
    ['with Icelandic letters', 'IS', 'Þórður Sæmundsson', 'windows-1252'],
    ['with French letters', 'FR', 'Renée Müller', 'windows-1252'],
  ])('%s that an old Windows program wrote keeps its names', (_, country, name, encoding) => {
    const codes: Record<string, number> = { ğ: 0xf0, ş: 0xfe, ı: 0xfd };
    const bytes = Uint8Array.from(
      Array.from(`Phone,Name\n+919876500001,${name}\n`).map((letter) => codes[letter] ?? letter.charCodeAt(0)),
    );
    const read = readBytes(bytes, { ...INDIA, country });
    expect(read.layout?.encoding).toBe(encoding);
    expect(read.leads[0]?.name).toBe(name);
  });

  it('refuses what it does not know of zones, languages, countries and priorities', () => {
    const read = file('zones.csv');
    expect(read.bad.map(({ row, field, reason }) => [row, field, reason])).toEqual([
      [2, 'Time zone', 'zone_unknown'],
      [3, 'Language', 'language_invalid'],
      [5, 'Country', 'country_unknown'],
      [6, 'Priority', 'priority_invalid'],
    ]);
    expect(
      read.leads.map(({ phone, priority, place }) => [phone, priority, JSON.parse(place) as unknown]),
    ).toMatchObject([
      [P(1), 0, { country: 'IN', zones: ['Asia/Kolkata'] }],
      ['+12025550123', 5, { country: 'US', regions: ['DC'] }],
    ]);
  });

  it('refuses rows with bytes that are no text, and reads old Windows files', () => {
    expect(reasons(file('bad-bytes.csv'))).toEqual([[2, 'bad_text']]);
    expect(file('windows-1252.csv', { ...INDIA, country: 'FR' }).leads[0]?.name).toBe('Renée');
  });

  it.each([
    ['not-text.csv', 'not_text'],
    ['empty.csv', 'empty'],
    ['no-phone.csv', 'no_phone_column'],
  ])('%s is refused whole: %s', (name, fault) => {
    expect(file(name)).toMatchObject({ fault, rows: 0, leads: [] });
  });

  it('without a header is read as the person says', () => {
    const read = file('no-header.csv', {
      ...{ country: 'IN', header: false, priority: 0 },
      mapping: [
        { column: 0, to: 'phone' },
        { column: 1, to: 'name' },
      ],
    });
    expect(read.leads.map(({ phone, name }) => [phone, name])).toEqual([
      [P(1), 'Priya'],
      [P(2), 'Amit'],
    ]);
  });
});

describe('columns', () => {
  it('become what the person says; only what nobody said is guessed', () => {
    const columns = columnsOf(['Phone', 'Mobile', 'Name', 'Full name'], [{ column: 1, to: 'phone' }]);
    expect(columns.map(({ to, guessed }) => [to, guessed])).toEqual([
      ['field', true],
      ['phone', false],
      ['name', true],
      ['field', true],
    ]);
  });
});

describe('a number', () => {
  it('that is read is valid and is read the same again', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[+0-9 ().eE-]{0,18}$/),
        fc.constantFrom('IN', 'US', 'TR', 'IT', 'GB'),
        (text, country) => {
          const reading = readPhone(text, country);
          if (!reading.ok) return;
          expect(readPhone(reading.phone, undefined)).toMatchObject({ ok: true, phone: reading.phone });
        },
      ),
    );
  });
});

it('whatever the text, every row is accounted for and every cut gives the same', () => {
  const cell = fc.stringMatching(/^[a"\n,;9 ]{0,6}$/);
  const line = fc.array(cell, { maxLength: 4 }).map((cells) => cells.join(','));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (lines, step) => {
      const bytes = Buffer.from(`Phone,Name\n${lines.join('\n')}`);
      const read = readBytes(bytes);
      expect(read.leads.length + read.bad.length).toBe(read.rows);
      expect(read.bad.map(({ row }) => row)).toEqual(read.bad.map(({ row }) => row).sort((a, b) => a - b));
      expect(readBytes(bytes, INDIA, step)).toEqual(read);
    }),
  );
});
