/** Where files are read: in a worker thread, so that a million rows keep nobody waiting, or in place for tests. */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { createFileReader, type Batch, type ReadSettings } from './reader';

/** Reads one file. Bytes go in, and rows come out, one piece at a time. */
export interface AsyncReader {
  /** @throws when the thread is gone */
  push(bytes: Uint8Array): Promise<Batch>;
  end(): Promise<Batch>;
  close(): Promise<void>;
}
export type OpenReader = (settings: ReadSettings) => AsyncReader;

export type ToReader = { bytes: Uint8Array } | 'end';
/** Our own code is on both sides of this wire: only the outline is checked. */
const batchSchema = z.custom<Batch>((message) => typeof message === 'object' && message !== null && 'rows' in message);

interface Waiting {
  resolve: (batch: Batch) => void;
  reject: (error: Error) => void;
}

/** @param entry the built `import-worker.js` */
export function threadReader(entry: URL): OpenReader {
  return (settings) => {
    const worker = new Worker(entry, { workerData: settings });
    const waiting: Waiting[] = [];
    let gone: Error | undefined;
    const fail = (error: Error) => {
      gone = error;
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    worker.on('message', (message: unknown) => waiting.shift()?.resolve(batchSchema.parse(message)));
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the thread that reads the file ended')));
    const ask = (message: ToReader): Promise<Batch> =>
      new Promise((resolve, reject) => {
        if (gone !== undefined) {
          reject(gone);
          return;
        }
        waiting.push({ resolve, reject });
        worker.postMessage(message);
      });
    return {
      push: (bytes) => ask({ bytes }),
      end: () => ask('end'),
      close: async () => {
        await worker.terminate();
      },
    };
  };
}

/** Reads in place, a piece per turn of the event loop. */
export const inlineReader: OpenReader = (settings) => {
  const reader = createFileReader(settings);
  const soon = (read: () => Batch): Promise<Batch> =>
    new Promise((resolve, reject) => {
      setImmediate(() => {
        try {
          resolve(read());
        } catch (error) {
          reject(error instanceof Error ? error : new Error('the file could not be read', { cause: error }));
        }
      });
    });
  return {
    push: (bytes) => soon(() => reader.push(bytes)),
    end: () => soon(() => reader.end()),
    close: () => Promise.resolve(),
  };
};
