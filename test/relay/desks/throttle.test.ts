import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import WebSocket from 'ws';
import { expect, test } from 'vitest';
import { clientAddress } from '../../../src/relay/http/client-address';
import { TestRelay } from '../../support/relay/running-relay';

test('after ten refused tokens an address gets 429, but a token that was good keeps working', async () => {
  const relay = await TestRelay.start();
  try {
    const token = await relay.agent('asha');
    const desk = await relay.desk(token);
    await desk.welcome();
    for (let n = 0; n < 10; n += 1)
      expect(await (await relay.desk(`wrong-${n}`)).waitClosed()).toMatchObject({ code: 4001 });
    const status = await new Promise((resolve) => {
      const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/desk`, 'handover.v1', {
        headers: { authorization: 'Bearer wrong-again' },
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(429);
    const again = await relay.desk(token, { takeover: true });
    await again.welcome();
  } finally {
    await relay.stop();
  }
});

function requestFrom(peer: string, forwarded?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
}

test.each([
  ['believes nobody when no proxy is configured', [], '203.0.113.9', '198.51.100.7', '203.0.113.9'],
  ['takes what its own proxy heard', ['127.0.0.1'], '127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['sees a mapped address as what it is', ['127.0.0.1'], '::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
  [
    'skips its own chain of proxies from the right',
    ['10.0.0.0/8'],
    '10.0.0.1',
    '6.6.6.6, 198.51.100.7, 10.0.0.2',
    '198.51.100.7',
  ],
  ['does not believe a stranger', ['10.0.0.0/8'], '203.0.113.9', '198.51.100.7', '203.0.113.9'],
  ['falls back to the proxy', ['::1'], '::1', undefined, '::1'],
])('the client address %s', (_what, proxies, peer, forwarded, expected) => {
  expect(clientAddress(proxies)(requestFrom(peer, forwarded))).toBe(expected);
});
