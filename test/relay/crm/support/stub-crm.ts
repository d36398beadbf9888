/** HubSpot, Salesforce and a customer's own receiver in one real HTTP server that counts what it made, and fails on command. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}
/** `silent-before`: never answers and does nothing; `silent-after`: does it and never answers. */
export type Fault =
  'silent-before' | 'silent-after' | { status: number; headers?: Record<string, string>; body?: unknown };
interface Thing {
  id: string;
  properties: Record<string, string>;
  contact?: string;
}
type Json = Record<string, unknown>;

const FILTERED = /"propertyName":"(\w+)","operator":"EQ","value":"([^"]*)"/g;

export class StubCrm {
  readonly asked: Asked[] = [];
  fault: (asked: Asked) => Fault | undefined = () => undefined;
  readonly contacts: Thing[] = [];
  readonly calls: Thing[] = [];
  readonly tasks: Thing[] = [];
  /** Salesforce's tasks, of calls and of callbacks. */
  readonly sfTasks: Json[] = [];
  readonly people: Json[] = [];
  readonly received: Json[] = [];
  private last = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StubCrm> {
    const server = createServer();
    const stub = new StubCrm(server);
    server.on('request', (request, response) => {
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

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(request: IncomingMessage, response: ServerResponse, body: string): void {
    const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    this.asked.push(asked);
    const fault = this.fault(asked);
    if (fault === 'silent-before') return;
    if (typeof fault === 'object') {
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(JSON.stringify(fault.body ?? {}));
      return;
    }
    const answer = this.answer(asked);
    if (fault === 'silent-after') return;
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  }

  private answer({ method, path, body }: Asked): unknown {
    if (path.startsWith('/hook')) return { ok: this.received.push(JSON.parse(body) as Json) > 0 };
    if (path === '/services/oauth2/token') return { access_token: `token-${this.asked.length}` };
    const hubspot = /^\/crm\/(?:objects\/2026-03|v3\/objects)\/(\w+)(?:\/(\w+))?$/.exec(path);
    if (hubspot !== null) return this.hubspot(method, hubspot[1] ?? '', hubspot[2], body);
    const salesforce = /^\/services\/data\/v62\.0\/(.*)$/.exec(path);
    return salesforce === null ? undefined : this.salesforce(method, salesforce[1] ?? '', body);
  }

  private hubspot(method: string, object: string, id: string | undefined, body: string): unknown {
    const things = { contacts: this.contacts, calls: this.calls, tasks: this.tasks }[object];
    if (things === undefined) return undefined;
    if (id === 'search') {
      const filters = [...body.matchAll(FILTERED)];
      return {
        results: things.filter(({ properties }) => filters.some(([, name = '', value]) => properties[name] === value)),
      };
    }
    const json = JSON.parse(body) as { properties: Record<string, string>; associations?: { to: { id: string } }[] };
    if (method === 'PATCH') {
      const thing = things.find((one) => one.id === id);
      if (thing !== undefined) Object.assign(thing.properties, json.properties);
      return thing;
    }
    const contact = json.associations?.[0]?.to.id;
    const thing = { id: this.next(), properties: json.properties, ...(contact === undefined ? {} : { contact }) };
    things.push(thing);
    return thing;
  }

  private salesforce(method: string, path: string, body: string): unknown {
    if (path === 'parameterizedSearch') return { searchRecords: this.people };
    if (path.startsWith('query?q=')) {
      const wanted = /CallObject = '(.*)' LIMIT/.exec(decodeURIComponent(path))?.[1];
      return { records: this.sfTasks.filter(({ CallObject }) => CallObject === wanted) };
    }
    const [, object = '', id] = path.split('/');
    const json = JSON.parse(body) as Json;
    if (method === 'PATCH') {
      const one = [...this.sfTasks, ...this.people].find(({ Id }) => Id === id);
      if (one !== undefined) Object.assign(one, json);
      return one;
    }
    const made = { Id: `00T${this.next()}`, object, ...json };
    this.sfTasks.push(made);
    return { id: made.Id, success: true };
  }

  /** A contact of HubSpot with its calculated phone properties. */
  person(phone: string, national: string, name: string): string {
    const id = this.next();
    const digits = phone.replace(/\D/g, '');
    const calculated = {
      hs_searchable_calculated_international_phone_number: digits,
      hs_searchable_calculated_phone_number: national,
    };
    this.contacts.push({ id, properties: { firstname: name, phone, ...calculated } });
    return id;
  }

  private next(): string {
    this.last += 1;
    return String(this.last);
  }
}
