/** Entry of the journal's thread (`out/main/journal-worker.js`). Takes everything that has come in as one batch. */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import type { StorageView } from '../../shared/contract/outcomes';
import { Executor, failureOf, type JournalFailure, type JournalReply } from './executor';
import { openJournalFile, type JournalFile } from './open-file';
import type { JournalRequest } from './operations';

/** Most requests in one commit: bounds how long the first of them waits for the last. */
const MAX_BATCH = 256;

/** What the thread posts. */
export type FromJournal = { opened: StorageView } | { replies: JournalReply[] } | { failure: JournalFailure };

/** What it is sent: requests, and at last `close`. */
export type ToJournal = JournalRequest | 'close';

function serve(port: MessagePort, file: JournalFile): void {
  const post = (message: FromJournal) => port.postMessage(message);
  let executor: Executor;
  try {
    const { database, storage } = openJournalFile(file);
    executor = new Executor(database);
    post({ opened: storage });
  } catch (error) {
    post({ failure: failureOf(error) });
    port.close();
    return;
  }

  port.on('message', (first: ToJournal) => {
    const batch: JournalRequest[] = [];
    let next: ToJournal | undefined = first;
    while (next !== undefined && next !== 'close') {
      batch.push(next);
      if (batch.length >= MAX_BATCH) break;
      next = (receiveMessageOnPort(port) as { message: ToJournal } | undefined)?.message;
    }
    if (batch.length > 0) post({ replies: executor.run(batch) });
    if (next !== 'close') return;
    executor.close();
    port.close();
  });
}

// Both ends of this wire are ours: its messages are typed, not parsed.
if (parentPort !== null) serve(parentPort, workerData as JournalFile);
