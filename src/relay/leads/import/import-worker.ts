/** Entry of the thread that reads files of leads (`out/relay/import-worker.js`). */
import { parentPort, workerData } from 'node:worker_threads';
import { createFileReader, type ReadSettings } from './reader';
import type { ToReader } from './thread';

if (parentPort !== null) {
  const port = parentPort;
  const reader = createFileReader(workerData as ReadSettings);
  port.on('message', (message: ToReader) =>
    port.postMessage(message === 'end' ? reader.end() : reader.push(message.bytes)),
  );
}
