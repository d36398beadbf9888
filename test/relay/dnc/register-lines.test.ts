import { describe, expect, it } from 'vitest';
import { countryOfList, RegisterReader } from '../../../src/relay/dnc/register-lines';

function read(country: string, text: string | Buffer, chunk = 1 << 20) {
  const reader = new RegisterReader(country);
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const numbers: number[] = [];
  let refused = 0;
  const lines: number[] = [];
  const keep = (part: ReturnType<RegisterReader['end']>) => {
    numbers.push(...part.numbers);
    refused += part.refused;
    lines.push(...part.refusedLines);
  };
  for (let at = 0; at < bytes.length; at += chunk) keep(reader.take(bytes.subarray(at, at + chunk)));
  keep(reader.end());
  return { numbers, refused, lines };
}

describe('a line of a register', () => {
  it.each([
    ['US', '2015550123', 12015550123],
    ['US', '201,5550123', 12015550123],
    ['US', '201\t5550123\textra', 12015550123],
    ['US', '(201) 555-0123', 12015550123],
    ['US', '1-201-555-0123', 12015550123],
    ['US', '"+12015550123";"x"', 12015550123],
    ['CA', '6045550100', 16045550100],
    ['GB', '02079460000', 442079460000],
    ['GB', '2079460000', 442079460000],
    ['GB', '+44 20 7946 0000', 442079460000],
    ['AU', '0298765432', 61298765432],
    ['IN', '09876500001', 919876500001],
    ['IN', '919876500001', 919876500001],
    ['TR', '0532 123 45 67', 905321234567],
    ['TR', '00905321234567', 905321234567],
    ['DE', '030 1234567', 49301234567],
  ])('of %s that says %s is the number %i', (country, line, number) => {
    expect(read(country, line)).toEqual({ numbers: [number], refused: 0, lines: [] });
  });

  it.each([
    ['a heading', 'Telephone'],
    ['too few digits', '12345'],
    ['too many', '123456789012345678901234567890'],
    ['a spreadsheet’s idea of a number', '9.19E+11'],
    ['somebody’s name before it', 'Rao 9876500001'],
    ['a formula', '=HYPERLINK("x")9876500001'],
  ])('is refused with %s', (_what, line) => {
    expect(read('IN', `9876500001\n${line}\n`)).toEqual({ numbers: [919876500001], refused: 1, lines: [2] });
  });

  it('may be torn anywhere, end in any way, and be written in two bytes a character', () => {
    const lines = '\ufeff9876500001\r\n\r\n9876500002\r\n9876500003';
    const expected = { numbers: [919876500001, 919876500002, 919876500003], refused: 0, lines: [] };
    for (const chunk of [1, 2, 3, 7, 1000]) expect(read('IN', lines, chunk)).toEqual(expected);
    expect(read('IN', Buffer.from(lines, 'utf16le'))).toEqual(expected);
  });

  it('names the first refusals only', () => {
    const { refused, lines } = read('IN', 'x\n'.repeat(1_000));
    expect(refused).toBe(1_000);
    expect(lines).toHaveLength(20);
  });
});

it('knows the country of a list by its name', () => {
  expect(['us.national', 'uk.tps', 'tr.iys'].map(countryOfList)).toEqual(['US', 'GB', 'TR']);
});
