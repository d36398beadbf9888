/** A line of context around what a search found. Text in pieces, never markup. Pure. */
import type { Snippet } from '../../shared/contract/history';
import { foldWithMap } from './fold-text';
import type { SearchTerm } from './search-terms';

/** Characters shown before the first hit and in all: one line of the list. */
const BEFORE = 30;
const LENGTH = 140;

const SPEAKABLE = /[\p{L}\p{N}\p{M}]/u;

function needles(terms: readonly SearchTerm[]): string[] {
  return terms.flatMap((term) => (term.kind === 'word' ? [term.text] : [term.digits, ...term.words]));
}

/** Where words beginning with a needle are in the original: [start, end) in order, without overlaps. */
function hitsIn(text: string, wanted: readonly string[]): [number, number][] {
  const { folded, from } = foldWithMap(text);
  const hits: [number, number][] = [];
  for (const needle of wanted) {
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
      const inside = at > 0 && SPEAKABLE.test(folded[at - 1] ?? '');
      if (!inside) hits.push([from[at] ?? 0, from[at + needle.length] ?? text.length]);
    }
  }
  hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return hits.filter(([start], index) => index === 0 || start >= (hits[index - 1]?.[1] ?? 0));
}

function partsOf(text: string, hits: readonly [number, number][]): Snippet['parts'] {
  const first = hits[0]?.[0] ?? 0;
  const start = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE - 1) + 1;
  const end = Math.min(text.length, start + LENGTH);
  const parts: Snippet['parts'] = [];
  let at = start;
  for (const [from, to] of hits) {
    if (from < at || to > end) continue;
    if (from > at) parts.push({ text: text.slice(at, from), hit: false });
    parts.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < end) parts.push({ text: text.slice(at, end), hit: false });
  return parts;
}

/** The first of `places` in which a term is found, or undefined when the hit is somewhere not shown as text. */
export function snippetOf(
  places: readonly { where: Snippet['where']; text: string }[],
  terms: readonly SearchTerm[],
): Snippet | undefined {
  const wanted = needles(terms);
  for (const { where, text } of places) {
    const hits = hitsIn(text, wanted);
    if (hits.length > 0) return { where, parts: partsOf(text, hits) };
  }
  return undefined;
}
