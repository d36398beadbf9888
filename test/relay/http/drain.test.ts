import { connect } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createApp, stopApp } from '../../../src/relay/http/app';
import { until } from '../../support/poll';

const listen = { host: '127.0.0.1', port: 0, max_connections: 10, trusted_proxies: [] };

it('finishes what is under way while it goes down, and tells whoever comes meanwhile when to come back', async () => {
  const app = await createApp({ listen });
  const finish: (() => void)[] = [];
  app.get('/slow', () => new Promise((resolve) => finish.push(() => resolve('done'))));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let heard = '';
  socket.on('data', (text: string) => (heard += text));
  await once(socket, 'connect');
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  await until('the first request', () => finish.length > 0);
  const late = connect(port, '127.0.0.1').setEncoding('utf8');
  await once(late, 'connect');
  // Half a request: its connection is not idle when the relay begins to go down.
  late.write('GET /slow HTTP/1.1\r\n');
  let answer = '';
  late.on('data', (text: string) => (answer += text));
  const half = () => new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  await until('both connections', async () => (await half()) === 2);
  const stopped = stopApp(app);
  late.write('Host: x\r\n\r\n');
  await until('the refusal', () => answer.startsWith('HTTP/1.1 503'));
  expect(answer).toMatch(/retry-after: 1\r\n/i);
  for (const end of finish) end();
  await stopped;
  expect(heard).toMatch(/^HTTP\/1.1 200[^]*done$/);
});
