import { afterEach, expect, test } from 'vitest';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation, turn } from '../../support/relay/test-platform';

let relay: TestRelay;
afterEach(() => relay.stop());

const collections = { queues: ['collections'] };
const BIG = 'x'.repeat(200_000);
const toCollections = (call: string) => escalation(call, { label: 'Collections' });

async function closedWith(code: number): Promise<void> {
  await until(`a close with ${code}`, async () =>
    (await (await fetch(`${relay.url}/metrics`)).text()).includes(`handover_desk_closed_total{code="${code}"} 1`),
  );
}

test('a desk that does not read is cut off by size, and the others notice nothing', async () => {
  relay = await TestRelay.start({ timings: { maxQueuedBytes: 300_000, closeWithinMs: 50 } });
  const slow = await relay.desk(await relay.agent('slow', collections));
  const good = await relay.desk(await relay.agent('good', collections));
  await Promise.all([slow.welcome(), good.welcome()]);
  slow.socket.pause();
  await relay.post(toCollections('1'));
  // Far beyond what the kernel buffers of a loopback socket hold.
  for (let n = 0; n < 45; n += 1) await relay.post(turn('1', `k${n}`, `${BIG}${n}`));
  await until('the good desk to have all', () => good.events.length === 46);
  await closedWith(1006);
  expect(good.closed).toBeUndefined();
});

test('a desk that lets nothing drain is cut off by time', async () => {
  relay = await TestRelay.start({ timings: { maxUndrainedMs: 200, maxQueuedBytes: 1e9, closeWithinMs: 50 } });
  const slow = await relay.desk(await relay.agent('slow', collections));
  await slow.welcome();
  slow.socket.pause();
  await relay.post(toCollections('1'));
  for (let n = 0; n < 45; n += 1) await relay.post(turn('1', `k${n}`, `${BIG}${n}`));
  await closedWith(1006);
});

test('a desk that reads again in time is told 4008 and catches up when it comes back', async () => {
  relay = await TestRelay.start({ timings: { maxQueuedBytes: 300_000, closeWithinMs: 5_000 } });
  const token = await relay.agent('slow', collections);
  const slow = await relay.desk(token);
  await slow.welcome();
  slow.socket.pause();
  await relay.post(toCollections('1'));
  for (let n = 0; n < 45; n += 1) await relay.post(turn('1', `k${n}`, `${BIG}${n}`));
  slow.socket.resume();
  expect(await slow.waitClosed()).toMatchObject({ code: 4008 });
  expect(slow.events.length).toBeLessThan(46);
  const back = await relay.desk(token, { position: slow.position });
  await until('the rest', () => slow.events.length + back.events.length === 46);
});

test('catching up with much more than the queue may hold is not being slow', async () => {
  relay = await TestRelay.start({ timings: { maxQueuedBytes: 300_000 } });
  const token = await relay.agent('a', collections);
  const first = await relay.desk(token);
  await first.welcome();
  const position = first.position;
  first.drop();
  await relay.post(toCollections('1'));
  for (let n = 0; n < 40; n += 1) await relay.post(turn('1', `k${n}`, `${BIG}${n}`));
  const back = await relay.desk(token, { position, takeover: true });
  await until('everything', () => back.events.length === 41);
  expect(back.closed).toBeUndefined();
});

test('a snapshot larger than the queue may hold is not being slow', async () => {
  relay = await TestRelay.start({ timings: { maxQueuedBytes: 300_000 } });
  await relay.post(toCollections('1'));
  for (let n = 0; n < 10; n += 1) await relay.post(turn('1', `k${n}`, `${BIG}${n}`));
  const desk = await relay.desk(await relay.agent('a', collections));
  expect((await desk.welcome()).calls).toHaveLength(1);
  await relay.post(toCollections('2'));
  await desk.waitFor('call.escalated', '2');
});
