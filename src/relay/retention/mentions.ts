/**
 * Where a number stands in a text: with the usual separators between its digits, and not as a part of a longer number. SQL
 * can only ask whether the digits stand there with whatever between them left out, which finds too much; what it finds is
 * looked at again here.
 */

/** What people, platforms and transcripts write between the digits of a number: hyphens and spaces that do not break, too. */
const SEPARATORS = [' ', '\u00a0', '-', '\u2011', '(', ')', '.', '/'];

/** The text of a column without separators, as SQL. */
export function withoutSeparators(column: string): string {
  return SEPARATORS.reduce((text, separator) => `replace(${text}, '${separator}', '')`, column);
}

/** Few at a time: between two numbers more would stand, and a body of nothing else must not take long. */
const BETWEEN = '[ \\u00a0\\-\\u2011().\\/]{0,4}';
const spaced = (digits: string): string => digits.split('').join(BETWEEN);

/**
 * Whether a text mentions a number.
 * @param numbers the number in its notations, digits only: as it was given first, then without its country
 */
export function mentions([given = '', ...national]: readonly string[]): (text: string) => boolean {
  const written = [
    // Somebody may have left the country out.
    `(?<!\\d)(?:\\+\\d{1,3})?0{0,2}${spaced(given)}(?!\\d)`,
    // After the code of a country it would be a number of that country; its own is in the notation above.
    ...national.map((digits) => `(?<!\\d)(?<!\\+\\d{1,3}${BETWEEN})0{0,2}${spaced(digits)}(?!\\d)`),
  ];
  const pattern = new RegExp(written.join('|'));
  return (text) => pattern.test(text);
}
