/**
 * Bodies that take their time. A webhook or a command is small: what has not come after 15 s is an attack, or lost. Routes
 * that take files wait for as long as enough goes on coming, so that a slow line may send a large file, and holding a
 * connection costs whoever holds it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { MAX_BODY_BYTES } from '../ingest/webhooks';

export interface BodyPace {
  /** A small body has this long; of a file, something must come in every such span. */
  lookEveryMs: number;
  /** What must come of a file in that span, bytes. */
  enoughBytes: number;
}

/** Of a file 4 KiB/s: less than any line that can carry a call. */
export const BODY_PACE: BodyPace = { lookEveryMs: 15_000, enoughBytes: 60 * 1024 };

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Cuts connections whose bodies come too slowly. */
export function guardBodies(app: FastifyInstance, { lookEveryMs, enoughBytes }: BodyPace): void {
  /** Requests whose body is a file that somebody wants. */
  const files = new WeakSet<IncomingMessage>();

  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return;
    const { socket } = request;
    let before = socket.bytesRead;
    const look = () => {
      if (request.complete) {
        clearInterval(timer);
        return;
      }
      const came = socket.bytesRead - before;
      before += came;
      // What came and was not taken yet waits for us, not for the sender.
      const flowing = came >= enoughBytes || request.readableLength > 0;
      if (files.has(request) && flowing) return;
      clearInterval(timer);
      if (!response.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      socket.destroySoon();
    };
    const timer = setInterval(look, lookEveryMs);
    timer.unref();
    // Read whole, or cut off. Nothing is hung on the connection, which serves thousands of requests.
    request.once('close', () => clearInterval(timer));
    response.once('finish', () => files.delete(request));
  });
  app.addHook('onRequest', (request, _reply, next) => {
    if (request.routeOptions.bodyLimit > MAX_BODY_BYTES) files.add(request.raw);
    next();
  });
}
