/**
 * Text as records. Where a record ends is found here, line by line, so that a quote that is never closed costs its own
 * line and not the rest of the file; what is in a record is csv-parse's to say.
 */
import { parse } from 'csv-parse/sync';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Lines that one quoted cell may span; beyond it the quote is taken for one that was never closed. */
const MAX_RECORD_LINES = 200;
/** Records handed to csv-parse at a time. */
const BLOCK = 500;

/** A record as it is in the file. `cells` undefined: its quoting cannot be understood, or it is too long. */
export interface Row {
  /** Line of the file on which it begins, from 1. */
  line: number;
  text: string;
  cells: string[] | undefined;
  tooLong: boolean;
}

interface Raw {
  line: number;
  text: string;
}

/** `open`: a quoted cell has no end yet. `broken`: one ends where no cell can end, or the next begins where none can. */
type Quotes = 'closed' | 'open' | 'broken';
type LookAtQuotes = (text: string) => Quotes;

function quotesOf(delimiter: Delimiter): LookAtQuotes {
  const mark = delimiter === '|' ? '\\|' : delimiter;
  const whole = new RegExp(`(^|${mark})[ ]*"(?:[^"]|"")*"(?=[ ]*(?:${mark}|$))`, 'g');
  const begun = new RegExp(`(?:^|${mark})[ ]*"((?:[^"]|"")*)`);
  return (text) => {
    if (!text.includes('"')) return 'closed';
    const rest = text.replace(whole, '$1');
    const cell = begun.exec(rest);
    if (cell === null) return 'closed';
    return cell.index + cell[0].length === rest.length ? 'open' : 'broken';
  };
}

function cellsOf(text: string, delimiter: Delimiter, relaxed: boolean): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: relaxed,
      skip_empty_lines: false,
      trim: false,
      ltrim: true,
      rtrim: true,
    });
  } catch {
    // CsvError: the caller tries the records one by one, and says which could not be read.
    return undefined;
  }
}

/**
 * What keeps a line from being simply split: quotes, and white space other than blanks, of which the parser trims some kinds
 * and leaves others.
 */
const NOT_PLAIN = /["\f\v\u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;

/** The cells of a line that has nothing special: what csv-parse would say, at a fraction of its price. */
function plainCells(text: string, delimiter: Delimiter): string[] | undefined {
  return NOT_PLAIN.test(text) ? undefined : text.split(delimiter).map((cell) => cell.trim());
}

/** One record alone: strictly, else with quotes inside cells taken as they are, if the number of cells is then right. */
function readAlone({ line, text }: Raw, delimiter: Delimiter, width: number | undefined): Row {
  const strict = cellsOf(text, delimiter, false);
  const [cells, ...more] = strict ?? cellsOf(text, delimiter, true) ?? [];
  const right = cells !== undefined && more.length === 0 && (strict !== undefined || cells.length === width);
  return { line, text, cells: right ? cells : undefined, tooLong: false };
}

export interface RecordReader {
  /** Records that the text completes. */
  push(text: string): Row[];
  end(): Row[];
}

/** @param maxChars longest record */
export function createRecordReader(delimiter: Delimiter, maxChars: number): RecordReader {
  const quotes = quotesOf(delimiter);
  /** Text after the last line break. */
  let rest = '';
  let nextLine = 1;
  /** Lines of a record whose quote is open. */
  let open: Raw[] = [];
  let openChars = 0;
  let width: number | undefined;

  const complete = (raws: Raw[]): Row[] => {
    const rows: Row[] = [];
    for (let from = 0; from < raws.length; from += BLOCK) {
      const block = raws.slice(from, from + BLOCK);
      const plain = block.map(({ text }) => plainCells(text, delimiter));
      const others = block.filter((_, index) => plain[index] === undefined);
      const cells = others.length === 0 ? [] : cellsOf(others.map(({ text }) => text).join('\n'), delimiter, false);
      const fits = cells?.length === others.length;
      const [first] = block;
      width ??= first === undefined ? undefined : readAlone(first, delimiter, undefined).cells?.length;
      let other = 0;
      for (const [index, raw] of block.entries()) {
        const { line, text } = raw;
        const own = plain[index];
        if (text.length > maxChars) rows.push({ line, text, cells: undefined, tooLong: true });
        else if (own !== undefined) rows.push({ line, text, cells: own, tooLong: false });
        else if (fits) rows.push({ line, text, cells: cells[other], tooLong: false });
        else rows.push(readAlone(raw, delimiter, width));
        if (own === undefined) other += 1;
      }
    }
    return rows;
  };

  const joined = () => open.map(({ text }) => text).join('\n');
  const isHopeless = () => open.length > MAX_RECORD_LINES || openChars > maxChars;

  /** Puts lines together to records. A quote that finds no end costs its own line; what followed is read again. */
  const assemble = (lines: Raw[], last: boolean): Raw[] => {
    const records: Raw[] = [];
    const giveUp = (): Raw[] => {
      records.push(...open.slice(0, 1));
      const again = open.slice(1);
      [open, openChars] = [[], 0];
      return again;
    };
    /** Returns lines to be read again. */
    const take = (line: Raw): Raw[] => {
      if (open.length === 0 && quotes(line.text) !== 'open') {
        if (line.text.trim() !== '') records.push(line);
        return [];
      }
      open.push(line);
      openChars += line.text.length;
      const state = open.length > 1 && line.text.includes('"') ? quotes(joined()) : 'open';
      if (state === 'broken' || isHopeless()) return giveUp();
      if (state === 'open') return [];
      records.push({ line: open[0]?.line ?? line.line, text: joined() });
      [open, openChars] = [[], 0];
      return [];
    };
    const left = lines.reverse();
    while (left.length > 0 || (last && open.length > 0)) {
      const line = left.pop();
      const again = line === undefined ? giveUp() : take(line);
      left.push(...again.reverse());
    }
    return records;
  };

  const linesOf = (text: string): Raw[] =>
    text.split(/\r\n|[\n\r]/).map((one) => {
      nextLine += 1;
      return { line: nextLine - 1, text: one };
    });

  return {
    push(text) {
      rest += text;
      // The break of lines may be two characters, and the second one may come with the next text.
      const end = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r', rest.length - 2));
      if (end < 0) {
        rest = rest.slice(0, maxChars + 1);
        return [];
      }
      const lines = linesOf(rest.slice(0, rest[end] === '\n' && rest[end - 1] === '\r' ? end - 1 : end));
      rest = rest.slice(end + 1);
      return complete(assemble(lines, false));
    },
    end() {
      const lines = rest === '' ? [] : linesOf(rest.replace(/[\n\r]+$/, ''));
      rest = '';
      return complete(assemble(lines, true));
    },
  };
}
