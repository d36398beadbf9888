/** One desk of the herd in each server's own protocol. Reads as little of a frame as it can: the herd is not measured. */
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { DESK_SUBPROTOCOL, type DeskPosition } from '../../src/shared/contract/desk-protocol';
import type { HerdDesk, Style } from './jobs';

export interface DeskEvents {
  /** @param recovered whether it goes on from where it stood */
  live: (recovered: boolean) => void;
  /** @param sentAt epoch ms, fractional */
  event: (sentAt: number) => void;
}

export interface DeskLink {
  drop(): void;
  /** Where to go on from; null where the protocol has no such thing. */
  position(): DeskPosition | null;
}

const SENT_AT = '"sent_at":';
/** Sources of connections: one loopback address has ports for 28,000, and they linger after closing. */
const sourceOf = (n: number) => `127.0.2.${1 + (n % 200)}`;

/** The number after a key, without parsing the rest; NaN when it is not there. */
function numberAfter(frame: Buffer | string, key: string): number {
  const at = frame.indexOf(key);
  if (at < 0) return Number.NaN;
  const from = at + key.length;
  return Number.parseFloat(
    typeof frame === 'string' ? frame.slice(from, from + 24) : frame.toString('latin1', from, from + 24),
  );
}

export function openDesk(
  style: Style,
  port: number,
  desk: HerdDesk,
  n: number,
  on: DeskEvents,
  from: DeskPosition | null,
): DeskLink {
  switch (style) {
    case 'relay':
      return relayDesk(port, desk, n, on, from);
    case 'bare':
      return bareDesk(port, desk, n, on);
    case 'socket.io':
      return socketIoDesk(port, desk, n, on);
  }
}

function relayDesk(port: number, { token }: HerdDesk, n: number, on: DeskEvents, from: DeskPosition | null): DeskLink {
  let position = from;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/desk`, DESK_SUBPROTOCOL, {
    headers: { authorization: `Bearer ${token}` },
    localAddress: sourceOf(n),
    perMessageDeflate: false,
  });
  socket.on('open', () => {
    const client = { app: 'bench-herd', version: '1', instance: `herd-${n}` };
    socket.send(JSON.stringify({ type: 'hello', id: 1, position, client }));
  });
  socket.on('message', (frame: Buffer) => {
    // `{"type":"event","offset":…` or `{"type":"reply",…`: told apart by one letter.
    if (frame[9] === 0x65 && position !== null) {
      position.offset = numberAfter(frame, '"offset":');
      on.event(numberAfter(frame, SENT_AT));
    } else if (frame[9] === 0x72) {
      const reply = JSON.parse(frame.toString()) as { ok: boolean; epoch: string; offset: number; recovered: boolean };
      if (!reply.ok) throw new Error('a desk of the herd was refused');
      if (!reply.recovered) position = { epoch: reply.epoch, offset: reply.offset };
      on.live(reply.recovered);
    }
  });
  // A desk that never gets live shows in the count.
  socket.on('error', () => undefined);
  return { drop: () => socket.terminate(), position: () => position };
}

function bareDesk(port: number, { number }: HerdDesk, n: number, on: DeskEvents): DeskLink {
  const url = `ws://127.0.0.1:${port}/desk?number=${encodeURIComponent(number)}`;
  const socket = new WebSocket(url, { localAddress: sourceOf(n), perMessageDeflate: false });
  socket.on('open', () => on.live(false));
  socket.on('message', (frame: Buffer) => on.event(numberAfter(frame, SENT_AT)));
  socket.on('error', () => undefined);
  return { drop: () => socket.terminate(), position: () => null };
}

function socketIoDesk(port: number, { number }: HerdDesk, n: number, on: DeskEvents): DeskLink {
  const options = { transports: ['websocket'], auth: { number }, forceNew: true, reconnection: false };
  // `localAddress` goes through to ws in Node; the published type leaves it out.
  const socket = io(`http://127.0.0.1:${port}`, { ...options, localAddress: sourceOf(n) } as Parameters<typeof io>[1]);
  socket.on('connect', () => on.live(socket.recovered));
  socket.on('event', (frame: string) => on.event(numberAfter(frame, SENT_AT)));
  return { drop: () => socket.io.engine.close(), position: () => null };
}
