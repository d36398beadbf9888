/** One WebSocket to a relay, over the `ws` package: events out, three verbs in. */
import { WebSocket } from 'ws';
import type { RawData } from 'ws';
import { MAX_FRAME_BYTES } from './frames';

export interface SocketEvents {
  opened: () => void;
  message: (text: string) => void;
  /** A ping or pong came. */
  alive: () => void;
  /** Exactly once. `code` 1006 and an HTTP `status` when the upgrade was answered with something else. */
  closed: (code: number, reason: string, status?: number) => void;
}

export interface DeskSocket {
  send: (text: string) => void;
  ping: () => void;
  /** At once, without waiting for the other side. */
  end: () => void;
}

export type OpenSocket = (url: string, protocol: string, token: string, events: SocketEvents) => DeskSocket;

const HANDSHAKE_WITHIN_MS = 8_000;
/** Code that says the socket ended without a close frame. */
const ABNORMAL = 1006;

/** Text of a WebSocket message; binary frames are no part of the protocol. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString('utf8');
}

export const openDeskSocket: OpenSocket = (url, protocol, token, events) => {
  let status: number | undefined;
  const socket = new WebSocket(url, protocol, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: HANDSHAKE_WITHIN_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
  });
  socket.on('open', events.opened);
  socket.on('message', (data) => {
    events.message(textOf(data));
  });
  socket.on('ping', events.alive);
  socket.on('pong', events.alive);
  socket.on('unexpected-response', (request, response) => {
    status = response.statusCode;
    request.destroy();
    events.closed(ABNORMAL, '', status);
  });
  // Always followed by 'close', where it is handled.
  socket.on('error', () => undefined);
  socket.on('close', (code, reason) => {
    if (status === undefined) events.closed(code, reason.toString('utf8'));
  });
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    end: () => {
      socket.terminate();
    },
  };
};
