/** The report of `leads import` as text: every row is accounted for, and what was left out is told in words. */
import { z } from 'zod';
import { importJobSchema, type ImportJob, type ImportReport, type RowProblem } from '../shared/contract/lead-imports';

const valueSchema = z.object({ checked: importJobSchema, done: importJobSchema.nullable() });

const REASONS: Record<RowProblem['reason'], string> = {
  phone_missing: 'no phone number',
  phone_scientific: 'the spreadsheet shortened the number (as in 9.19E+11); format the column as text',
  phone_lost_zeros: 'digits are missing at the front of the number; format the column as text',
  phone_no_country: 'the number has no country code; say --country',
  phone_too_short: 'the number is too short',
  phone_too_long: 'the number is too long',
  phone_not_a_number: 'this is not a phone number',
  phone_invalid: 'no such phone number can exist',
  ragged: 'more or fewer cells than the header has',
  bad_quotes: 'the quote marks cannot be understood',
  bad_text: 'some bytes are no text in the encoding of the file',
  record_too_long: 'the row is too long',
  too_many_phones: 'too many phone numbers',
  name_too_long: 'the name is too long',
  field_too_long: 'the text is too long',
  language_invalid: 'this is not a language',
  zone_unknown: 'this is not a time zone',
  country_unknown: 'this is not a country',
  priority_invalid: 'the priority is not a number from -9 to 9',
  too_many_segments: 'the list would have more than 100 segments',
  consent_invalid: 'the consent, or its date (2026-03-05), cannot be understood',
  do_not_call: 'the number is on a do-not-call list',
  not_allowed: 'the rules do not allow this call',
  in_file: 'an earlier row has the number',
  in_list: 'the list has the number already',
};

function problemLine({ row, line, field, reason, of_row }: RowProblem): string {
  const at = [`row ${row}`, `line ${line}`, ...(field === null ? [] : [field])].join(', ');
  const earlier = of_row === undefined ? '' : `: row ${of_row}`;
  return `  ${at}: ${REASONS[reason]}${earlier}`;
}

function reportLines(report: ImportReport, imported: string): string[] {
  const { rows, imported: leads, duplicates, refused, problems, columns, dial } = report;
  const untold = duplicates + refused - problems.length;
  const kept = columns.map(({ header, column, to, segment }) => {
    return `${header === '' ? column + 1 : header} = ${segment === true ? 'segment' : to}`;
  });
  return [
    `${rows} rows = ${leads} ${imported} + ${duplicates} duplicate + ${refused} refused`,
    `columns: ${kept.join(', ')}`,
    `may be called: ${dial.allowed} now, ${dial.later} later, ${dial.blocked} not by the rules`,
    ...problems.map(problemLine),
    ...(untold > 0 ? [`  and ${untold} more: ${totals(report)}`] : []),
  ];
}

const totals = ({ by_reason }: ImportReport) =>
  by_reason.map(({ reason, rows }) => `${rows} × ${REASONS[reason]}`).join('; ');

function doneLine({ report, list }: ImportJob): string {
  const { imported = 0, duplicates = 0, refused = 0 } = report ?? {};
  return `imported ${imported} leads into list ${list ?? '-'}; ${duplicates} duplicate, ${refused} refused`;
}

/** @param value what the import answered */
export function printImport(value: unknown): string {
  const { checked, done } = valueSchema.parse(value);
  const report = checked.report === null ? [] : reportLines(checked.report, done === null ? 'to import' : 'imported');
  const last = done === null ? 'nothing was imported; say --yes to import it' : doneLine(done);
  return [...report, last].map((line) => `${line}\n`).join('');
}
