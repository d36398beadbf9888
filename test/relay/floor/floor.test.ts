import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { floorAnswerSchema, type FloorAnswer } from '../../../src/shared/contract/floor';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation } from '../../support/relay/test-platform';

let relay: TestRelay;
let boss: string;

beforeEach(async () => {
  relay = await TestRelay.start();
  boss = await relay.agent('boss', { role: 'supervisor', name: 'Maya' });
});
afterEach(async () => {
  await relay.stop();
});

const ask = (token = boss, query = '') =>
  fetch(`${relay.url}/v1/floor${query}`, { headers: { authorization: `Bearer ${token}` } });
const floor = async (): Promise<FloorAnswer> => floorAnswerSchema.parse(await (await ask()).json());
const to = (id: string, more: Parameters<typeof escalation>[1] = {}) =>
  escalation(id, { to: '+918007654321', ...more });
const minutesAgo = (n: number) => new Date(Date.now() - n * 60_000).toISOString();
const ended = (id: string, data: Record<string, unknown> = {}) => ({
  type: 'call.ended' as const,
  subject: `test:${id}`,
  istest: false,
  time: new Date().toISOString(),
  data,
});

describe('the floor', () => {
  it('is for supervisors', async () => {
    expect((await ask(await relay.agent('asha'))).status).toBe(403);
  });

  it('says who is there, what they do and since when', async () => {
    const asha = await relay.desk(await relay.agent('asha', { name: 'Asha Rao', queues: ['sales'] }));
    await relay.agent('ravi', { name: 'Ravi' });
    await asha.welcome();
    const before = Date.now();
    await asha.ask({ type: 'state', value: 'available' });
    let { agents } = await floor();
    expect(agents.map(({ name, doing }) => [name, doing])).toEqual([
      ['Asha Rao', 'available'],
      ['Maya', 'offline'],
      ['Ravi', 'offline'],
    ]);
    expect(Date.parse(agents[0]?.since ?? '')).toBeGreaterThanOrEqual(before);
    // Saying the same again begins nothing new.
    const since = agents[0]?.since;
    await asha.ask({ type: 'state', value: 'available' });
    expect((await floor()).agents[0]?.since).toBe(since);

    await relay.post(to('a'));
    await asha.waitFor('call.escalated', 'a');
    await asha.ask({ type: 'claim', call: 'test:a' });
    ({ agents } = await floor());
    expect(agents[0]).toMatchObject({ doing: 'call', call: 'test:a' });
    asha.drop();
    await relay.post(ended('a'));
    await until('the desk to be gone', async () => (await floor()).agents[0]?.doing === 'offline');
  });

  it('says who waits, for whom and how long, the longest first, live', async () => {
    await floor();
    await relay.post(to('young'), to('old', { time: minutesAgo(0.5) }));
    const { waiting } = await floor();
    expect(waiting.map(({ call }) => call)).toEqual(['test:old', 'test:young']);
    expect(waiting[0]?.meant_for).toEqual(['Sales']);
    await relay.post(ended('old'));
    const after = await floor();
    expect(after.waiting.map(({ call }) => call)).toEqual(['test:young']);
    expect(after.missed.map(({ call }) => call)).toEqual(['test:old']);
    expect(after.counts).toMatchObject({ escalations: 2, missed: 1, claimed: 0 });
  });

  it('sees the same whether it looked all the while or only now', async () => {
    await floor();
    for (const id of ['a', 'b', 'c', 'd']) await relay.post(to(id));
    await relay.post(ended('b'), ended('d'));
    const watched = await floor();
    await relay.restart();
    const fresh = await floor();
    expect({ ...fresh, now: '', agents: [] }).toEqual({ ...watched, now: '', agents: [] });
  });

  it('nobody waits for ever because a platform forgot to say the end', async () => {
    await relay.post(to('lost', { time: minutesAgo(31) }));
    const { waiting, missed } = await floor();
    expect(waiting).toEqual([]);
    expect(missed).toHaveLength(1);
  });

  it('sets what the AI proposed against what the agent decided', async () => {
    const token = await relay.agent('asha', { queues: ['sales'] });
    for (const [id, ai, agent] of [
      ['a', 'interested', 'interested'],
      ['b', 'interested', 'dispute'],
      ['c', 'interested', 'dispute'],
    ] as const) {
      await relay.post(to(id), ended(id, { disposition: ai }));
      const response = await fetch(`${relay.url}/v1/calls/test%3A${id}/disposition`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ value: agent }),
      });
      expect(response.status).toBe(200);
    }
    const { outcomes, counts } = await floor();
    expect(outcomes).toEqual([
      { ai: 'interested', agent: 'dispute', count: 2 },
      { ai: 'interested', agent: 'interested', count: 1 },
    ]);
    expect(counts).toMatchObject({ decided: 3, missed: 0 });
  });

  it('counts no tests, and how early summaries were on screen', async () => {
    const asha = await relay.desk(await relay.agent('asha', { queues: ['sales'] }));
    await asha.welcome();
    await relay.post({ ...to('test'), istest: true }, to('real'));
    await asha.waitFor('call.escalated', 'real');
    for (const call of ['test:test', 'test:real']) {
      await asha.ask({ type: 'seen', call, painted: new Date(Date.now() + 1_000).toISOString() });
    }
    const { waiting, context_lead_ms: lead, counts } = await floor();
    expect(waiting.map(({ call }) => call)).toEqual(['test:real']);
    expect(counts.escalations).toBe(1);
    expect(lead?.count).toBe(1);
    expect(lead?.p50).toBeGreaterThan(900);
  });
});
