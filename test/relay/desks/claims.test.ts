import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import type { TestDesk } from '../../support/relay/test-desk';
import { ended, escalation } from '../../support/relay/test-platform';

let relay: TestRelay;
beforeEach(async () => {
  relay = await TestRelay.start({ timings: { leaseMs: 400 } });
});
afterEach(() => relay.stop());

async function desks(...ids: string[]): Promise<TestDesk[]> {
  const made: TestDesk[] = [];
  for (const id of ids) {
    const desk = await relay.desk(await relay.agent(id, { name: `Agent ${id}`, queues: ['collections'] }));
    await desk.welcome();
    made.push(desk);
  }
  return made;
}

const claim = { type: 'claim', call: 'test:1' };
const toCollections = { label: 'customer support' };

test('a claim has one winner, the others are told who, and every desk learns of it', async () => {
  const [a, b, c] = (await desks('a', 'b', 'c')) as [TestDesk, TestDesk, TestDesk];
  await relay.post(escalation('1', toCollections));
  const replies = await Promise.all([a, b, c].map((desk) => desk.ask(claim)));
  expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
  const won = replies.findIndex(({ ok }) => ok);
  expect(replies[won]).toMatchObject({ lease_s: 0.4 });
  const name = `Agent ${'abc'[won]}`;
  for (const reply of replies.filter(({ ok }) => !ok)) {
    expect(reply).toMatchObject({
      error: { code: 'claimed', by: { name }, message: `${name} has it`, temporary: false },
    });
  }
  for (const desk of [a, b, c]) {
    expect((await desk.waitFor('call.claimed', '1')).event.data).toMatchObject({ agent: { name }, seq: 1 });
  }
});

test('a claim nobody renews lapses and the call can be claimed again', async () => {
  const [a, b] = (await desks('a', 'b')) as [TestDesk, TestDesk];
  await relay.post(escalation('1', toCollections));
  await a.ask(claim);
  expect((await b.waitFor('call.released', '1')).event.data).toMatchObject({ reason: 'lease_lapsed', seq: 2 });
  expect(await b.ask(claim)).toMatchObject({ ok: true });
});

test('a renewed claim stays, also beyond the lease it began with', async () => {
  const [a, b] = (await desks('a', 'b')) as [TestDesk, TestDesk];
  await relay.post(escalation('1', toCollections));
  await a.ask(claim);
  const until1s = Date.now() + 1_000;
  while (Date.now() < until1s) {
    expect(await a.ask({ type: 'renew', call: 'test:1' })).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(b.eventOf('call.released', '1')).toBeUndefined();
  expect(await b.ask(claim)).toMatchObject({ error: { code: 'claimed' } });
  // Renewing tells the desks once that the claim goes on, not every time.
  expect(b.events.filter(({ event }) => event.type === 'call.claimed')).toHaveLength(2);
});

test('a released call is free at once and says why', async () => {
  const [a, b] = (await desks('a', 'b')) as [TestDesk, TestDesk];
  await relay.post(escalation('1', toCollections));
  await a.ask(claim);
  expect(await a.ask({ type: 'release', call: 'test:1', reason: 'wrong_language' })).toMatchObject({ ok: true });
  expect((await b.waitFor('call.released', '1')).event.data).toMatchObject({ reason: 'wrong_language' });
  expect(await b.ask(claim)).toMatchObject({ ok: true });
});

test('what cannot be claimed, renewed or released is refused with a reason', async () => {
  const [a, b] = (await desks('a', 'b')) as [TestDesk, TestDesk];
  expect(await a.ask(claim)).toMatchObject({ error: { code: 'not_found' } });
  await relay.post(escalation('1', toCollections));
  expect(await a.ask({ type: 'renew', call: 'test:1' })).toMatchObject({ error: { code: 'not_yours' } });
  await a.ask(claim);
  expect(await b.ask({ type: 'release', call: 'test:1', reason: 'x' })).toMatchObject({ error: { code: 'claimed' } });
  await relay.post(escalation('2', toCollections), ended('2'));
  expect(await a.ask({ type: 'claim', call: 'test:2' })).toMatchObject({ error: { code: 'ended' } });
  await relay.post(escalation('3', { label: 'Sales' }));
  expect(await a.ask({ type: 'claim', call: 'test:3' })).toMatchObject({ error: { code: 'not_found' } });
});

test('claiming again is the same claim', async () => {
  const [a] = (await desks('a')) as [TestDesk];
  await relay.post(escalation('1', toCollections));
  await a.ask(claim);
  expect(await a.ask(claim)).toMatchObject({ ok: true, lease_s: 0.4 });
});

test('a claim survives a restart and then lapses like any other', async () => {
  const tokens = [
    await relay.agent('a', { queues: ['collections'] }),
    await relay.agent('b', { queues: ['collections'] }),
  ];
  const a = await relay.desk(tokens[0]);
  await a.welcome();
  await relay.post(escalation('1', toCollections));
  await a.ask(claim);
  await relay.restart();
  const b = await relay.desk(tokens[1]);
  await b.welcome();
  expect(await b.ask(claim)).toMatchObject({ error: { code: 'claimed' } });
  await b.waitFor('call.released', '1');
  expect(await until('the claim', async () => (await b.ask(claim)).ok)).toBe(true);
});
