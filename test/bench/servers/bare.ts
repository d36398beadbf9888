/** The floor: HTTP in, WebSocket out, nothing kept, nothing checked. No relay on these libraries can be faster. */
import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { numberOf, QUEUE, readBody, serverPort } from './common';

const desks = new Map<string, Set<WebSocket>>();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });

function join(number: string, socket: WebSocket): void {
  const members = desks.get(number) ?? new Set();
  desks.set(number, members.add(socket));
  socket.on('close', () => members.delete(socket));
}

const server = createServer((request, response) => {
  readBody(request, (body) => {
    response.end();
    for (const desk of desks.get(numberOf(body)) ?? []) desk.send(body);
  });
});
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (desk) => {
    desk.on('error', () => undefined);
    join(QUEUE, desk);
    join(new URL(request.url ?? '', 'http://bare').searchParams.get('number') ?? '', desk);
  });
});
server.listen(serverPort(), '127.0.0.1', () => process.stdout.write('{"ready":true}\n'));
