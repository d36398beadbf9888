/** The history as a file of the person's choosing: everything a search finds, page by page, whole or not at all. */
import { open, rename, rm } from 'node:fs/promises';
import type { HistoryExport, HistoryPage, HistoryQuery, HistoryRow } from '../../shared/contract/history';
import { HISTORY_LIMITS } from '../../shared/contract/history';
import type { IpcReply } from '../../shared/contract/ipc';
import { CSV_BOM, csvLine } from './csv';

/** What a spreadsheet can hold; far more than a desk keeps. */
const MAX_ROWS = 1_000_000;

export interface ExportOptions {
  search: (query: HistoryQuery) => Promise<HistoryPage>;
  /** Asks the person for a file; undefined: they thought better of it. */
  choose: (suggested: string) => Promise<string | undefined>;
  now: () => number;
  failed: (what: string, cause: unknown) => void;
}

const COLUMNS = [
  'began_at',
  'ended_at',
  'name',
  'number',
  'country',
  'direction',
  'platform',
  'campaign',
  'call',
  'kind',
  'reason',
  'duration_s',
  'ai_outcome',
  'agent_outcome',
  'amount',
  'currency',
  'test',
] as const;

/** Times in UTC: a file is read elsewhere, too. */
const instant = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

function cells(row: HistoryRow): (string | number | undefined)[] {
  return [
    instant(row.at),
    instant(row.ended_at),
    row.name,
    row.phone?.raw,
    row.phone?.country,
    row.direction,
    row.platform,
    row.campaign,
    row.call,
    row.kind,
    row.trigger,
    row.duration_s,
    row.ai_disposition,
    row.agent_disposition,
    row.amount?.value,
    row.amount?.currency,
    row.test ? 'yes' : 'no',
  ];
}

/** Lines of the file, some at a time. */
async function* lines(
  query: HistoryExport,
  search: ExportOptions['search'],
): AsyncGenerator<{ text: string; rows: number }> {
  yield { text: CSV_BOM + csvLine(COLUMNS), rows: 0 };
  let cursor: string | undefined;
  let count = 0;
  do {
    const page = await search({ ...query, limit: HISTORY_LIMITS.maxPage, ...(cursor === undefined ? {} : { cursor }) });
    count += page.rows.length;
    yield { text: page.rows.map((row) => csvLine(cells(row))).join(''), rows: page.rows.length };
    cursor = page.next;
  } while (cursor !== undefined && count < MAX_ROWS);
}

/** Beside the file first: one that cannot be finished leaves an older one as it was. */
async function write(file: string, parts: AsyncIterable<{ text: string; rows: number }>): Promise<number> {
  const beside = `${file}.part`;
  let rows = 0;
  try {
    // For the person alone: these are customers.
    const handle = await open(beside, 'w', 0o600);
    try {
      for await (const part of parts) {
        await handle.write(part.text);
        rows += part.rows;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return rows;
}

export async function exportHistory(query: HistoryExport, options: ExportOptions): Promise<IpcReply<'history:export'>> {
  const day = new Date(options.now()).toISOString().slice(0, 10);
  try {
    const file = await options.choose(`calls-${day}.csv`);
    if (file === undefined) return { ok: true, saved: false, rows: 0 };
    return { ok: true, saved: true, rows: await write(file, lines(query, options.search)) };
  } catch (error) {
    options.failed('history.export', error);
    return { ok: false, reason: 'export_failed' };
  }
}
