/**
 * Imports of leads from a file of this computer. Main chooses and reads the file; windows only learn its name. The relay
 * checks it first and says what would become of every row; nothing is imported before somebody has seen that.
 */
import { openAsBlob } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from '../../shared/contract/ipc';
import {
  IMPORT_LIMITS,
  importJobSchema,
  type ImportJob,
  type ImportSettings,
} from '../../shared/contract/lead-imports';
import type { NewList } from '../../shared/contract/leads';
import type { ImportView } from '../../shared/contract/list-views';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';

/** How often a job that is under way is asked for. */
const LOOK_EVERY_MS = 500;
/** 64 MiB over a slow line. */
const UPLOAD_WITHIN_MS = 10 * 60_000;
/** All refused rows with their reasons, as text. */
const MAX_REFUSED_BYTES = 64 * 1024 * 1024;

export interface ImportsOptions {
  /** Where files go: leads for a list, or the contacts of a campaign. */
  path: '/v1/leads/import' | '/v1/campaigns/contacts';
  rest: RelayRest;
  scheduler: Scheduler;
  newId: () => string;
  /** The person chooses a file to read; undefined: none. */
  chooseFile: () => Promise<string | undefined>;
  /** The person chooses where to keep a file of this name. */
  chooseTarget: (name: string) => Promise<string | undefined>;
  changed: () => void;
  failed: (what: string, cause: unknown) => void;
}

/** Settings of a new list that do not change what is checked. */
type NewListSettings = Pick<NewList, 'platform'>;

const OVER: readonly ImportJob['state'][] = ['done', 'cancelled', 'failed'];

export class Imports {
  #view: ImportView | null = null;
  #cancel: () => void = () => undefined;
  #newList: NewListSettings = {};

  constructor(private readonly options: ImportsOptions) {}

  get view(): ImportView | null {
    return this.#view;
  }

  /**
   * Lets the person choose a file, sends it, and has it checked. `ok` once it was sent, or nothing was chosen.
   * @param query what the file is for
   * @param list what else is said of the list, should it be made for the file
   */
  async begin(query: Readonly<Record<string, string | undefined>>, list: NewListSettings = {}): Promise<Outcome> {
    const file = await this.options.chooseFile();
    if (file === undefined) return { ok: true };
    this.#cancel();
    const name = path.basename(file);
    const blob = await this.#read(file, name);
    if (blob === undefined) return { ok: true };
    this.#newList = list;
    this.#set({ file: name, state: 'uploading', job: null });
    const given = new URLSearchParams({ file: name.slice(-200) });
    for (const [key, value] of Object.entries(query)) if (value !== undefined) given.set(key, value);
    const to = `${this.options.path}?${given.toString()}`;
    const answer = await this.options.rest.ask({
      ...{ method: 'POST', path: to, body: blob, key: this.options.newId() },
      ...{ withinMs: UPLOAD_WITHIN_MS, answer: importJobSchema },
    });
    if (answer.ok) this.#job(answer.value);
    else this.#set({ file: name, state: 'failed', reason: answer.reason, job: null });
    return answer.ok ? { ok: true } : { ok: false, reason: answer.reason };
  }

  /** The dry run again, with other settings. */
  check(settings: ImportSettings): Promise<Outcome> {
    return this.#step('check', settings);
  }

  /** Imports what the dry run checked. */
  run(): Promise<Outcome> {
    const job = this.#view?.job ?? undefined;
    const check = job?.report?.check;
    if (job === undefined || check === undefined) return Promise.resolve({ ok: false, reason: 'conflict' });
    const isNew = 'kind' in job.settings.list;
    return this.#step('run', { check, ...(isNew ? { list: this.#newList } : {}) });
  }

  /** Puts it away; what was under way is taken back. */
  async close(): Promise<Outcome> {
    const job = this.#view?.job ?? null;
    this.#cancel();
    if (job !== null && !OVER.includes(job.state)) {
      const outcome = await this.#step('cancel', {});
      this.#cancel();
      if (!outcome.ok) return outcome;
    }
    this.forget();
    return { ok: true };
  }

  /** Lets go of what is over; nothing is asked of the relay. */
  forget(): void {
    this.#cancel();
    this.#view = null;
    this.options.changed();
  }

  /** Keeps every refused row with its reason in a file of the person's choosing. */
  async saveRefused(): Promise<Outcome> {
    const job = this.#view?.job;
    if (job === undefined || job === null) return { ok: false, reason: 'not_found' };
    const target = await this.options.chooseTarget('refused-rows.csv');
    if (target === undefined) return { ok: true };
    const answer = await this.options.rest.read(`/v1/leads/imports/${job.id}/refused`, MAX_REFUSED_BYTES);
    if (!answer.ok) return { ok: false, reason: answer.reason };
    try {
      await writeFile(target, answer.value);
      return { ok: true };
    } catch (error) {
      this.options.failed('import.save_refused', error);
      return { ok: false, reason: 'not_stored' };
    }
  }

  stop(): void {
    this.#cancel();
  }

  /** The file's bytes, still on disk: it is never held in memory whole. */
  async #read(file: string, name: string): Promise<Blob | undefined> {
    try {
      const { size } = await stat(file);
      const wrong = size === 0 ? 'file_empty' : size > IMPORT_LIMITS.maxBytes ? 'file_too_large' : undefined;
      if (wrong === undefined) return await openAsBlob(file, { type: 'text/csv' });
      this.#set({ file: name, state: 'failed', reason: wrong, job: null });
    } catch (error) {
      this.options.failed('import.read', error);
      this.#set({ file: name, state: 'failed', reason: 'file_unreadable', job: null });
    }
    return undefined;
  }

  async #step(verb: 'check' | 'run' | 'cancel', body: unknown): Promise<Outcome> {
    const job = this.#view?.job;
    if (job === undefined || job === null) return { ok: false, reason: 'not_found' };
    const answer = await this.options.rest.ask({
      ...{ method: 'POST', path: `/v1/leads/imports/${job.id}/${verb}`, body },
      answer: importJobSchema,
    });
    if (!answer.ok) return { ok: false, reason: answer.reason };
    this.#job(answer.value);
    return { ok: true };
  }

  /** What the relay says of the job; looked at again until it waits for a person or is over. */
  #job(job: ImportJob): void {
    const state = job.state === 'checked' || job.state === 'done' || job.state === 'cancelled' ? job.state : 'working';
    this.#set({ file: this.#view?.file ?? job.file ?? '', state: job.state === 'failed' ? 'failed' : state, job });
    this.#cancel();
    if (job.state === 'checked' || OVER.includes(job.state)) return;
    this.#cancel = this.options.scheduler.after(LOOK_EVERY_MS, () => {
      // Never rejects: outcomes are values.
      void this.#look(job);
    });
  }

  async #look(job: ImportJob): Promise<void> {
    const path = `/v1/leads/imports/${job.id}`;
    const answer = await this.options.rest.ask({ method: 'GET', path, answer: importJobSchema });
    if (this.#view?.job?.id !== job.id) return;
    // An outage passes by itself; the relay goes on meanwhile.
    this.#job(answer.ok ? answer.value : job);
  }

  #set(view: ImportView): void {
    this.#view = view;
    this.options.changed();
  }
}
