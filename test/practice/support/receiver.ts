import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A relay of a few lines: keeps the exact bytes, and answers what it is told to (200 unless `answers` says otherwise). */
export async function openReceiver() {
  const received: Received[] = [];
  const answers: number[] = [];
  let standing = 200;
  let silent = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      if (silent) return;
      response.statusCode = answers.shift() ?? standing;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    /** Statuses of the next answers, in order. */
    answers,
    always: (status: number) => {
      standing = status;
    },
    neverAnswer: () => {
      silent = true;
    },
    json: (index: number) => JSON.parse(received[index]!.body.toString('utf8')) as Record<string, unknown>,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
