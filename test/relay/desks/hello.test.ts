import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation } from '../../support/relay/test-platform';

let relay: TestRelay;
beforeEach(async () => {
  relay = await TestRelay.start({ timings: { helloWithinMs: 300, probeMs: 100, heartbeatMs: 200, pongWithinMs: 200 } });
});
afterEach(() => relay.stop());

const AGENT = { numbers: ['+918001234567'], name: 'Asha Rao' };

describe('hello', () => {
  test('a first hello is answered with the agent, the epoch and a snapshot', async () => {
    const token = await relay.agent('asha', AGENT);
    await relay.post(escalation('1', { to: '+91 80012 34567' }));
    const desk = await relay.desk(token);
    const welcome = await desk.welcome();
    expect(welcome).toMatchObject({
      recovered: false,
      offset: 1,
      agent: { id: 'asha', name: 'Asha Rao', role: 'agent' },
    });
    expect(welcome.calls?.map(({ call }) => call)).toEqual(['test:1']);
    expect(welcome.platforms).toEqual([expect.objectContaining({ name: 'test' })]);
  });

  test.each([undefined, 'wrong-token'])('a refused token is told by close code 4001 (%s)', async (token) => {
    const desk = await relay.desk(token);
    expect(await desk.waitClosed()).toMatchObject({ code: 4001 });
  });

  test('a desk that says nothing is closed with 4009', async () => {
    const desk = await relay.desk(await relay.agent('asha'), { silent: true });
    expect(await desk.waitClosed()).toMatchObject({ code: 4009 });
  });

  test.each([
    ['text that is not JSON', 'hello?'],
    ['a command before hello', JSON.stringify({ type: 'state', id: 1, value: 'busy' })],
    ['a hello without an id', JSON.stringify({ type: 'hello' })],
    ['a binary frame', Buffer.from('{}')],
  ])('%s is a protocol error, 4003', async (_what, frame) => {
    const desk = await relay.desk(await relay.agent('asha'), { silent: true });
    desk.socket.send(frame);
    expect(await desk.waitClosed()).toMatchObject({ code: 4003 });
  });

  test('a second hello is a protocol error', async () => {
    const desk = await relay.desk(await relay.agent('asha'));
    await desk.welcome();
    desk.hello();
    expect(await desk.waitClosed()).toMatchObject({ code: 4003 });
  });

  test('a frame above 64 KiB ends the link', async () => {
    const desk = await relay.desk(await relay.agent('asha'));
    await desk.welcome();
    desk.send({ type: 'state', value: 'x'.repeat(70_000) });
    expect(await desk.waitClosed()).toMatchObject({ code: 1009 });
  });

  test('a command the relay does not know is refused and the link stays', async () => {
    const desk = await relay.desk(await relay.agent('asha'));
    await desk.welcome();
    expect(await desk.ask({ type: 'dance' })).toMatchObject({ ok: false, error: { code: 'bad_command' } });
    expect(await desk.ask({ type: 'state', value: 'busy' })).toMatchObject({ ok: true });
  });

  test('commands sent right behind the hello wait for it', async () => {
    const desk = await relay.desk(await relay.agent('asha'));
    expect(await desk.ask({ type: 'state', value: 'available' })).toMatchObject({ ok: true });
    expect(desk.frames[0]).toMatchObject({ type: 'reply', re: 1, recovered: false });
  });

  test('an upgrade without the subprotocol, or elsewhere, is refused', async () => {
    const status = (path: string, protocol: string[]) =>
      new Promise<number | undefined>((resolve) => {
        const socket = new WebSocket(`${relay.url.replace('http', 'ws')}${path}`, protocol);
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('error', () => resolve(undefined));
      });
    expect(await status('/desk', [])).toBe(400);
    expect(await status('/else', ['handover.v1'])).toBe(404);
  });
});

describe('one active desk per agent', () => {
  test('a second desk is refused while the first is alive', async () => {
    const token = await relay.agent('asha');
    const first = await relay.desk(token);
    await first.welcome();
    const second = await relay.desk(token);
    expect(await second.waitClosed()).toMatchObject({ code: 4002 });
    expect(second.frames).toMatchObject([{ ok: false, error: { code: 'busy' } }]);
    expect(first.closed).toBeUndefined();
  });

  test('a second desk that takes over on purpose ends the first with 4002', async () => {
    const token = await relay.agent('asha');
    const first = await relay.desk(token);
    await first.welcome();
    const second = await relay.desk(token, { takeover: true });
    await second.welcome();
    expect(await first.waitClosed()).toMatchObject({ code: 4002 });
    expect(second.closed).toBeUndefined();
  });

  test('the same instance replaces its own old link without being asked', async () => {
    const token = await relay.agent('asha');
    const first = await relay.desk(token, { instance: 'i1' });
    await first.welcome();
    const second = await relay.desk(token, { instance: 'i1' });
    await second.welcome();
    await first.waitClosed();
    expect(second.closed).toBeUndefined();
  });

  test('a desk whose link is dead does not keep another one out', async () => {
    const token = await relay.agent('asha');
    const first = await relay.desk(token);
    await first.welcome();
    first.socket.pause();
    const second = await relay.desk(token);
    expect((await second.welcome()).agent.id).toBe('asha');
  });
});

test('the metrics say how many desks are connected', async () => {
  const says = async (text: string) => (await (await fetch(`${relay.url}/metrics`)).text()).includes(`\n${text}\n`);
  const desk = await relay.desk(await relay.agent('asha'));
  await desk.welcome();
  expect(await says('handover_desks 1')).toBe(true);
  desk.socket.terminate();
  await until('the desk to be gone', () => says('handover_desks 0'));
});

test('a desk is pinged, and one that does not answer is dropped', async () => {
  const desk = await relay.desk(await relay.agent('asha'));
  let pings = 0;
  desk.socket.on('ping', () => (pings += 1));
  await until('two pings', () => pings >= 2);
  desk.socket.pause();
  await until('the relay to drop it', async () =>
    (await (await fetch(`${relay.url}/metrics`)).text()).includes('handover_desk_closed_total{code="1006"} 1'),
  );
});
