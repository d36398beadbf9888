/**
 * Posts webhooks over a fixed number of kept-alive connections. Written on bare sockets, because on two cores a costly
 * client would be what a benchmark measures, and because a fault run must tell "no answer" from "refused".
 */
import { connect, type Socket } from 'node:net';

/** `unknown`: the connection ended before an answer, so the event may or may not have been kept. */
export type PostOutcome =
  { kind: 'answer'; status: number; retryAfter: string | undefined; bodyBytes: number } | { kind: 'unknown' };

export interface PoolOptions {
  port: number;
  connections: number;
  /** An answer that takes longer counts as unknown, ms. */
  answerWithinMs?: number;
}

const ANSWER_WITHIN_MS = 15_000;
/** Served jobs that may stay at the front of the queue before it is cut: shifting one by one would cost too much. */
const COMPACT_AFTER = 1024;
const HEAD_END = '\r\n\r\n';

interface Job {
  request: Buffer;
  done: (outcome: PostOutcome) => void;
}

/** One connection, one request at a time. */
class Line {
  private socket: Socket | undefined;
  private received = '';
  private job: Job | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: PoolOptions,
    private readonly source: string,
    private readonly onFree: (line: Line) => void,
  ) {}

  run(job: Job): void {
    this.job = job;
    this.timer = setTimeout(() => this.drop(), this.options.answerWithinMs ?? ANSWER_WITHIN_MS);
    (this.socket ??= this.open()).write(job.request);
  }

  drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.received = '';
    socket?.destroy();
    this.settle({ kind: 'unknown' });
  }

  private open(): Socket {
    const socket = connect({ host: '127.0.0.1', port: this.options.port, localAddress: this.source, noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      if (this.socket !== socket) return;
      this.received += chunk;
      this.read();
    });
    // The close event follows and says the rest.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.socket === socket) this.drop();
    });
    return socket;
  }

  private read(): void {
    const end = this.received.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.received.slice(0, end);
    const bodyBytes = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    const whole = end + HEAD_END.length + bodyBytes;
    if (this.received.length < whole) return;
    this.received = this.received.slice(whole);
    const status = Number(head.slice(9, 12));
    const retryAfter = /^retry-after: *(\S+)/im.exec(head)?.[1];
    if (/^connection: *close/im.test(head)) {
      this.socket?.destroy();
      this.socket = undefined;
      this.received = '';
    }
    this.settle({ kind: 'answer', status, retryAfter, bodyBytes });
  }

  private settle(outcome: PostOutcome): void {
    clearTimeout(this.timer);
    const job = this.job;
    this.job = undefined;
    if (job === undefined) return;
    job.done(outcome);
    this.onFree(this);
  }
}

export class WebhookPool {
  private readonly lines: Line[];
  private readonly free: Line[];
  private readonly queue: Job[] = [];
  private first = 0;

  constructor(options: PoolOptions) {
    const onFree = (line: Line) => {
      const next = this.queue[this.first];
      if (next === undefined) {
        this.free.push(line);
        return;
      }
      this.first += 1;
      if (this.first > COMPACT_AFTER) {
        this.queue.splice(0, this.first);
        this.first = 0;
      }
      line.run(next);
    };
    // Spread over loopback addresses, so that many runs never exhaust the ports of one.
    this.lines = Array.from(
      { length: options.connections },
      (_, n) => new Line(options, `127.0.0.${10 + (n % 100)}`, onFree),
    );
    this.free = [...this.lines];
  }

  /** Never rejects. Waits for a free connection when all are busy. */
  post(request: Buffer): Promise<PostOutcome> {
    return new Promise((done) => {
      const line = this.free.pop();
      if (line === undefined) this.queue.push({ request, done });
      else line.run({ request, done });
    });
  }

  /** Requests that wait for a connection. */
  get waiting(): number {
    return this.queue.length - this.first;
  }

  close(): void {
    for (const job of this.queue.splice(this.first)) job.done({ kind: 'unknown' });
    this.queue.length = 0;
    this.first = 0;
    for (const line of this.lines) line.drop();
  }
}
