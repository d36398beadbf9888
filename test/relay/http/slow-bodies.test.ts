import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/relay/http/app';
import { until } from '../../support/poll';

const listen = { host: '127.0.0.1', port: 0, max_connections: 10, trusted_proxies: [] };
const LOOK_MS = 100;
const ENOUGH_BYTES = 1_000;

let app: FastifyInstance;
let got: number[];
let answer: (() => void)[];
beforeEach(async () => {
  [got, answer] = [[], []];
  app = await createApp({ listen }, { lookEveryMs: LOOK_MS, enoughBytes: ENOUGH_BYTES });
  app.addContentTypeParser('text/csv', (_request, body, done) => done(null, body));
  const take = async ({ body }: { body: unknown }) => {
    const { length } = body instanceof Readable ? await buffer(body) : Buffer.from(JSON.stringify(body));
    got.push(length);
    return 'taken';
  };
  app.post('/upload', { bodyLimit: 8 * 1024 * 1024 }, take);
  app.post('/hook', take);
  const refuse = () => Promise.reject(Object.assign(new Error('no'), { statusCode: 401 }));
  app.post('/stranger', { bodyLimit: 8 * 1024 * 1024, onRequest: refuse }, take);
  app.get('/slow', () => new Promise((resolve) => answer.push(() => resolve('done'))));
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => app.close());

/** A client that sends a piece now and then. */
async function dribble(path: string, pieceBytes: number, everyMs: number, lengthBytes: number) {
  const socket: Socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
  const client = { heard: '', closed: false, sent: 0 };
  socket.on('data', (text: string) => (client.heard += text));
  socket.on('error', () => undefined);
  socket.once('close', () => (client.closed = true));
  await once(socket, 'connect');
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: ${lengthBytes}\r\n\r\n`);
  const timer = setInterval(() => {
    if (client.closed || client.sent >= lengthBytes) clearInterval(timer);
    else socket.write('x'.repeat(pieceBytes));
    client.sent += pieceBytes;
  }, everyMs);
  return client;
}

describe('a body that takes its time', () => {
  it('is waited for where files are taken, as long as it goes on coming', async () => {
    const began = performance.now();
    const client = await dribble('/upload', 500, 10, 20_000);
    await until('the answer', () => client.heard.includes('taken'));
    expect(performance.now() - began).toBeGreaterThan(2 * LOOK_MS);
    expect(got).toEqual([20_000]);
  });

  it('is cut off there once it only trickles', async () => {
    const client = await dribble('/upload', 1, 10, 20_000);
    await until('the end', () => client.closed);
    expect(client.heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(got).toEqual([]);
  });

  it('is cut off everywhere else, however much comes', async () => {
    const client = await dribble('/hook', 500, 10, 200_000);
    await until('the end', () => client.closed);
    expect(client.heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(client.sent).toBeLessThan(200_000);
  });

  it('is not waited for once it has been refused', async () => {
    const client = await dribble('/stranger', 500, 10, 200_000);
    await until('the end', () => client.closed);
    expect(client.heard).toMatch(/^HTTP\/1\.1 401 /);
    expect(client.sent).toBeLessThan(200_000);
  });

  it('has nothing to do with an answer that takes its time', async () => {
    const { port } = app.server.address() as AddressInfo;
    const answered = fetch(`http://127.0.0.1:${port}/slow`);
    await until('the request', () => answer.length === 1);
    const client = await dribble('/upload', 500, 10, 20_000);
    await until('two looks', () => client.heard.includes('taken'));
    for (const end of answer) end();
    expect(await (await answered).text()).toBe('done');
  });
});

it('hangs nothing on a connection that serves many requests', async () => {
  const counts: number[] = [];
  app.server.on('request', ({ socket }: IncomingMessage) => counts.push(socket.listenerCount('close')));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { port } = app.server.address() as AddressInfo;
  const headers = { 'content-type': 'application/json' };
  for (let n = 0; n < 12; n += 1) {
    const client = request({ agent, port, host: '127.0.0.1', path: '/hook', method: 'POST', headers }).end('{"n":1}');
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    await buffer(response);
  }
  agent.destroy();
  expect(counts).toHaveLength(12);
  expect(new Set(counts.slice(1)).size).toBe(1);
});
