import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { ended, escalation, turn } from '../../support/relay/test-platform';

let relay: TestRelay;
beforeEach(async () => {
  relay = await TestRelay.start();
});
afterEach(() => relay.stop());

const collections = { queues: ['collections'] };
const toCollections = { label: 'Collections' };
const toSales = { label: 'Sales' };

describe('resume', () => {
  test('a known position is recovered: exactly what was missed, each frame naming the one before', async () => {
    const token = await relay.agent('a', collections);
    const first = await relay.desk(token);
    await first.welcome();
    await relay.post(escalation('1', toCollections));
    await first.waitFor('call.escalated', '1');
    const position = first.position;
    first.drop();
    await relay.post(escalation('2', toCollections));
    await relay.post(escalation('elsewhere', toSales));
    await relay.post(escalation('3', toCollections));
    const second = await relay.desk(token, { position, instance: 'x', takeover: true });
    expect(await second.welcome()).toMatchObject({ recovered: true, offset: 4 });
    await second.waitFor('call.escalated', '3');
    expect(second.events.map(({ offset, prev }) => [offset, prev])).toEqual([
      [2, 1],
      [4, 2],
    ]);
  });

  test('a position from before a restart is still good', async () => {
    const token = await relay.agent('a', collections);
    const first = await relay.desk(token);
    await first.welcome();
    const position = first.position;
    await relay.post(escalation('1', toCollections));
    await relay.restart();
    await relay.post(escalation('2', toCollections));
    const second = await relay.desk(token, { position });
    expect((await second.welcome()).recovered).toBe(true);
    await second.waitFor('call.escalated', '2');
    expect(second.events.map(({ offset }) => offset)).toEqual([1, 2]);
  });

  test.each([
    ['of another epoch', { epoch: 'other', offset: 0 }],
    ['beyond the log', { epoch: '', offset: 99 }],
  ])('a position %s is refused and a snapshot takes its place', async (_what, position) => {
    const token = await relay.agent('a', collections);
    await relay.post(escalation('1', toCollections));
    const { epoch } = relay.store.position();
    const desk = await relay.desk(token, { position: { ...position, epoch: position.epoch || epoch } });
    const welcome = await desk.welcome();
    expect(welcome).toMatchObject({ recovered: false, offset: 1 });
    expect(welcome.calls).toHaveLength(1);
    await relay.post(escalation('2', toCollections));
    expect(await desk.waitFor('call.escalated', '2')).toMatchObject({ prev: 1, offset: 2 });
  });

  test('an agent who was given another queue starts from a snapshot, because the past looks different now', async () => {
    const first = await relay.desk(await relay.agent('a', collections));
    await first.welcome();
    const position = first.position;
    await relay.post(escalation('1', toSales));
    first.drop();
    const second = await relay.desk(await relay.agent('a', { queues: ['sales'] }), { position, takeover: true });
    const welcome = await second.welcome();
    expect(welcome.recovered).toBe(false);
    expect(welcome.calls).toHaveLength(1);
  });
});

describe('who sees what', () => {
  test('a number goes to the agent who has it before the queue that has it', async () => {
    const mine = await relay.desk(await relay.agent('mine', { numbers: ['+918001234567'] }));
    const queue = await relay.desk(await relay.agent('queue', collections));
    await Promise.all([mine.welcome(), queue.welcome()]);
    await relay.post(escalation('1', { to: '+918001234567' }));
    await mine.waitFor('call.escalated', '1');
    await relay.post(escalation('2', toCollections));
    await queue.waitFor('call.escalated', '2');
    expect(queue.eventOf('call.escalated', '1')).toBeUndefined();
    expect(mine.eventOf('call.escalated', '2')).toBeUndefined();
  });

  test('what nobody is named for goes to unrouted, which supervisors see along with everything else', async () => {
    const boss = await relay.desk(await relay.agent('boss', { role: 'supervisor' }));
    const agent = await relay.desk(await relay.agent('agent', collections));
    await Promise.all([boss.welcome(), agent.welcome()]);
    await relay.post(escalation('1', { to: '+15550100' }));
    await relay.post(escalation('2', toCollections));
    await boss.waitFor('call.escalated', '1');
    await boss.waitFor('call.escalated', '2');
    await agent.waitFor('call.escalated', '2');
    expect(agent.events).toHaveLength(1);
  });

  test('a call with a history arrives with everything said so far, live and after a reconnect', async () => {
    const token = await relay.agent('a', collections);
    const live = await relay.desk(token);
    await live.welcome();
    const position = live.position;
    await relay.post(turn('1', 't1', 'hello'), turn('1', 't2', 'a human please'));
    await relay.post(escalation('1', toCollections));
    await live.waitFor('call.escalated', '1');
    const seen = live.frames.filter(({ type }) => type !== 'reply');
    expect(seen.map(({ type }) => type)).toEqual(['call', 'event']);
    const snapshot = seen[0]?.type === 'call' ? seen[0].call : undefined;
    expect(Object.values(snapshot?.turns ?? {}).map(({ text }) => text)).toEqual(['hello', 'a human please']);
    live.drop();
    const later = await relay.desk(token, { position, takeover: true });
    await later.waitFor('call.escalated', '1');
    expect(later.frames.filter(({ type }) => type !== 'reply')).toEqual(seen);
  });

  test('a call that is routed elsewhere is gone for those it leaves, live and after a reconnect', async () => {
    const token = await relay.agent('a', collections);
    const a = await relay.desk(token);
    const b = await relay.desk(await relay.agent('b', { queues: ['sales'] }));
    await Promise.all([a.welcome(), b.welcome()]);
    await relay.post(escalation('1', toCollections));
    await a.waitFor('call.escalated', '1');
    const position = a.position;
    await relay.post(escalation('1', { ...toSales, id: 'again' }));
    await until('gone', () => a.frames.some((frame) => frame.type === 'gone' && frame.call === 'test:1'));
    await b.waitFor('call.escalated', '1');
    expect(b.frames.some(({ type }) => type === 'call')).toBe(true);
    a.drop();
    const back = await relay.desk(token, { position, takeover: true });
    await until('gone again', () => back.frames.some(({ type }) => type === 'gone'));
    await relay.post(ended('1'));
    await b.waitFor('call.ended', '1');
    expect(back.eventOf('call.ended', '1')).toBeUndefined();
  });

  test('a call an agent started is that agent’s, and so is its escalation while the agent is there', async () => {
    const starter = await relay.desk(await relay.agent('starter'));
    const queue = await relay.desk(await relay.agent('q', collections));
    await Promise.all([starter.welcome(), queue.welcome()]);
    await starter.ask({ type: 'state', value: 'available' });
    const started = {
      type: 'call.started' as const,
      subject: 'test:1',
      istest: false,
      data: { direction: 'outbound' as const, origin: { agent: 'starter' } },
    };
    await relay.post(started);
    await relay.post(escalation('1', toCollections));
    await starter.waitFor('call.escalated', '1');
    await starter.ask({ type: 'state', value: 'break' });
    await relay.post({ ...started, subject: 'test:2' });
    await relay.post(escalation('2', toCollections));
    await starter.waitFor('call.escalated', '2');
    await queue.waitFor('call.escalated', '2');
    expect(queue.eventOf('call.escalated', '1')).toBeUndefined();
  });
});
