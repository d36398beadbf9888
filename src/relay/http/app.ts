/** The HTTP server with the limits that keep slow and greedy clients from costing others anything. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { RelayConfig } from '../config/schema';
import { MAX_BODY_BYTES } from '../ingest/webhooks';
import { BODY_PACE, guardBodies } from './slow-bodies';
import { readTls } from './tls';

/** The largest file over a slow line; what comes more slowly than it must is cut long before (`guardBodies`). */
const REQUEST_WITHIN_MS = 3_600_000;
/** Node's own limit suits slow browsers. */
const HEADERS_WITHIN_MS = 10_000;
/** How often Node looks for requests beyond those limits. */
const LOOK_FOR_SLOW_EVERY_MS = 5_000;
const KEEP_ALIVE_MS = 60_000;
const MAX_HEADER_BYTES = 16 * 1024;
/** Longest path parameter, characters: a call id of 300, percent-encoded. The router's own limit is 100. */
const MAX_PARAMETER_CHARS = 900;
/** A service manager waits 10 s and more before it kills. */
const DRAIN_WITHIN_MS = 5_000;
const TIDY_EVERY_MS = 50;
/** Requests taken on one connection before it must be made anew: spreads load after a restart of a proxy. */
const REQUESTS_PER_SOCKET = 10_000;

export async function createApp({ listen }: Pick<RelayConfig, 'listen'>, pace = BODY_PACE): Promise<FastifyInstance> {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_WITHIN_MS,
    connectionsCheckingInterval: LOOK_FOR_SLOW_EVERY_MS,
  };
  const options = {
    logger: false as const,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_PER_SOCKET,
    // Draining finishes what is under way; `stopApp` bounds how long.
    forceCloseConnections: 'idle' as const,
    routerOptions: { maxParamLength: MAX_PARAMETER_CHARS },
    ...(listen.trusted_proxies.length === 0 ? {} : { trustProxy: listen.trusted_proxies }),
  };
  const app: FastifyInstance =
    listen.tls === undefined
      ? fastify({ ...options, http: limits })
      : fastify({ ...options, https: { ...limits, ...(await readTls(listen.tls)) } });
  limitConnections(app.server, listen.max_connections);
  guardBodies(app, pace);
  return app;
}

function limitConnections(server: Server, most: number): void {
  server.maxConnections = most;
  server.on('clientError', (_error, socket) => {
    // A request that cannot be read gets no more than this; its bytes are not logged.
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
}

/** Another relay is there already, or this one is back soon. */
const RETRY_AFTER_S = 1;

/** Takes no new requests, finishes those under way, and cuts what has not ended in time. */
export async function stopApp(app: FastifyInstance, withinMs = DRAIN_WITHIN_MS): Promise<void> {
  // What comes on a connection that is still open is refused by the server itself, which says nothing of when to come back.
  app.server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('Retry-After', RETRY_AFTER_S);
  });
  const cut = setTimeout(() => app.server.closeAllConnections(), withinMs);
  // A connection whose last request has been answered meanwhile is kept alive for nothing.
  const tidy = setInterval(() => app.server.closeIdleConnections(), TIDY_EVERY_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
    clearInterval(tidy);
  }
}
