/**
 * A desk that writes down everything it is sent and distrusts it: offsets that do not follow, events sent twice, a
 * recovery that was refused. It keeps its cursor across connections, as a real desk does.
 */
import WebSocket from 'ws';
import { DESK_SUBPROTOCOL, type DeskCommand, type DeskPosition } from '../../../src/shared/contract/desk-protocol';

export interface SeenEvent {
  offset: number;
  id: string;
  type: string;
}

interface Reply {
  type: 'reply';
  re: number;
  ok: boolean;
  offset: number;
  epoch: string;
  recovered?: boolean;
  error?: { code: string; by?: { id: string } };
}
interface EventFrame {
  type: 'event';
  offset: number;
  prev: number;
  event: { id: string; type: string };
}
type Frame = Reply | EventFrame | { type: 'call' | 'gone' };

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;
export type Question = DistributiveOmit<Exclude<DeskCommand, { type: 'hello' }>, 'id'>;

/** The link ended before the reply: the command may or may not have been carried out. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost';
}

export interface ProbeOptions {
  port: number;
  token: string;
  instance: string;
  /** Nothing heard for this long, after asking, means the link is dead. Real desks wait 33 s for the relay's ping. */
  answerWithinMs?: number;
}

const ANSWER_WITHIN_MS = 5_000;

export class DeskProbe {
  /** Every event applied, in the order it came. */
  readonly seen: SeenEvent[] = [];
  /** What broke the protocol's promises. Gaps on a live link are legal for a desk, but this relay never should. */
  readonly problems: string[] = [];
  /** Connections that said hello. */
  sessions = 0;
  position: DeskPosition | null;
  private socket: WebSocket | undefined;
  private greeted = false;
  private readonly waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  private nextId = 1;
  private following: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly options: ProbeOptions,
    position: DeskPosition | null = null,
  ) {
    this.position = position;
  }

  /** Opens a link and says hello with the cursor. @throws LinkLost */
  async connect(): Promise<Reply> {
    const { port, token, instance } = this.options;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/desk`, DESK_SUBPROTOCOL, {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: this.options.answerWithinMs ?? ANSWER_WITHIN_MS,
    });
    this.socket = socket;
    this.greeted = false;
    socket.on('message', (data: Buffer) => {
      if (this.socket === socket) this.receive(data.toString());
    });
    const lost = () => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      for (const { reject } of this.waiting.values()) reject(new LinkLost('the link ended'));
      this.waiting.clear();
    };
    socket.on('error', lost);
    socket.on('close', lost);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', () => reject(new LinkLost('no link')));
      socket.once('close', () => reject(new LinkLost('no link')));
    });
    const client = { app: 'chaos-probe', version: '1', instance };
    const asked = this.position;
    const reply = await this.send({ type: 'hello', position: asked, client });
    if (!reply.ok) throw new LinkLost(`hello refused: ${reply.error?.code ?? ''}`);
    this.sessions += 1;
    this.greeted = true;
    if (asked !== null && reply.recovered !== true) this.problems.push('a known position was not recovered');
    return reply;
  }

  /** Asks something and waits for the reply. @throws LinkLost */
  ask(question: Question): Promise<Reply> {
    return this.send(question);
  }

  /** Connected and past the hello. */
  get connected(): boolean {
    return this.socket !== undefined && this.greeted;
  }

  /** Cuts the link without a goodbye. */
  drop(): void {
    this.socket?.terminate();
  }

  /** Keeps connecting until `stop`, probing that the link still answers. */
  follow(pauseMs = 10): void {
    const live = async () => {
      while (!this.isStopped()) {
        try {
          await this.connect();
          while (this.connected && !this.isStopped()) {
            await new Promise((resolve) => setTimeout(resolve, pauseMs * 5));
            await this.send({ type: 'state', value: 'available' });
          }
        } catch (error) {
          if (!(error instanceof LinkLost)) throw error;
          this.drop();
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    this.following = live();
  }

  // A method, because it changes while others wait.
  private isStopped(): boolean {
    return this.stopped;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.drop();
    await this.following;
  }

  private send(question: Question | DistributiveOmit<Extract<DeskCommand, { type: 'hello' }>, 'id'>): Promise<Reply> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.drop();
        reject(new LinkLost('no answer'));
      }, this.options.answerWithinMs ?? ANSWER_WITHIN_MS);
      const settle = <T>(next: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          this.waiting.delete(id);
          next(value);
        };
      };
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      if (this.socket?.readyState !== WebSocket.OPEN) this.waiting.get(id)?.reject(new LinkLost('no link'));
      // A failed write is followed by the close event, which rejects what waits.
      else this.socket.send(JSON.stringify({ id, ...question }), () => undefined);
    });
  }

  private receive(text: string): void {
    const frame = JSON.parse(text) as Frame;
    switch (frame.type) {
      case 'reply': {
        // The hello reply decides what the next event must follow on, so it is applied before anything else arrives.
        if (frame.recovered === false) this.position = { epoch: frame.epoch, offset: frame.offset };
        this.waiting.get(frame.re)?.resolve(frame);
        return;
      }
      case 'event':
        this.apply(frame);
        return;
      case 'call':
      case 'gone':
        return;
    }
  }

  private apply({ offset, prev, event }: EventFrame): void {
    const position = this.position;
    if (position === null) {
      this.problems.push('an event came before the hello reply');
      return;
    }
    if (prev !== position.offset) this.problems.push(`gap: ${prev} follows ${position.offset}`);
    if (offset <= position.offset) this.problems.push(`offset ${offset} came again`);
    this.position = { ...position, offset };
    this.seen.push({ offset, id: event.id, type: event.type });
  }
}

/** Resumes from the beginning of the log, reads to its head, and returns everything. The agent must see it all. */
export async function readWholeLog(options: ProbeOptions, epoch: string): Promise<DeskProbe> {
  const probe = new DeskProbe(options, { epoch, offset: 0 });
  const { offset: head } = await probe.connect();
  await settled(probe, head);
  probe.drop();
  return probe;
}

const SETTLE_WITHIN_MS = 60_000;

/** Waits until a probe whose agent sees everything has applied all offsets up to `head`. */
export async function settled(probe: DeskProbe, head: number): Promise<void> {
  const deadline = Date.now() + SETTLE_WITHIN_MS;
  while ((probe.position?.offset ?? 0) < head) {
    if (Date.now() > deadline) throw new Error(`stuck at ${probe.position?.offset ?? 0} of ${head}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
