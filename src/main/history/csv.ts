/** Calls as a table that spreadsheet programs open and none of them runs. Pure. */

/** Excel takes a file for UTF-8 only when it begins with this. */
export const CSV_BOM = '\uFEFF';

/** Signs that make a cell a formula, in the widths that programs take for the same; tab and return hide one. */
const FORMULA = /^[\s]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** One cell, quoted. What a program would calculate is marked as text; a phone number keeps its plus that way. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '""';
  // Numbers are our own: only text can be somebody's formula.
  if (typeof value === 'number') return `"${value}"`;
  const text = FORMULA.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/** One line with its end. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
