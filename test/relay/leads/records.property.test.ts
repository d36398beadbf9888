/** Lines that are simply split hold what csv-parse says they hold. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRecordReader, DELIMITERS } from '../../../src/relay/leads/csv/records';

const MAX_CHARS = 1_000;
/** Characters that mean something to one of the two, and some that mean nothing. */
const CHARACTERS = [
  ',',
  ';',
  '\t',
  '|',
  ' ',
  '\u0085',
  '\ufeff',
  '\u00a0',
  '\u2003',
  '\u3000',
  '\f',
  "'",
  '=',
  'a',
  '1',
  'न',
  'ş',
  '😀',
];

it('a line without quotes has the cells that csv-parse finds in it', () => {
  const line = fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 40 }).filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.constantFrom(...DELIMITERS), (lines, delimiter) => {
      const reader = createRecordReader(delimiter, MAX_CHARS);
      const read = [...reader.push(`${lines.join('\n')}\n`), ...reader.end()].map(({ cells }) => cells);
      const options = { delimiter, relax_column_count: true, ltrim: true, rtrim: true } as const;
      expect(read).toEqual(parse(lines.join('\n'), options));
    }),
    { numRuns: 300 },
  );
});
