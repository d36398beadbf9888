import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { DESK_SUBPROTOCOL } from '../../../src/shared/contract/desk-protocol';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import type { HandoverEvent } from '../../../src/shared/contract/events';
import { until } from '../../support/poll';
import { ASHA, NOW } from './events';

type Command = Record<string, unknown> & { type: string; id: number };

/** The relay's end of the desk protocol on a real socket, doing exactly what a test tells it to. */
export class FakeRelay {
  readonly commands: Command[] = [];
  readonly #sockets: WebSocket[] = [];
  pings = 0;
  /** Refuses the upgrade with this HTTP status. */
  refuseWith: number | undefined;
  epoch = 'e1';
  head = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(port = 0): Promise<FakeRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const relay = new FakeRelay(server, (server.address() as AddressInfo).port);
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => DESK_SUBPROTOCOL });
    server.on('upgrade', (request, socket, head) => {
      if (relay.refuseWith !== undefined || request.headers.authorization !== 'Bearer secret') {
        socket.end(`HTTP/1.1 ${relay.refuseWith ?? 401} No\r\nConnection: close\r\n\r\n`);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (opened) => relay.#accept(opened));
    });
    return relay;
  }

  get address(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get connections(): number {
    return this.#sockets.length;
  }

  #accept(socket: WebSocket): void {
    this.#sockets.push(socket);
    socket.on('ping', () => (this.pings += 1));
    socket.on('message', (data) => {
      this.commands.push(JSON.parse((data as Buffer).toString()) as Command);
    });
  }

  /** The newest command of this type, once it has come. */
  next(type: string, count = 1): Promise<Command> {
    return until(`${count} × ${type}`, () => this.commands.filter((command) => command.type === type)[count - 1]);
  }

  send(frame: unknown): void {
    this.#sockets.at(-1)?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  ok(re: number, more: Record<string, unknown> = {}): void {
    this.send({ type: 'reply', re, ok: true, ...more });
  }

  refuse(re: number, code: string, message = code): void {
    this.send({ type: 'reply', re, ok: false, error: { code, message, temporary: false } });
  }

  /** Answers the hello that is or will be the `count`th. */
  async welcome(options: { count?: number; recovered?: boolean; calls?: CallSnapshot[] } = {}): Promise<Command> {
    const hello = await this.next('hello', options.count ?? 1);
    const recovered = options.recovered ?? false;
    this.ok(hello.id, {
      agent: ASHA,
      epoch: this.epoch,
      offset: this.head,
      recovered,
      heartbeat_s: 25,
      server_time: NOW,
      platforms: [],
      ...(recovered ? {} : { calls: options.calls ?? [] }),
    });
    return hello;
  }

  event(event: HandoverEvent, offset: number, prev: number): void {
    this.send({ type: 'event', offset, prev, event });
  }

  close(code: number, reason = ''): void {
    this.#sockets.at(-1)?.close(code, reason);
  }

  /** Ends the connection without a word, as a crash does. */
  cut(): void {
    this.#sockets.at(-1)?.terminate();
  }

  /** Keeps the connection open and hears and says nothing more: a half-open link. */
  freeze(): void {
    this.#sockets.at(-1)?.pause();
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
