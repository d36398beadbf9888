import { connect } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createApp, stopApp } from '../../../src/relay/http/app';
import { until } from '../../support/poll';

const listen = { host: '127.0.0.1', port: 0, max_connections: 10, trusted_proxies: [] };

it('finishes what is under way while it goes down, and tells whoever comes meanwhile when to come back', async () => {
  const app = await createApp({ listen });
  let finish: () => void = () => undefined;
  app.get('/slow', () => new Promise((resolve) => (finish = () => resolve('done'))));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let heard = '';
  socket.on('data', (text: string) => (heard += text));
  await once(socket, 'connect');
  // The second request is read once the first is answered.
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  await until('the first request', () => app.server.listenerCount('request') > 0 && finish !== undefined);
  const late = connect(port, '127.0.0.1').setEncoding('utf8');
  await once(late, 'connect');
  late.write('GET /slow HTTP/1.1\r\n');
  let answer = '';
  late.on('data', (text: string) => (answer += text));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = stopApp(app);
  late.write('Host: x\r\n\r\n');
  await until('the refusal', () => answer.startsWith('HTTP/1.1 503'));
  expect(answer).toMatch(/retry-after: 1\r\n/i);
  finish();
  await stopped;
  expect(heard).toMatch(/^HTTP\/1.1 200[^]*done$/);
});
