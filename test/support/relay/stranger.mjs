// A desk by somebody who has read docs/protocol.md and nothing else. Needs only the `ws` package.
import WebSocket from 'ws';

const FINAL = [1009, 4001, 4002, 4003];

/** Connects, follows the log, claims, and comes back by itself where it left off. Types: stranger.d.mts. */
export function stranger(url, token, { backoffMs = 500 } = {}) {
  const client = { app: 'stranger', version: '1', instance: Math.random().toString(36).slice(2) };
  const headers = { authorization: `Bearer ${token}` };
  const desk = { calls: new Map(), log: [], position: null, recovered: [] };
  const replies = new Map();
  let [socket, lastId, attempts, last, stopped] = [undefined, 0, 0, 0, false];

  const ask = (command) => {
    socket.send(JSON.stringify({ ...command, id: ++lastId }));
    return new Promise((resolve) => replies.set(lastId, resolve));
  };
  const connect = () => {
    socket = new WebSocket(`${url.replace('http', 'ws')}/desk`, 'handover.v1', { headers });
    socket.on('open', () => ask({ type: 'hello', position: desk.position, client }));
    socket.on('message', (data) => receive(JSON.parse(data)));
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      if (stopped || FINAL.includes(code)) return;
      setTimeout(connect, Math.random() * Math.min(30_000, backoffMs * 2 ** attempts++));
    });
  };
  const welcome = ({ recovered, epoch, offset, calls }) => {
    attempts = 0;
    desk.recovered.push(recovered);
    if (!recovered) {
      desk.calls = new Map(calls.map((call) => [call.call, call]));
      desk.position = { epoch, offset };
    }
    last = desk.position.offset;
  };
  const receive = (frame) => {
    if (frame.type === 'call') desk.calls.set(frame.call.call, frame.call);
    if (frame.type === 'gone') desk.calls.delete(frame.call);
    if (frame.type === 'reply') {
      if ('recovered' in frame) welcome(frame);
      replies.get(frame.re)?.(frame);
    }
    if (frame.type !== 'event') return;
    if (frame.prev !== last) return void socket.terminate();
    last = frame.offset;
    desk.position = { ...desk.position, offset: frame.offset };
    desk.log.push(frame.event);
    if (!desk.calls.has(frame.event.subject)) desk.calls.set(frame.event.subject, { call: frame.event.subject });
  };
  connect();
  return Object.assign(desk, {
    claim: (call) => ask({ type: 'claim', call }),
    drop: () => socket.terminate(),
    close: () => ((stopped = true), socket.close()),
  });
}
