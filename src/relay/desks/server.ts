/** The `/desk` end of the HTTP server: checks the upgrade, accepts it, and hands the socket to its connection. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { DESK_LIMITS, DESK_SUBPROTOCOL } from '../../shared/contract/desk-protocol';
import { FailureThrottle } from '../gateway/http/throttle';
import type { ClientAddress } from '../http/client-address';
import { serveDesk, type ConnectionDeps } from './connection';
import { tokenHash, type TokenHash } from './token';

/** Parts a desk may cut one message into: commands are tiny, so many fragments are an attack. */
const MAX_FRAGMENTS = 16;
/** Chunks of one frame that may wait for its rest: 64 KiB in the smallest usual packets. */
const MAX_BUFFERED_CHUNKS = 128;

/** Tokens seen to be good lately: a neighbour's failures from the same address must not lock these out. */
const MAX_KNOWN_GOOD = 10_000;

export interface DeskServerDeps extends Omit<ConnectionDeps, 'onToken'> {
  addressOf: ClientAddress;
}

export interface DeskServer {
  /** Takes no new desks. */
  stop(): void;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function bearerOf(request: IncomingMessage): TokenHash | undefined {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : tokenHash(token);
}

function offersProtocol(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === DESK_SUBPROTOCOL);
}

export function attachDesks(server: Server, deps: DeskServerDeps): DeskServer {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: DESK_LIMITS.maxClientFrameBytes,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_BUFFERED_CHUNKS,
    handleProtocols: () => DESK_SUBPROTOCOL,
  });
  const throttle = new FailureThrottle(deps.clock);
  const good = new Set<TokenHash>();
  let stopped = false;

  const judged = (address: string, token: TokenHash | undefined) => (accepted: boolean) => {
    if (!accepted) throttle.failed(address);
    if (token === undefined) return;
    if (good.size >= MAX_KNOWN_GOOD) good.clear();
    if (accepted) good.add(token);
    else good.delete(token);
  };
  const isThrottled = (address: string, token: TokenHash | undefined) =>
    throttle.waitS(address) > 0 && (token === undefined || !good.has(token));

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
    const token = bearerOf(request);
    const address = deps.addressOf(request);
    if (isThrottled(address, token)) {
      refuse(socket, '429 Too Many Requests');
      return;
    }
    // A refused token must reach the desk as close code 4001, so the upgrade is accepted before the token is looked at.
    sockets.handleUpgrade(request, socket, head, (desk) =>
      serveDesk({ socket: desk, wire: socket }, token, { ...deps, onToken: judged(address, token) }),
    );
  });

  return {
    stop: () => {
      stopped = true;
    },
  };
}
