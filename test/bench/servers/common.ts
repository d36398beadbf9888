/** What the servers that are compared with share. */
import type { IncomingMessage } from 'node:http';
import { QUEUE_NUMBER } from '../../support/chaos/webhook';

/** Every desk listens to the queue's number and to one of its own. */
export const QUEUE = QUEUE_NUMBER;

/** Given by whoever starts the server. */
export const serverPort = (): number => Number(process.env.CHAOS_PORT);

export function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => done(Buffer.concat(chunks).toString()));
}

/** Where a call goes. */
export function numberOf(body: string): string {
  const { call } = JSON.parse(body) as { call: { transfer_to: string } };
  return call.transfer_to;
}
