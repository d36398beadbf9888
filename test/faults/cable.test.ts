import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Cable } from '../support/chaos/cable';
import { until } from '../support/poll';

let echo: Server;
let cable: Cable;
const open = new Set<Socket>();

beforeEach(async () => {
  echo = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined).pipe(socket);
  });
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  cable = await Cable.start((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await cable.stop();
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => echo.close(resolve));
});

function client() {
  const socket = connect(cable.port, '127.0.0.1');
  open.add(socket);
  const heard = { text: '', closed: false };
  socket.on('data', (chunk) => (heard.text += chunk.toString()));
  socket.on('error', () => undefined).on('close', () => (heard.closed = true));
  return { socket, heard };
}

it('lets nothing pass while it is out, and everything in order once it is back', async () => {
  const { socket, heard } = client();
  socket.write('one ');
  await until('an echo', () => heard.text === 'one ');
  cable.pull();
  socket.write('two ');
  const late = client();
  late.socket.write('late');
  await once(late.socket, 'connect');
  // Long enough for an echo: it took a fraction of this before.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([heard.text, late.heard.text]).toEqual(['one ', '']);
  cable.plug();
  socket.write('three');
  await until('the rest', () => heard.text === 'one two three' && late.heard.text === 'late');
});

it('tells of the end of the other side only once it is back', async () => {
  const { socket, heard } = client();
  socket.write('x');
  await until('an echo', () => heard.text === 'x');
  cable.pull();
  for (const one of open) if (one !== socket) one.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(heard.closed).toBe(false);
  cable.plug();
  await until('the end', () => heard.closed);
});
