/** Rows that were not imported, as a file to mend and send again. Safe to open in a spreadsheet. */
import { IMPORT_LIMITS, type RowProblem } from '../../../shared/contract/lead-imports';
import { spreadsheetText } from '../../../shared/lib/spreadsheet-text';
import { createRecordReader, DELIMITERS, type Delimiter } from '../csv/records';
import { jobOf } from './job';
import type { ImportRow, ImportStore } from './port';

const PAGE = 500;

/** The reader takes the mark away again from numbers. */
function cell(text: string): string {
  const safe = spreadsheetText(text);
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[]) => `${cells.map(cell).join(',')}\r\n`;

function cellsOf(text: string, delimiter: Delimiter): string[] {
  const reader = createRecordReader(delimiter, IMPORT_LIMITS.maxRecordBytes);
  const [row, ...more] = [...reader.push(`${text}\n`), ...reader.end()];
  return row?.cells === undefined || more.length > 0 ? [text] : row.cells;
}

/** With the byte order mark that tells spreadsheets what encoding it is. */
export async function* refusedCsv(store: Pick<ImportStore, 'refusals'>, row: ImportRow): AsyncGenerator<string> {
  const report = jobOf(row).report;
  const delimiter = DELIMITERS.find((one) => one === report?.delimiter) ?? ',';
  const headers = report?.columns.map(({ header }) => header) ?? [];
  yield `\ufeff${line(['row', 'line', 'reason', 'field', 'earlier row', ...headers])}`;
  for (let after = 0; ;) {
    const page = await store.refusals(row.id, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.row;
    yield page
      .map(({ problem, text }) => {
        const { row: at, line: begins, reason, field, ofRow } = JSON.parse(problem) as RowProblem & { ofRow?: number };
        const why = [String(at), String(begins), reason, field ?? '', ofRow === undefined ? '' : String(ofRow)];
        return line([...why, ...cellsOf(text, delimiter)]);
      })
      .join('');
  }
}
