/**
 * Reads a copy of a register: a number at the start of each line, in the spellings publishers use. Bytes are looked at one
 * by one, because registers have hundreds of millions of lines and the relay has callers to serve meanwhile.
 */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { DNC_LIMITS } from '../../shared/contract/dnc';

/** How numbers without a country code are written in a country whose registers are read often. */
interface Plan {
  code: string;
  trunk: string;
  /** Digits after country code and trunk prefix. */
  lengths: readonly number[];
}

const PLANS: Readonly<Record<string, Plan>> = {
  US: { code: '1', trunk: '1', lengths: [10] },
  CA: { code: '1', trunk: '1', lengths: [10] },
  GB: { code: '44', trunk: '0', lengths: [9, 10] },
  AU: { code: '61', trunk: '0', lengths: [9] },
  IN: { code: '91', trunk: '0', lengths: [10] },
  TR: { code: '90', trunk: '0', lengths: [10] },
};

const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** Country of a list by its id: `uk.tps` is Britain's. */
export function countryOfList(list: string): string {
  const prefix = list.slice(0, list.indexOf('.')).toUpperCase();
  return prefix === 'UK' ? 'GB' : prefix;
}

function international(digits: string): number | undefined {
  const fits = digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS && !digits.startsWith('0');
  return fits ? Number(digits) : undefined;
}

function national(digits: string, country: string): number | undefined {
  const plan = PLANS[country];
  if (plan === undefined) {
    const number = parsePhoneNumberFromString(digits, country as CountryCode);
    return number?.isPossible() === true ? Number(number.number.slice(1)) : undefined;
  }
  const { code, trunk, lengths } = plan;
  if (lengths.includes(digits.length) && !digits.startsWith('0')) return Number(code + digits);
  if (digits.startsWith(trunk) && lengths.includes(digits.length - trunk.length)) {
    return Number(code + digits.slice(trunk.length));
  }
  const whole = digits.startsWith(code) && lengths.includes(digits.length - code.length);
  return whole ? Number(digits) : undefined;
}

export interface Lines {
  numbers: number[];
  refused: number;
  /** Line numbers, from 1. */
  refusedLines: number[];
}

/** Refused lines that are named. */
const NAMED_REFUSALS = 20;

/** Characters beside digits that spell a number. Zero bytes are what UTF-16 puts between them. */
const SPELLING = new Set(Buffer.from(' -().\'"\0\u00a0\u00ef\u00bb\u00bf\u00fe\u00ff', 'latin1'));
const SEPARATORS = new Set(Buffer.from(',;\t|', 'latin1'));
const [LINE_FEED, CARRIAGE_RETURN, PLUS, ZERO, NINE] = [10, 13, 43, 48, 57] as const;

/** Takes chunks as they come; the last line needs no end. */
export class RegisterReader {
  private line = 1;
  private length = 0;
  private plus = false;
  private spoilt = false;
  /** The first two columns: the US register writes the area code into a column of its own. */
  private columns = ['', ''];
  private column = 0;
  private refusals = 0;

  constructor(private readonly country: string) {}

  take(chunk: Uint8Array): Lines {
    const lines: Lines = { numbers: [], refused: 0, refusedLines: [] };
    for (const byte of chunk) {
      if (byte === LINE_FEED) this.endLine(lines);
      else this.see(byte);
    }
    return lines;
  }

  end(): Lines {
    const lines: Lines = { numbers: [], refused: 0, refusedLines: [] };
    this.endLine(lines);
    return lines;
  }

  private see(byte: number): void {
    this.length += 1;
    if (byte >= ZERO && byte <= NINE) {
      const digits = this.columns[this.column];
      if (digits !== undefined && digits.length <= MAX_DIGITS + 2)
        this.columns[this.column] = digits + String.fromCharCode(byte);
    } else if (SEPARATORS.has(byte)) this.column += 1;
    else if (byte === PLUS && this.column === 0) this.plus = true;
    else if (this.column === 0 && byte !== CARRIAGE_RETURN && !SPELLING.has(byte)) this.spoilt = true;
  }

  private endLine(lines: Lines): void {
    const [first = '', second = ''] = this.columns;
    const blank = first === '' && !this.spoilt;
    if (!blank) {
      const number = this.spoilt || this.length > DNC_LIMITS.maxLineChars ? undefined : this.numberOf(first, second);
      if (number !== undefined) lines.numbers.push(number);
      else {
        lines.refused += 1;
        this.refusals += 1;
        if (this.refusals <= NAMED_REFUSALS) lines.refusedLines.push(this.line);
      }
    }
    this.line += 1;
    this.length = 0;
    this.plus = false;
    this.spoilt = false;
    this.columns = ['', ''];
    this.column = 0;
  }

  private numberOf(first: string, second: string): number | undefined {
    if (this.plus) return international(first);
    if (first.startsWith('00')) return international(first.slice(2));
    const split = PLANS[this.country]?.code === '1' && first.length === 3 && second.length === 7;
    return national(split ? first + second : first, this.country);
  }
}
