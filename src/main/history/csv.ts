/** Calls as a table that spreadsheet programs open and none of them runs. Pure. */
import { spreadsheetText } from '../../shared/lib/spreadsheet-text';

/** Excel takes a file for UTF-8 only when it begins with this. */
export const CSV_BOM = '\uFEFF';

/** One cell, quoted. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '""';
  // Numbers are our own: only text can be somebody's formula.
  if (typeof value === 'number') return `"${value}"`;
  return `"${spreadsheetText(value).replaceAll('"', '""')}"`;
}

/** One line with its end. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
