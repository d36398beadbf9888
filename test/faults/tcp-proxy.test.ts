import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { TcpProxy, type Plan } from '../support/chaos/tcp-proxy';
import { until } from '../support/poll';

const TEXT = 'नमस्ते 0123456789 '.repeat(200);
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

/** A server that says the text, behind a proxy with this plan; returns what a client hears and how it ends. */
async function hear(plan: Plan): Promise<{ text: () => string; ended: () => string | undefined; socket: Socket }> {
  const server = createServer((socket) => socket.on('error', () => undefined).write(TEXT));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await TcpProxy.start((server.address() as AddressInfo).port, () => plan);
  cleanUp.push(
    () => server.close(),
    () => proxy.stop(),
  );
  const socket = connect({ host: '127.0.0.1', port: proxy.port, allowHalfOpen: true });
  const heard: Buffer[] = [];
  let ended: string | undefined;
  socket.on('data', (chunk: Buffer) => heard.push(chunk));
  socket.on('end', () => (ended ??= 'end'));
  socket.on('error', (error) => (ended = 'code' in error ? String(error.code) : 'error'));
  return { text: () => Buffer.concat(heard).toString(), ended: () => ended, socket };
}

it.each(['none', 'delay', 'dribble'] as const)('passes everything on, in order, with %s', async (harm) => {
  const { text, ended } = await hear({ harm, afterBytes: 100, waitMs: 2 });
  await until('the whole text', () => text() === TEXT);
  expect(ended()).toBeUndefined();
});

it.each([
  ['drop', ['end']],
  ['half-close', ['end']],
  // Node sends a FIN just before its reset: which of the two a client notices is a race.
  ['reset', ['end', 'ECONNRESET']],
] as const)('ends with %s, after the bytes that may pass', async (harm, ends) => {
  const { text, ended } = await hear({ harm, afterBytes: 100, waitMs: 1 });
  expect(ends).toContain(await until('the end', () => ended()));
  expect(TEXT.startsWith(text().slice(0, 20))).toBe(true);
  expect(text().length).toBeLessThan(TEXT.length);
});

it('swallows without telling anybody', async () => {
  const { text, ended, socket } = await hear({ harm: 'swallow', afterBytes: 100, waitMs: 1 });
  await until('the first bytes', () => text().length > 10);
  expect(socket.write('still there?')).toBe(true);
  expect(ended()).toBeUndefined();
  expect(Buffer.byteLength(text())).toBeLessThanOrEqual(102);
});
