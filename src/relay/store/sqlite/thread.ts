/** Where the executor runs: in a worker thread (so that a slow disk never stops the sockets) or, for tests, inline. */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { StoreError } from '../port';
import type { Request } from '../works';
import { Executor, failureOf, type Failure, type Outcome, type StoreFile } from './executor';

/** About so many requests share a commit at most: bounds how long the first of them waits for the last. */
export const MAX_BATCH = 512;
/** Requests in one message: passing each by itself costs more than many a request. */
const IN_ONE_MESSAGE = 128;

export interface ThreadEvents {
  outcome: (outcome: Outcome) => void;
  /** The thread is gone and answers nothing more. */
  failed: (failure: Failure) => void;
}

export interface DatabaseThread {
  post(request: Request): void;
  close(): Promise<void>;
}

/** Starts a thread and resolves with its first outcome (position, no replies) once the file is open. */
export type StartThread = (file: StoreFile, events: ThreadEvents) => Promise<DatabaseThread>;

/** What the worker posts. Our own code is on both sides of this wire: only the outline is checked. */
export type FromWorker = { outcome: Outcome } | { opened: Outcome } | { failure: Failure };
const messageSchema = z.custom<FromWorker>((message) => typeof message === 'object' && message !== null);

/** @param entry the built `store-worker.js` */
export function workerThread(entry: URL): StartThread {
  return (file, events) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(entry, { workerData: file });
      let [closing, gone] = [false, false];
      let leaving: Request[] = [];
      const flush = () => {
        const requests = leaving;
        leaving = [];
        for (let first = 0; first < requests.length; first += IN_ONE_MESSAGE) {
          worker.postMessage(requests.slice(first, first + IN_ONE_MESSAGE));
        }
      };
      const stop = async () => {
        closing = true;
        if (gone) return;
        flush();
        const left = new Promise((done) => worker.once('exit', done));
        worker.postMessage('close');
        await left;
      };
      const fail = (failure: Failure) => {
        reject(new StoreError(failure.fault, failure.message));
        events.failed(failure);
      };
      worker.on('message', (message: unknown) => {
        const tagged = messageSchema.parse(message);
        if ('failure' in tagged) fail(tagged.failure);
        else if ('outcome' in tagged) events.outcome(tagged.outcome);
        else {
          events.outcome(tagged.opened);
          resolve({
            // What one turn of the event loop brings goes together.
            post: (request) => {
              leaving.push(request);
              if (leaving.length === 1) setImmediate(flush);
            },
            close: stop,
          });
        }
      });
      worker.on('error', (error) => fail(failureOf(error)));
      worker.on('exit', (code) => {
        gone = true;
        if (!closing) fail({ fault: 'closed', message: `the database thread ended with ${code}` });
      });
    });
}

/** Runs the executor on the calling thread, one batch per turn of the event loop. */
export const inlineThread: StartThread = (file, events) => {
  let executor: Executor;
  try {
    executor = new Executor(file);
  } catch (error) {
    const { fault, message } = failureOf(error);
    return Promise.reject(new StoreError(fault, message, { cause: error }));
  }
  let waiting: Request[] = [];
  const drain = () => {
    const batch = waiting.splice(0, MAX_BATCH);
    if (waiting.length > 0) setImmediate(drain);
    events.outcome(executor.run(batch));
  };
  events.outcome({ replies: [], entries: [], position: executor.position() });
  return Promise.resolve({
    post: (request) => {
      waiting.push(request);
      if (waiting.length === 1) setImmediate(drain);
    },
    close: () => {
      while (waiting.length > 0) drain();
      executor.close();
      waiting = [];
      return Promise.resolve();
    },
  });
};
