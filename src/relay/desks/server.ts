/** The `/desk` end of the HTTP server: checks the upgrade, accepts it, and hands the socket to its connection. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { DESK_LIMITS, DESK_SUBPROTOCOL } from '../../shared/contract/desk-protocol';
import { serveDesk, type ConnectionDeps } from './connection';

/** Parts a desk may cut one message into: commands are tiny, so many fragments are an attack. */
const MAX_FRAGMENTS = 16;
/** Chunks of one frame that may wait for its rest: 64 KiB in the smallest usual packets. */
const MAX_BUFFERED_CHUNKS = 128;

export interface DeskServer {
  /** Takes no new desks. */
  stop(): void;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function offersProtocol(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === DESK_SUBPROTOCOL);
}

export function attachDesks(server: Server, deps: ConnectionDeps): DeskServer {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: DESK_LIMITS.maxClientFrameBytes,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_BUFFERED_CHUNKS,
    handleProtocols: () => DESK_SUBPROTOCOL,
  });
  let stopped = false;

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (error: Error) => deps.log.debug({ err: error }, 'desk socket failed'));
    const path = request.url?.split('?')[0];
    if (path !== '/desk') {
      refuse(socket, '404 Not Found');
      return;
    }
    if (stopped) {
      refuse(socket, '503 Service Unavailable');
      return;
    }
    if (!offersProtocol(request)) {
      refuse(socket, '400 Bad Request');
      return;
    }
    // A refused token must reach the desk as close code 4001, so the upgrade is accepted before the token is looked at.
    sockets.handleUpgrade(request, socket, head, (desk) => serveDesk(desk, bearerOf(request), deps));
  });

  return {
    stop: () => {
      stopped = true;
    },
  };
}
