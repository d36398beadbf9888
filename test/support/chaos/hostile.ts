/** Clients that mean harm or are merely broken: slow ones that never finish, huge bodies, endless headers. */
import { connect, type Socket } from 'node:net';

const CHUNK = Buffer.alloc(64 * 1024, 'x');
export const HUGE_BODY_BYTES = 1024 * 1024 * 1024;
/** One header line of a slow client per this long: often enough to look alive. */
const DRIBBLE_MS = 1_000;
/** Slow clients act in this many groups, one after the other: real ones do not move in step. */
const GROUPS = 100;

/** Where a hostile client comes from: other loopback addresses than good traffic uses. */
const source = (n: number) => `127.0.1.${1 + (n % 200)}`;

function open(port: number, n: number): Socket {
  const socket = connect({ host: '127.0.0.1', port, localAddress: source(n) });
  // Being thrown out is the expected end.
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}

/** Sockets that send one header line a second and never finish. */
export class SlowClients {
  private readonly sockets: (Socket | undefined)[];
  private readonly timer: NodeJS.Timeout;
  private turn = 0;
  /** Connections the server ended. */
  thrownOut = 0;

  constructor(
    private readonly port: number,
    wanted: number,
  ) {
    this.sockets = Array.from({ length: wanted }, () => undefined);
    this.timer = setInterval(() => this.act(), DRIBBLE_MS / GROUPS);
  }

  get connected(): number {
    return this.sockets.filter((socket) => socket?.readyState === 'open').length;
  }

  stop(): void {
    clearInterval(this.timer);
    for (const socket of this.sockets) socket?.destroy();
  }

  private act(): void {
    this.turn = (this.turn + 1) % GROUPS;
    for (let n = this.turn; n < this.sockets.length; n += GROUPS) {
      const socket = this.sockets[n];
      // Whoever was thrown out comes again.
      if (socket === undefined) this.sockets[n] = this.enter(n);
      else if (socket.writable) socket.write('X-Slow: 1\r\n');
    }
  }

  private enter(n: number): Socket {
    const socket = open(this.port, n);
    socket.write('POST /hooks/vinfer HTTP/1.1\r\nHost: relay\r\n');
    socket.once('close', () => {
      this.sockets[n] = undefined;
      this.thrownOut += 1;
    });
    return socket;
  }
}

export interface Flood {
  status: number | undefined;
  /** Bytes handed to the kernel before the server put an end to it. */
  sent: number;
}

/** Announces (or hides, when chunked) a 1 GiB body and sends as much of it as the server takes. */
export function hugeBody(port: number, n: number, chunked: boolean): Promise<Flood> {
  const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${HUGE_BODY_BYTES}`;
  const head = `POST /hooks/vinfer HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
  const size = `${CHUNK.length.toString(16)}\r\n`;
  return flood(port, n, head, (socket) => {
    if (!chunked) return socket.write(CHUNK);
    socket.write(size);
    socket.write(CHUNK);
    return socket.write('\r\n');
  });
}

/** Sends headers without end. */
export function endlessHeaders(port: number, n: number): Promise<Flood> {
  const line = Buffer.from('X-Endless: 0123456789\r\n'.repeat(1_000));
  return flood(port, n, 'POST /hooks/vinfer HTTP/1.1\r\nHost: relay\r\n', (socket) => socket.write(line));
}

/** Longest a flood goes on against a server that neither answers nor hangs up, ms. */
const FLOOD_ENDS_MS = 20_000;

function flood(port: number, n: number, head: string, more: (socket: Socket) => boolean): Promise<Flood> {
  return new Promise((resolve) => {
    const socket = open(port, n);
    let answer = '';
    const pump = () => {
      let goes = true;
      while (goes && socket.writable && socket.bytesWritten < HUGE_BODY_BYTES) goes = more(socket);
    };
    const timer = setTimeout(() => socket.destroy(), FLOOD_ENDS_MS);
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1').slice(0, 100)));
    socket.on('drain', pump);
    socket.once('connect', () => {
      socket.write(head);
      pump();
    });
    socket.once('close', () => {
      clearTimeout(timer);
      const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), sent: socket.bytesWritten });
    });
  });
}
