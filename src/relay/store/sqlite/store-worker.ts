/** Entry of the database thread (`out/relay/store-worker.js`). Takes everything that has come in as one batch. */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import type { Request } from '../works';
import { Executor, failureOf, type StoreFile } from './executor';
import { MAX_BATCH, type FromWorker } from './thread';

type Incoming = Request[] | 'close';

function serve(port: MessagePort): void {
  const post = (message: FromWorker) => port.postMessage(message);
  let executor: Executor;
  try {
    executor = new Executor(workerData as StoreFile);
  } catch (error) {
    post({ failure: failureOf(error) });
    port.close();
    return;
  }
  post({ opened: { replies: [], entries: [], position: executor.position() } });

  port.on('message', (first: Incoming) => {
    const batch: Request[] = [];
    let next: Incoming | undefined = first;
    while (next !== undefined && next !== 'close') {
      batch.push(...next);
      if (batch.length >= MAX_BATCH) break;
      next = (receiveMessageOnPort(port) as { message: Incoming } | undefined)?.message;
    }
    if (batch.length > 0) post({ outcome: executor.run(batch) });
    if (next !== 'close') return;
    executor.close();
    port.close();
  });
}

if (parentPort !== null) serve(parentPort);
