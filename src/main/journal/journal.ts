/**
 * The desk's journal: drafts, outcomes, wrap-ups, history. Everything runs in a thread of its own, so that a slow disk
 * never holds up a window; a write's promise resolves only once it is durable.
 */
import { Worker } from 'node:worker_threads';
import type { StorageView } from '../../shared/contract/outcomes';
import type { JournalFailure, JournalFault } from './executor';
import type { FromJournal, ToJournal } from './journal-worker';
import type { JournalFile } from './open-file';
import type { JournalRequest, OperationName, Operations } from './operations';

/** Requests that may wait for the disk before new ones are refused: seconds of work even on a slow one. */
const MAX_WAITING = 20_000;

export class JournalError extends Error {
  constructor(
    readonly fault: JournalFault,
    message: string,
  ) {
    super(message);
    this.name = 'JournalError';
  }
}

export interface Journal {
  /** Where it is kept, and what to tell the person about that. */
  readonly storage: StorageView;
  /** Asks the thread. Rejects with JournalError; a write that was rejected has changed nothing. */
  ask<N extends OperationName>(name: N, ...args: Parameters<Operations[N]>): Promise<ReturnType<Operations[N]>>;
  /** Finishes what was asked and lets go of the file. */
  close(): Promise<void>;
}

export interface OpenJournal extends JournalFile {
  /** The built `journal-worker.js`. */
  worker: URL;
  /** The thread ended by itself; every later request is rejected. */
  failed: (error: JournalError) => void;
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: JournalError) => void;
}

class JournalThread {
  readonly #waiting = new Map<number, Waiting>();
  readonly #left: Promise<void>;
  #lastId = 0;
  #broken: JournalError | undefined;

  constructor(
    private readonly worker: Worker,
    private readonly failed: (error: JournalError) => void,
  ) {
    worker.on('message', (message: FromJournal) => {
      if ('replies' in message) for (const reply of message.replies) this.#settle(reply);
    });
    worker.on('error', (error) => this.#break({ fault: 'closed', message: error.message }));
    // Heard from the start: a thread that has ended by then says nothing to whoever asks for it at the close.
    this.#left = new Promise((done) => worker.once('exit', () => done()));
    worker.on('exit', (code) => this.#break({ fault: 'closed', message: `the journal's thread ended with ${code}` }));
  }

  ask(name: OperationName, args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== undefined) {
        reject(this.#broken);
        return;
      }
      if (this.#waiting.size >= MAX_WAITING) {
        reject(new JournalError('disk', 'too many requests wait for the disk'));
        return;
      }
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, { resolve, reject });
      const request: ToJournal = { id: this.#lastId, name, args } as JournalRequest;
      this.worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    this.#broken ??= new JournalError('closed', 'the journal is closed');
    const end: ToJournal = 'close';
    this.worker.postMessage(end);
    await this.#left;
  }

  #settle(reply: Extract<FromJournal, { replies: unknown }>['replies'][number]): void {
    const who = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('failure' in reply) who?.reject(new JournalError(reply.failure.fault, reply.failure.message));
    else who?.resolve(reply.value);
  }

  #break({ fault, message }: JournalFailure): void {
    const error = new JournalError(fault, message);
    for (const who of this.#waiting.values()) who.reject(error);
    this.#waiting.clear();
    if (this.#broken !== undefined) return;
    this.#broken = error;
    this.failed(error);
  }
}

/** Resolves once the file is open and its schema up to date. @throws JournalError only when no thread can be had */
export function openJournal({ worker: entry, failed, path, key, now }: OpenJournal): Promise<Journal> {
  const file: JournalFile = { path, key, now };
  const worker = new Worker(entry, { workerData: file });
  return new Promise((resolve, reject) => {
    const refuse = ({ fault, message }: JournalFailure) => reject(new JournalError(fault, message));
    worker.once('error', (error) => refuse({ fault: 'closed', message: error.message }));
    worker.once('message', (message: FromJournal) => {
      if ('failure' in message) refuse(message.failure);
      if (!('opened' in message)) return;
      const thread = new JournalThread(worker, failed);
      resolve({
        storage: message.opened,
        ask: async (name, ...args) => (await thread.ask(name, args)) as ReturnType<Operations[typeof name]>,
        close: () => thread.close(),
      });
    });
  });
}
