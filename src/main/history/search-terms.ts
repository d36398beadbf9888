/** What a person typed into the search box, as terms. Pure. */
import { foldText } from './fold-text';

export type SearchTerm =
  | { kind: 'word'; text: string }
  /** Digits in any format; `words` are the same digits as separate words, for amounts that were said. */
  | { kind: 'number'; digits: string; words: string[] };

/** Fewer digits than this are a word ("2 days"), not a part of a phone number. */
const MIN_DIGITS = 3;
/** Terms of one search: more narrow nothing down any further. */
const MAX_TERMS = 12;

const NUMBER = /\+?\d[\d\s().\-/]*\d/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Zeros in front are a trunk or exit prefix (`0…`, `00…`): stored numbers have none. */
function significant(digits: string): string {
  const stripped = digits.replace(/^0+/, '');
  return stripped.length >= MIN_DIGITS ? stripped : digits;
}

export function searchTerms(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  const rest = foldText(typed).replaceAll(NUMBER, (run) => {
    const digits = run.replaceAll(/\D/g, '');
    if (digits.length < MIN_DIGITS) return run;
    terms.push({ kind: 'number', digits: significant(digits), words: run.match(/\d+/g) ?? [] });
    return ' ';
  });
  for (const [text] of rest.matchAll(WORD)) terms.push({ kind: 'word', text });
  return terms.slice(0, MAX_TERMS);
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

/**
 * All words, each as a beginning: what is typed so far finds what it will become. A single letter stands for itself: as
 * a beginning it would be everything.
 */
export function matchExpression(words: readonly string[]): string {
  return words.map((word) => (word.length === 1 ? quoted(word) : `${quoted(word)} *`)).join(' AND ');
}
