/** A desk for relay tests: keeps every frame, checks each against the contract, remembers its position. */
import WebSocket from 'ws';
import {
  DESK_SUBPROTOCOL,
  helloReplySchema,
  relayFrameSchema,
  type DeskPosition,
  type HelloReply,
  type RelayFrame,
} from '../../../src/shared/contract/desk-protocol';
import { until } from '../poll';

export interface DeskOptions {
  position?: DeskPosition | null;
  takeover?: boolean;
  instance?: string;
  /** Connect only; the test says hello, or not. */
  silent?: boolean;
}

type EventFrame = Extract<RelayFrame, { type: 'event' }>;

export class TestDesk {
  readonly frames: RelayFrame[] = [];
  closed: { code: number; reason: string } | undefined;
  position: DeskPosition | null;
  private lastId = 0;

  private constructor(readonly socket: WebSocket) {
    this.position = null;
    socket.on('message', (data: Buffer) => this.receive(data.toString()));
    socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    socket.on('error', () => undefined);
  }

  static async connect(url: string, token: string | undefined, options: DeskOptions = {}): Promise<TestDesk> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/desk`, DESK_SUBPROTOCOL, { headers });
    const desk = new TestDesk(socket);
    await until('the link to open', () => socket.readyState === WebSocket.OPEN || desk.closed !== undefined);
    if (options.silent !== true) desk.hello(options);
    return desk;
  }

  hello({ position = null, takeover, instance }: DeskOptions = {}): number {
    this.position = position;
    const client = { app: 'test', version: '0', ...(instance === undefined ? {} : { instance }) };
    return this.send({ type: 'hello', position, client, ...(takeover === undefined ? {} : { takeover }) });
  }

  /** Sends a command with the next id, which is returned. */
  send(command: Record<string, unknown>): number {
    this.lastId += 1;
    this.socket.send(JSON.stringify({ ...command, id: this.lastId }));
    return this.lastId;
  }

  /** Sends a command and waits for its reply. */
  async ask(command: Record<string, unknown>): Promise<Extract<RelayFrame, { type: 'reply' }>> {
    const id = this.send(command);
    return until(`a reply to ${String(command.type)}`, () => this.replyTo(id));
  }

  replyTo(id: number) {
    return this.frames.find((frame) => frame.type === 'reply' && frame.re === id) as
      Extract<RelayFrame, { type: 'reply' }> | undefined;
  }

  welcome(): Promise<HelloReply> {
    return until('the hello reply', () => {
      const parsed = helloReplySchema.safeParse(this.frames.find((frame) => frame.type === 'reply'));
      return parsed.success ? parsed.data : undefined;
    });
  }

  get events(): EventFrame[] {
    return this.frames.filter((frame) => frame.type === 'event');
  }

  eventOf(type: string, call?: string): EventFrame | undefined {
    return this.events.find(
      ({ event }) => event.type === type && (call === undefined || event.subject === `test:${call}`),
    );
  }

  waitFor(type: string, call?: string): Promise<EventFrame> {
    return until(`a ${type} event of ${call ?? 'any call'}`, () => this.eventOf(type, call));
  }

  waitClosed(): Promise<{ code: number; reason: string }> {
    return until('the close', () => this.closed);
  }

  /** Cuts the link without a closing handshake. */
  drop(): void {
    this.socket.terminate();
  }

  private receive(text: string): void {
    const raw: unknown = JSON.parse(text);
    const frame = relayFrameSchema.parse(raw);
    this.frames.push(frame);
    if (frame.type === 'event' && this.position !== null) this.position = { ...this.position, offset: frame.offset };
    if (frame.type !== 'reply' || !('recovered' in frame)) return;
    const { epoch, offset, recovered } = frame;
    if (!recovered) this.position = { epoch, offset };
  }
}
