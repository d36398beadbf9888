/** A relay as one would quickly write it with Socket.IO: rooms, and connection state recovery from memory. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { numberOf, QUEUE, readBody, serverPort } from './common';

const RECOVERY_MS = 2 * 60_000;

const http = createServer((request, response) => {
  // Socket.IO answers its own path on this server.
  if (request.method !== 'POST') return;
  readBody(request, (body) => {
    response.end();
    io.to(numberOf(body)).emit('event', body);
  });
});
const io = new Server(http, {
  transports: ['websocket'],
  connectionStateRecovery: { maxDisconnectionDuration: RECOVERY_MS },
});
io.on('connection', async (socket) => {
  const { number } = socket.handshake.auth as { number: string };
  await socket.join([number, QUEUE]);
});
http.listen(serverPort(), '127.0.0.1', () => process.stdout.write('{"ready":true}\n'));
