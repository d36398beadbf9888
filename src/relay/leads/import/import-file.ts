/** `handover-relay leads import`: a file on the relay's machine, through the same dry run and import as over REST. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportFault, ImportJob, ImportQuery, ImportState } from '../../../shared/contract/lead-imports';
import { fileFault } from '../../file-fault';
import { Problem } from '../../gateway/http/problem';
import type { Person } from '../port';
import type { ImportDesk } from './desk';

const BY: Person = { id: 'command line', name: 'command line' };
const LOOK_EVERY_MS = 50;
const MAX_NAME_CHARS = 200;

const FAULTS: Record<ImportFault, string> = {
  not_text: 'the file is not text; save it as CSV',
  empty: 'the file has no rows',
  no_phone_column: 'no column looks like a phone number; give the column a header such as Phone',
  too_many_rows: 'the file has too many rows; split it',
  too_many_columns: 'the file has too many columns',
  list_gone: 'the list is no longer there',
  list_name_taken: 'another list has this name by now; try again',
  list_changed: 'leads came into the list since the check; try again',
  person_forgotten: 'a person in the file was forgotten meanwhile; the import was taken back',
  internal: 'the import failed; the log of the relay says why',
};

export interface LeadFile extends Pick<ImportQuery, 'list' | 'purpose' | 'kind' | 'country'> {
  /** Absolute. */
  file: string;
  /** False: only the dry run, which leaves nothing behind. */
  yes: boolean;
}

type FileAnswer =
  /** `done` is null when nothing was to be imported. */
  { ok: true; value: { checked: ImportJob; done: ImportJob | null } } | { ok: false; message: string };

/** Waits until the job has left these states. Ends with the relay: a closed store throws. */
async function past(desk: ImportDesk, id: number, states: readonly ImportState[]): Promise<ImportJob> {
  for (;;) {
    const job = await desk.show(id);
    if (!states.includes(job.state)) return job;
    await pause(LOOK_EVERY_MS);
  }
}

async function upload({ file, list, purpose, kind, country }: LeadFile, desk: ImportDesk): Promise<ImportJob> {
  const body = (await open(file)).createReadStream();
  try {
    const name = path.basename(file).slice(0, MAX_NAME_CHARS);
    return await desk.upload({ list, purpose, kind, country, file: name }, body, BY);
  } finally {
    body.destroy();
  }
}

/** The end of a job as an answer. */
function ended(job: ImportJob, answer: FileAnswer): FileAnswer {
  if (job.state === 'failed') return { ok: false, message: FAULTS[job.fault ?? 'internal'] };
  if (job.state === 'cancelled') return { ok: false, message: 'the import was cancelled by somebody else' };
  return answer;
}

async function bring(request: LeadFile, desk: ImportDesk): Promise<FileAnswer> {
  const { id: job } = await upload(request, desk);
  const id = Number(job);
  const checked = await past(desk, id, ['checking', 'cancelling']);
  if (checked.state !== 'checked') return ended(checked, { ok: true, value: { checked, done: null } });
  if (!request.yes) {
    await desk.cancel(id);
    await past(desk, id, ['cancelling']);
    return { ok: true, value: { checked, done: null } };
  }
  await desk.run(id, { check: checked.report?.check ?? '' }, BY);
  const done = await past(desk, id, ['checked', 'importing', 'publishing', 'cancelling']);
  return ended(done, { ok: true, value: { checked, done } });
}

/** What is wrong with file or list is an answer, not an exception. @throws StoreError */
export async function importLeadFile(request: LeadFile, desk: ImportDesk): Promise<FileAnswer> {
  try {
    return await bring(request, desk);
  } catch (error) {
    const message = error instanceof Problem ? error.message : fileFault(request.file, error);
    if (message === undefined) throw error;
    return { ok: false, message };
  }
}
