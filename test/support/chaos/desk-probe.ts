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
  call: string | undefined;
  /** It came too late to ring. */
  late: boolean;
  /** Whose claim began or ended with it. */
  agent: string | undefined;
}

/** The log was another one than the desk knew: it forgot everything and began again from snapshots. */
export interface Renewal {
  epoch: string;
  /** Head of the log that the snapshots stand for. */
  offset: number;
  /** Calls it was given. */
  calls: string[];
  /** How many events it had seen before. */
  after: number;
}

interface Reply {
  type: 'reply';
  re: number;
  ok: boolean;
  offset: number;
  epoch: string;
  recovered?: boolean;
  calls?: { call: string }[];
  error?: { code: string; by?: { id: string } };
}
interface EventFrame {
  type: 'event';
  offset: number;
  prev: number;
  event: { id: string; type: string; subject?: string; late: boolean; data: { agent?: { id: string } } };
}
type Frame = Reply | EventFrame | { type: 'call' | 'gone' };

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;
export type Question = DistributiveOmit<Exclude<DeskCommand, { type: 'hello' }>, 'id'>;

/** The link ended before the reply: the command may or may not have been carried out. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost';
}

export interface ProbeOptions {
  /** Of the relays it may connect to, in this order: where one does not answer, or is lost, the next is tried. */
  port: number | readonly number[];
  token: string;
  instance: string;
  /** Nothing heard for this long, after asking, means the link is dead. Real desks wait 33 s for the relay's ping. */
  answerWithinMs?: number;
  /** How it finds out that the link still works: says how it is (default), or only pings, which costs the store nothing. */
  liveness?: 'state' | 'ping';
  /** The log may be replaced by another one, as after a failover. */
  mayRenew?: boolean;
}

const ANSWER_WITHIN_MS = 5_000;
/** The last relay left is given this long for its hello, as by a real desk: a slow one is better than none. */
const PATIENT_MS = 10_000;

export class DeskProbe {
  /** Every event applied, in the order it came. */
  readonly seen: SeenEvent[] = [];
  /** What broke the protocol's promises. Gaps on a live link are legal for a desk, but this relay never should. */
  readonly problems: string[] = [];
  /** Whenever it had to begin again. */
  readonly renewals: Renewal[] = [];
  /** Connections that said hello. */
  sessions = 0;
  /** Which of its relays it is, or was last, connected to. */
  at: number;
  position: DeskPosition | null;
  private socket: WebSocket | undefined;
  private greeted = false;
  private readonly waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  private nextId = 1;
  private following: Promise<void> | undefined;
  private stopped = false;
  /** Relays lost in a row. */
  private lost = 0;

  constructor(
    private readonly options: ProbeOptions,
    position: DeskPosition | null = null,
  ) {
    this.position = position;
    this.at = 0;
  }

  /** Opens a link and says hello with the cursor. @throws LinkLost */
  async connect(): Promise<Reply> {
    const { port, token, instance } = this.options;
    const ports = typeof port === 'number' ? [port] : port;
    const socket = new WebSocket(`ws://127.0.0.1:${ports[this.at % ports.length]}/desk`, DESK_SUBPROTOCOL, {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: this.answerWithinMs(ports.length),
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
    const reply = await this.send({ type: 'hello', position: asked, client }, this.answerWithinMs(ports.length));
    if (!reply.ok) throw new LinkLost(`hello refused: ${reply.error?.code ?? ''}`);
    this.sessions += 1;
    this.greeted = true;
    this.lost = 0;
    const forgiven = this.options.mayRenew === true && asked?.epoch !== reply.epoch;
    if (asked !== null && reply.recovered !== true && !forgiven) {
      this.problems.push(`position ${asked.offset} was not recovered by a log that ends at ${reply.offset}`);
    }
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
            if (this.options.liveness === 'ping') await this.ping();
            else await this.send({ type: 'state', value: 'available' });
          }
        } catch (error) {
          if (!(error instanceof LinkLost)) throw error;
          this.drop();
        }
        this.at += 1;
        this.lost += 1;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    this.following = live();
  }

  /** For the hello of the next of so many relays. */
  private answerWithinMs(relays: number): number {
    const hurried = this.options.answerWithinMs ?? ANSWER_WITHIN_MS;
    return this.lost > 0 && this.lost % relays === relays - 1 ? PATIENT_MS : hurried;
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

  private ping(): Promise<void> {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new LinkLost('no link'));
    return new Promise((resolve, reject) => {
      const over = (error?: LinkLost) => {
        clearTimeout(timer);
        socket.off('pong', onPong).off('close', onClose);
        if (error === undefined) resolve();
        else reject(error);
      };
      const onPong = () => over();
      const onClose = () => over(new LinkLost('the link ended'));
      const timer = setTimeout(() => over(new LinkLost('no answer')), this.options.answerWithinMs ?? ANSWER_WITHIN_MS);
      socket.on('pong', onPong).on('close', onClose);
      socket.ping();
    });
  }

  private send(
    question: Question | DistributiveOmit<Extract<DeskCommand, { type: 'hello' }>, 'id'>,
    withinMs = this.options.answerWithinMs ?? ANSWER_WITHIN_MS,
  ): Promise<Reply> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.drop();
        reject(new LinkLost('no answer'));
      }, withinMs);
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
        if (frame.recovered === false) this.begin(frame);
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

  private begin({ epoch, offset, calls = [] }: Reply): void {
    const renewal = { epoch, offset, calls: calls.map(({ call }) => call), after: this.seen.length };
    if (this.position !== null) this.renewals.push(renewal);
    this.position = { epoch, offset };
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
    const { id, type, subject: call, late, data } = event;
    this.seen.push({ offset, id, type, call, late, agent: data.agent?.id });
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
