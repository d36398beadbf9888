/** Imports as people handle them: upload, dry run with other settings, import, cancel, the refused rows as a file. */
import type { Readable } from 'node:stream';
import {
  IMPORT_LIMITS,
  type ImportJob,
  type ImportQuery,
  type ImportSettings,
  type runImportSchema,
} from '../../../shared/contract/lead-imports';
import type { z } from 'zod';
import type { CampaignContactsQuery } from '../../../shared/contract/campaigns';
import type { Clock } from '../../clock';
import { Problem } from '../../gateway/http/problem';
import type { ListBook } from '../list-book';
import { newListRow } from '../lists';
import type { Person } from '../port';
import { jobOf, jobView, type KeptJob } from './job';
import type { ImportRow, ImportStore } from './port';
import { refusedCsv } from './refused-csv';
import type { ImportRunner } from './runner';

/** Bytes of one piece of a file in the database: some thousand rows. */
const PIECE_BYTES = 256 * 1024;

/** How a file is read before anybody has said otherwise. */
const AS_GUESSED: Pick<ImportSettings, 'mapping' | 'header' | 'priority'> = { mapping: [], header: true, priority: 0 };

export interface ImportDesk {
  upload(query: ImportQuery, body: Readable, by: Person): Promise<ImportJob>;
  /** The same for the contacts of a campaign. @param platform the one it is to be made at */
  uploadContacts(platform: string, query: CampaignContactsQuery, body: Readable, by: Person): Promise<ImportJob>;
  show(id: number): Promise<ImportJob>;
  page(limit: number, offset: number): Promise<{ total: number; data: ImportJob[] }>;
  check(id: number, settings: ImportSettings): Promise<ImportJob>;
  run(id: number, request: z.infer<typeof runImportSchema>, by: Person): Promise<ImportJob>;
  cancel(id: number): Promise<ImportJob>;
  /** Every row that was not imported, with its reason, as CSV. */
  refused(id: number): Promise<AsyncIterable<string>>;
}

export interface ImportDeskDeps {
  store: ImportStore;
  lists: ListBook;
  runner: ImportRunner;
  clock: Clock;
}

/** The stream in pieces of one size. @throws Problem `too_large` */
async function* piecesOf(body: Readable): AsyncGenerator<Buffer> {
  let [waiting, length, total]: [Buffer[], number, number] = [[], 0, 0];
  for await (const chunk of body as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > IMPORT_LIMITS.maxBytes) throw new Problem('too_large', 'The file is larger than 64 MiB; split it');
    waiting.push(chunk);
    length += chunk.length;
    while (length >= PIECE_BYTES) {
      const whole = Buffer.concat(waiting);
      yield whole.subarray(0, PIECE_BYTES);
      waiting = [whole.subarray(PIECE_BYTES)];
      length -= PIECE_BYTES;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

export function createImportDesk({ store, lists, runner, clock }: ImportDeskDeps): ImportDesk {
  const found = async (id: number): Promise<ImportRow> => {
    const row = await store.job(id);
    if (row === undefined || row.state === 'uploading') throw new Problem('not_found', 'No such import');
    return row;
  };
  const save = async (row: ImportRow, to: ImportRow['state'], job: KeptJob): Promise<ImportJob> => {
    if (!(await store.save(row.id, row.state, to, JSON.stringify(job), clock.now()))) {
      throw new Problem('conflict', 'The import has gone on meanwhile; look again');
    }
    runner.kick();
    return jobView(await found(row.id));
  };

  const settingsOf = async ({ list, purpose, kind, country }: ImportQuery): Promise<ImportSettings> => {
    lists.stale();
    const known = (await lists.all()).find(({ name }) => name === list);
    const common = { ...AS_GUESSED, ...(country === undefined ? {} : { country }) };
    if (known !== undefined) return { list: { id: String(known.id) }, ...common };
    if (purpose === undefined)
      throw new Problem('bad_request', 'purpose: this list is new; say what its calls are about');
    return { list: { name: list, purpose, kind: kind ?? 'ai_voice' }, ...common };
  };

  const take = async (file: string | undefined, settings: ImportSettings, body: Readable, by: Person) => {
    const job: KeptJob = {
      ...{ file: file ?? null, bytes: 0, pieces: 0, settings, by, report: null, fault: null },
      ...{ made: false, finished: null, kept: true, progress: { rows: 0, part: 0 } },
    };
    const created = clock.now();
    const id = await store.create(created, JSON.stringify(job));
    const row: ImportRow = { id, state: 'uploading', created, list: null, job: '', stored: 0 };
    try {
      for await (const piece of piecesOf(body)) {
        await store.putPiece(id, job.pieces, piece);
        job.pieces += 1;
        job.bytes += piece.length;
      }
    } catch (error) {
      while ((await store.dropFile(id)) > 0);
      await store.drop(id);
      throw error;
    }
    return save(row, 'checking', job);
  };

  return {
    upload: async (query, body, by) => take(query.file, await settingsOf(query), body, by),
    uploadContacts: (platform, { name, purpose, country, start, file }, body, by) => {
      const list = { campaign_at: platform, name, purpose, country: country ?? null, start: start ?? null };
      return take(file, { list, ...AS_GUESSED }, body, by);
    },
    show: async (id) => jobView(await found(id)),
    async page(limit, offset) {
      const { total, rows } = await store.jobs(limit, offset);
      return { total, data: rows.map(jobView) };
    },
    async check(id, settings) {
      const row = await found(id);
      const job = jobOf(row);
      if (row.state !== 'checked' && !(row.state === 'failed' && job.kept)) {
        throw new Problem('conflict', 'This import is not waiting to be checked');
      }
      return save(row, 'checking', { ...job, settings, report: null, fault: null, progress: { rows: 0, part: 0 } });
    },
    async run(id, { check, list: change }, by) {
      const row = await found(id);
      const job = jobOf(row);
      if (job.report?.check !== check)
        throw new Problem('conflict', 'The file was checked again meanwhile; look first');
      // The same request again: it is on its way, or done.
      if (row.state !== 'checked') return jobView(row);
      const { list } = job.settings;
      if ('campaign_at' in list) throw new Problem('conflict', 'This file was checked for a campaign');
      const given = Object.fromEntries(Object.entries(change ?? {}).filter(([, value]) => value !== undefined));
      const target =
        'id' in list ? { list: Number(list.id) } : { make: newListRow({ ...list, ...given }, by, clock.now()) };
      const kept = JSON.stringify({ ...job, made: 'make' in target, progress: { rows: 0, part: 0 } });
      const begun = await store.begin(id, target, kept, clock.now());
      lists.stale();
      if (begun.ok) {
        runner.kick();
        return jobView(await found(id));
      }
      const details = {
        busy: 'Another import fills this list; wait for its end',
        name_taken: 'Another list has this name by now',
        changed: 'The import has gone on meanwhile; look again',
      };
      throw new Problem('conflict', details[begun.reason]);
    },
    async cancel(id) {
      const row = await found(id);
      const job = jobOf(row);
      switch (row.state) {
        case 'cancelled':
        case 'cancelling':
        case 'failed':
          return jobView(row);
        case 'checking':
        case 'checked':
        case 'importing':
          return save(row, 'cancelling', job);
        default:
          throw new Problem('conflict', 'The leads can be seen already; remove or pause them instead');
      }
    },
    async refused(id) {
      return refusedCsv(store, await found(id));
    },
  };
}
