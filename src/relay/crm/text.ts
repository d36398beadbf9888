/**
 * What callers said and agents typed, made fit for somebody else's program: one that shows it as markup, exports it to a
 * spreadsheet, or puts it on one line. It stays text.
 */

/** Control characters but for line feed and tab, and marks that turn the direction of what follows. */
// eslint-disable-next-line no-control-regex -- these are what is taken out
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** A spreadsheet takes these at the start of a cell for a formula. */
const FORMULA = /^[\s]*[=+\-@\t]/;

function cut(text: string, maxChars: number): string {
  const chars = Array.from(text);
  return chars.length <= maxChars ? text : `${chars.slice(0, maxChars - 1).join('')}…`;
}

/** Several lines of text. */
export function plain(text: string, maxChars: number): string {
  const seen = text.replace(/\r\n?/g, '\n').replace(UNSEEN, '').trim();
  return cut(FORMULA.test(seen) ? `'${seen}` : seen, maxChars);
}

/** One line of text. */
export function line(text: string, maxChars: number): string {
  return plain(text.replace(/\s+/g, ' '), maxChars);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for a field that is shown as markup. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char).replace(/\n/g, '<br>');
}

/** An address that may be shown as a link; anything but https is none. */
export function link(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' ? url.href : undefined;
}
