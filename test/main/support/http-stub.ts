/** A relay of a few lines: real HTTP on a port of its own, each request answered as the test says. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  method: string;
  /** With its query. */
  path: string;
  key: string | undefined;
  type: string | undefined;
  token: string;
  /** As text. */
  body: string;
}

/** `cut`: the line breaks without an answer. `hang`: none ever comes. */
export type HttpAnswer = 'cut' | 'hang' | { status?: number; body?: object | string; headers?: Record<string, string> };

export interface HttpStub {
  link: { relay: string; token: string };
  requests: HttpRequest[];
  answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;
  close: () => Promise<void>;
}

export function problem(status: number, code: string, members: object = {}): HttpAnswer {
  return { status, body: { type: 'about:blank', title: 'No', status, code, detail: 'Because of a test.', ...members } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function send(response: ServerResponse, { status = 200, body = {}, headers = {} }: Exclude<HttpAnswer, string>): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

export async function startHttpStub(answer: HttpStub['answer']): Promise<HttpStub> {
  const requests: HttpRequest[] = [];
  const stub = { requests, answer };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers, method = '', url = '' } = request;
    const heard: HttpRequest = {
      ...{ method, path: url, body: await textOf(request), type: headers['content-type'] },
      key: headers['idempotency-key']?.toString(),
      token: String(headers.authorization).replace('Bearer ', ''),
    };
    requests.push(heard);
    const said = await stub.answer(heard);
    if (said === 'cut') request.socket.destroy();
    else if (said !== 'hang') send(response, said);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(stub, {
    link: { relay: `ws://127.0.0.1:${port}`, token: 'the-token' },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
