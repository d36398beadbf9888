/** Text that spreadsheet programs show and none of them runs. */

/** Signs that make a cell a formula, in the widths that programs take for the same. */
const SIGNS = '=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20';
/** How a cell begins that is calculated, or that hides behind a tab or a return that it is. */
const BEGINS = new RegExp(`^(?:\\s*[${SIGNS}]|[\\t\\r\\n])`);
/**
 * What another program takes for the end of a cell, and a sign after it: the semicolon divides cells where the comma is the
 * decimal point, and quotes of the one division mean nothing in the other.
 */
const BEGINS_WITHIN = new RegExp(`[;|\\t\\r\\n](?=\\s*[${SIGNS}])`, 'g');

/** Marks as text what a program would calculate; a phone number keeps its plus that way. */
export function spreadsheetText(text: string): string {
  const marked = text.replace(BEGINS_WITHIN, "$&'");
  return BEGINS.test(text) ? `'${marked}` : marked;
}
