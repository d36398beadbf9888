/**
 * A bad network on loopback: stands between a client and a server and delays, dribbles, drops, half-closes, swallows or
 * resets what passes, by seeded dice. (`tc netem` is not available everywhere; this needs nothing.)
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Dice } from './dice';

export const HARMS = ['none', 'delay', 'dribble', 'drop', 'half-close', 'swallow', 'reset'] as const;
export type Harm = (typeof HARMS)[number];

/** How a connection is harmed: what, and after how many bytes from the server. */
export interface Plan {
  harm: Harm;
  /** Bytes from the server that pass unharmed first. */
  afterBytes: number;
  /** Wait per chunk for `delay`, and per byte group for `dribble`, ms. */
  waitMs: number;
}

/** Bytes per step of a dribble: frames arrive in pieces, and often in the middle of a character. */
const DRIBBLE_BYTES = 97;

export function planBy(dice: Dice, mostBytes: number): Plan {
  return { harm: dice.pick(HARMS), afterBytes: dice.between(0, mostBytes), waitMs: dice.between(1, 20) };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One direction, in order, with back-pressure. Ends the other side's writing when this side ends. */
async function pump(from: Socket, to: Socket, step: (chunk: Buffer) => Promise<Buffer[]>): Promise<void> {
  for await (const chunk of from as AsyncIterable<Buffer>) {
    for (const part of await step(chunk)) {
      if (to.destroyed) return;
      if (!to.write(part)) await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
    }
  }
  to.end();
}

export class TcpProxy {
  /** Connections per harm so far. */
  readonly harmed: Record<Harm, number> = {
    none: 0,
    delay: 0,
    dribble: 0,
    drop: 0,
    'half-close': 0,
    swallow: 0,
    reset: 0,
  };
  private readonly pairs = new Set<[Socket, Socket]>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param plan asked once per connection */
  static async start(target: number, plan: () => Plan): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new TcpProxy(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => proxy.serve(client, target, plan()));
    return proxy;
  }

  /** Cuts every connection without a goodbye. */
  cutAll(): void {
    for (const [client] of this.pairs) client.resetAndDestroy();
  }

  async stop(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: Socket, target: number, plan: Plan): void {
    this.harmed[plan.harm] += 1;
    const upstream = connect({ host: '127.0.0.1', port: target, allowHalfOpen: true, noDelay: true });
    const pair: [Socket, Socket] = [client, upstream];
    this.pairs.add(pair);
    const end = (socket: Socket) => (plan.harm === 'reset' ? socket.resetAndDestroy() : socket.destroy());
    const over = () => pair.forEach(end);
    for (const socket of pair) {
      // Broken links are this proxy's trade; the close event follows.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.pairs.delete(pair);
        end(socket === client ? upstream : client);
      });
    }
    let left = plan.afterBytes;
    const down = async (chunk: Buffer) => {
      const passing = chunk.subarray(0, left);
      left -= passing.length;
      const rest = chunk.subarray(passing.length);
      if (rest.length === 0) return [passing];
      if (passing.length > 0) client.write(passing);
      return this.harm(plan, pair, rest);
    };
    // A pump that fails has lost a socket, which ends the pair.
    pump(upstream, client, down).catch(over);
    pump(client, upstream, (chunk) => Promise.resolve([chunk])).catch(over);
  }

  /** What remains of a chunk once the plan has had its way. */
  private async harm({ harm, waitMs }: Plan, [client, upstream]: [Socket, Socket], chunk: Buffer): Promise<Buffer[]> {
    switch (harm) {
      case 'none':
        return [chunk];
      case 'delay':
        await wait(waitMs);
        return [chunk];
      case 'dribble': {
        for (let at = 0; at < chunk.length && !client.destroyed; at += DRIBBLE_BYTES) {
          client.write(chunk.subarray(at, at + DRIBBLE_BYTES));
          await wait(1);
        }
        return [];
      }
      case 'drop':
        // Part of a frame arrives, then an orderly end on both sides.
        client.end(chunk.subarray(0, chunk.length >> 1));
        upstream.end();
        return [];
      case 'half-close':
        // The server's side ends towards the client, while the client may go on sending.
        client.end();
        return [];
      case 'swallow':
        // Half-open: bytes vanish, nobody is told.
        return [];
      case 'reset':
        // The other side follows once this one is closed: a plain destroy meanwhile would turn the reset into an end.
        client.resetAndDestroy();
        return [];
    }
  }
}
