import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchHistory } from '../../../src/main/relay-client/contact-history';
import { after } from '../support/events';

let server: Server;
let answer: { status: number; body: string };
let asked: { url: string | undefined; authorization: string | undefined };

beforeEach(async () => {
  server = createServer((request, response) => {
    asked = { url: request.url, authorization: request.headers.authorization };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

function ask() {
  const { port } = server.address() as AddressInfo;
  const relay = `ws://127.0.0.1:${port}`;
  return fetchHistory({ relay, token: 't', phone: '+91 98765', fetch: globalThis.fetch });
}

describe('the customer’s history', () => {
  it('tells how often they called in 30 days, and which calls those were', async () => {
    const past = { call: 'vinfer:a', at: after(-2 * 86_400), disposition: 'payment_promised', platform: 'vinfer' };
    answer = { status: 200, body: JSON.stringify({ phone: 'x', dnc: false, calls_30d: 2, calls: [past], news: 1 }) };
    expect(await ask()).toEqual({
      state: 'ready',
      calls_30d: 2,
      dnc: false,
      calls: [{ call: 'vinfer:a', at: Date.parse(past.at), disposition: 'payment_promised' }],
    });
    expect(asked).toEqual({ url: '/v1/contacts/%2B91%2098765', authorization: 'Bearer t' });
  });

  it('says that nobody knows about do-not-call rather than no', async () => {
    answer = { status: 200, body: '{"calls_30d":0,"dnc":null,"calls":[]}' };
    expect(await ask()).toEqual({ state: 'ready', calls_30d: 0, dnc: null, calls: [] });
  });

  it.each([
    [404, '{}', 'not_known'],
    [500, '{}', 'status_500'],
    [200, 'oops', 'unreachable'],
    [200, '{"calls_30d":"many"}', 'bad_answer'],
  ])('is quietly unavailable at %i %s', async (status, body, reason) => {
    answer = { status, body };
    expect(await ask()).toEqual({ state: 'unavailable', reason });
  });
});
