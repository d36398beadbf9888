/** A platform as a real HTTP server that counts what it did, and fails on command before or after doing it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  /** Path with query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** `silent-before`: never answers and does nothing; `silent-after`: does it and never answers. */
export type Fault =
  'silent-before' | 'silent-after' | 'reset' | { status: number; headers?: Record<string, string>; body?: unknown };

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export class StubPlatform {
  readonly seen: Seen[] = [];
  /** Phones that really rang, once per ring. */
  readonly rung: string[] = [];
  /** Outcomes in the order they took effect, `<call>=<value>`. */
  readonly outcomes: string[] = [];
  readonly webhooks: { id: string; url: string; secret: string }[] = [];
  readonly campaigns = new Map<
    string,
    { id: string; name: string; status: string; phone?: string; dialled: boolean }
  >();
  /** Answers by `METHOD path` (no query), for whatever is not simulated. */
  readonly canned = new Map<string, Answer>();
  /** Consulted for every request. */
  fault: (seen: Seen) => Fault | undefined = () => undefined;
  headers: Record<string, string> = {};
  private readonly byKey = new Map<string, string>();
  private last = 0;
  private readonly open = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StubPlatform> {
    const server = createServer();
    const stub = new StubPlatform(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      stub.open.add(response);
      response.once('close', () => stub.open.delete(response));
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => stub.handle(request, response, Buffer.concat(chunks).toString()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Requests to a path that begins so. */
  count(method: string, prefix: string): number {
    return this.seen.filter((one) => one.method === method && one.path.startsWith(prefix)).length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(request: IncomingMessage, response: ServerResponse, body: string): void {
    const seen = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    this.seen.push(seen);
    const fault = this.fault(seen);
    if (fault === 'silent-before') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    if (typeof fault === 'object') {
      this.send(response, fault);
      return;
    }
    const answer = this.act(seen);
    if (fault !== 'silent-after') this.send(response, answer);
  }

  private send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
    response.writeHead(status, { 'content-type': 'application/json', ...this.headers, ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  private act(seen: Seen): Answer {
    const path = seen.path.split('?')[0] ?? '';
    const canned = this.canned.get(`${seen.method} ${path}`);
    if (canned !== undefined) return canned;
    const route = `${seen.method} ${path}`;
    if (route === 'POST /v1/calls') return { body: { call_id: this.once(seen, (json) => this.ring(json.phone)) } };
    if (route === 'POST /v1/calls/outbound') {
      return { body: { call_id: this.ring(jsonOf(seen).to_number), status: 'queued' } };
    }
    if (route === 'POST /api/calls/start_outbound_call') {
      return { body: { status: 'success', message: 'ok', call_id: this.ring(jsonOf(seen).to_phone) } };
    }
    if (route === 'POST /api/gateway/v1/call/make-call') {
      const to = /name="to"\r\n\r\n([^\r]+)/.exec(seen.body)?.[1];
      return { body: { status: 'success', data: { call_id: Number(this.ring(to).slice(5)), status: 'initiated' } } };
    }
    if (route === 'POST /v1/campaigns')
      return { body: { campaign_id: this.once(seen, (json) => this.schedule(json)) } };
    if (route === 'GET /v1/campaigns') return { body: { data: [...this.campaigns.values()] } };
    if (route === 'POST /v1/webhooks') return { body: { id: this.once(seen, (json) => this.register(json)) } };
    if (route === 'GET /v1/webhooks')
      return { body: { data: this.webhooks.map(({ id, url }) => ({ id, url, events: [] })) } };
    return this.actOn(seen, path);
  }

  private actOn(seen: Seen, path: string): Answer {
    const [, kind, id = '', verb] = /^\/v1\/(\w+)\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (kind === 'calls' && seen.method === 'PATCH') {
      this.outcomes.push(`${decodeURIComponent(id)}=${String(jsonOf(seen).disposition)}`);
      return { body: { ok: true } };
    }
    if (kind === 'webhooks' && seen.method === 'DELETE') {
      this.webhooks.splice(0, this.webhooks.length, ...this.webhooks.filter((one) => one.id !== id));
      return { status: 204 };
    }
    const campaign = kind === 'campaigns' ? this.campaigns.get(id) : undefined;
    if (campaign === undefined)
      return { status: 404, body: { error: { code: 'not_found', message: 'no such thing' } } };
    if (verb === 'calls') {
      const calls = campaign.dialled ? [{ call_id: `call_of_${id}`, phone: campaign.phone, status: 'running' }] : [];
      return { body: { data: calls, total: calls.length } };
    }
    if (verb === 'pause') campaign.status = 'paused';
    if (verb === 'resume') campaign.status = 'running';
    return { body: campaign };
  }

  /** The documented behaviour of an `Idempotency-Key`. */
  private once(seen: Seen, make: (json: Record<string, unknown>) => string): string {
    const key = seen.headers['idempotency-key'];
    const known = typeof key === 'string' ? this.byKey.get(key) : undefined;
    if (known !== undefined) return known;
    const made = make(jsonOf(seen));
    if (typeof key === 'string') this.byKey.set(key, made);
    return made;
  }

  private ring(phone: unknown): string {
    this.rung.push(String(phone));
    this.last += 1;
    return `call_${this.last}`;
  }

  private schedule(json: Record<string, unknown>): string {
    const id = `cmp_${this.campaigns.size + 1}`;
    const [contact] = json.contacts as { phone: string }[];
    this.campaigns.set(id, {
      id,
      name: String(json.name),
      status: 'scheduled',
      dialled: false,
      ...(contact === undefined ? {} : { phone: contact.phone }),
    });
    return id;
  }

  private register(json: Record<string, unknown>): string {
    const id = `wh_${this.webhooks.length + 1}`;
    this.webhooks.push({ id, url: String(json.url), secret: String(json.secret) });
    return id;
  }
}

function jsonOf(seen: Seen): Record<string, unknown> {
  return JSON.parse(seen.body === '' ? '{}' : seen.body) as Record<string, unknown>;
}
