/**
 * A cable between clients and a server on loopback that can be pulled out and put back. While it is out nothing passes and
 * nobody is told, as in a network that lost its way: bytes wait, a new connection gets no further than its first packet,
 * and the end of either side reaches the other only once the cable is back.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Strand {
  client: Socket;
  /** Undefined while the connection waits for the cable. */
  server: Socket | undefined;
}

export class Cable {
  private readonly strands = new Set<Strand>();
  private out = false;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
    readonly port: number,
  ) {}

  static async start(target: number): Promise<Cable> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const cable = new Cable(server, target, (server.address() as AddressInfo).port);
    server.on('connection', (client) => cable.take(client));
    return cable;
  }

  /** From now on nothing passes. */
  pull(): void {
    this.out = true;
    for (const { client, server } of this.strands) {
      if (server === undefined) continue;
      client.unpipe(server).pause();
      server.unpipe(client).pause();
    }
  }

  /** What waited passes. */
  plug(): void {
    this.out = false;
    for (const strand of this.strands) this.join(strand);
  }

  async stop(): Promise<void> {
    for (const { client, server } of this.strands) {
      client.destroy();
      server?.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(client: Socket): void {
    const strand: Strand = { client, server: undefined };
    this.strands.add(strand);
    this.watch(strand, client);
    if (!this.out) this.join(strand);
  }

  private join(strand: Strand): void {
    const { client } = strand;
    if (strand.server === undefined) {
      strand.server = connect({ host: '127.0.0.1', port: this.target, allowHalfOpen: true, noDelay: true });
      this.watch(strand, strand.server);
    }
    client.pipe(strand.server);
    strand.server.pipe(client);
    // One side ended while the cable was out: the other hears of it now.
    if (client.destroyed || strand.server.destroyed) this.part(strand);
  }

  private watch(strand: Strand, socket: Socket): void {
    // The close event follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!this.out) this.part(strand);
    });
  }

  private part(strand: Strand): void {
    this.strands.delete(strand);
    strand.client.destroy();
    strand.server?.destroy();
  }
}
