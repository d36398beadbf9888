/** A relay that counts: one effect per idempotency key, as the gateway promises. Real HTTP on a port of its own. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Effect {
  key: string;
  call: string;
  body: Record<string, unknown>;
}

/** What to do with one request instead of accepting it. `cut_before`/`cut_after`: the line breaks before or after the effect. */
export type Mishap =
  | 'cut_before'
  | 'cut_after'
  | { status: number; code?: string; retryAfter?: string; members?: Record<string, unknown> };

export interface RelayStub {
  /** `ws://127.0.0.1:<port>`. */
  relay: string;
  effects: Effect[];
  attempts: { key: string; call: string; token: string }[];
  /** Asked once per request; undefined: accept. */
  mishap: (attempt: { key: string; call: string; token: string }) => Mishap | undefined;
  platform: 'written' | 'pending' | 'unsupported' | 'refused';
  close(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  const type = status < 300 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, mishap: Exclude<Mishap, string>): void {
  const { status, code, retryAfter, members } = mishap;
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  const problem = { type: 'about:blank', title: 'No', status, code, detail: 'Because of a test.', ...members };
  if (code === undefined) response.writeHead(status, headers).end('<html>no</html>');
  else answer(response, status, problem, headers);
}

export async function startRelayStub(): Promise<RelayStub> {
  const known = new Map<string, Effect>();
  const stub: Omit<RelayStub, 'relay' | 'close'> = {
    effects: [],
    attempts: [],
    mishap: () => undefined,
    platform: 'written',
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await textOf(request)) as Record<string, unknown>;
    const call = decodeURIComponent(request.url?.split('/')[3] ?? '');
    const key = String(request.headers['idempotency-key']);
    const attempt = { key, call, token: String(request.headers.authorization).replace('Bearer ', '') };
    stub.attempts.push(attempt);
    const mishap = stub.mishap(attempt);
    if (mishap === 'cut_before') return void request.socket.destroy();
    if (typeof mishap === 'object') {
      refuse(response, mishap);
      return;
    }
    if (!known.has(key)) {
      known.set(key, { key, call, body });
      stub.effects.push({ key, call, body });
    }
    if (mishap === 'cut_after') return void request.socket.destroy();
    answer(response, 200, { call, event: `e:${key}`, value: body.value, platform: stub.platform });
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(stub, {
    relay: `ws://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
