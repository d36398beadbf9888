import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAnswerSchema } from '../../../src/shared/contract/relay-check';
import { statsAnswerSchema } from '../../../src/shared/contract/rest';
import type { TestDesk } from '../../support/relay/test-desk';
import { TestRelay } from '../../support/relay/running-relay';

let relay: TestRelay;
let token: string;
let asha: TestDesk;
let ravi: TestDesk;

beforeEach(async () => {
  relay = await TestRelay.start();
  token = await relay.agent('asha', { queues: ['sales'] });
  asha = await relay.desk(token);
  ravi = await relay.desk(await relay.agent('ravi', { queues: ['sales'] }));
  await Promise.all([asha.welcome(), ravi.welcome()]);
  await asha.ask({ type: 'state', value: 'available' });
});
afterEach(async () => {
  await relay.stop();
});

const request = (method: string, path: string, body?: unknown, as = token) =>
  fetch(`${relay.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const begin = async () => {
  const id = randomUUID();
  const answer = checkAnswerSchema.parse(await (await request('POST', '/v1/check', { id })).json());
  return { id, ...answer };
};

describe('an agent’s desk check', () => {
  it('brings a signed test escalation to that agent’s desk and to no other', async () => {
    const { id, call, hops, platforms } = await begin();
    expect(call).toBe(`test:check-${id}`);
    expect(hops.map(({ hop, ok }) => [hop, ok])).toEqual([
      ['wrong signature is refused', true],
      ['store takes the test call', true],
      ['webhook durable and answered', true],
    ]);
    expect(platforms).toEqual([{ platform: 'test', label: 'Test', trust: 'secret' }]);
    const escalated = await asha.waitFor('call.escalated', `check-${id}`);
    expect(escalated.event).toMatchObject({ istest: true, trust: 'signed' });
    await relay.post({
      type: 'call.answered',
      subject: 'test:other',
      istest: false,
      data: {},
      time: new Date().toISOString(),
    });
    expect(ravi.events.filter(({ event }) => event.subject === call)).toEqual([]);
  });

  it('ends when it is told to, once and for the agent who began it', async () => {
    const { call = '', id } = await begin();
    const other = await relay.agent('maya');
    const path = `/v1/check/${encodeURIComponent(call)}`;
    expect((await request('DELETE', path, undefined, other)).status).toBe(404);
    expect((await request('DELETE', path)).status).toBe(204);
    expect((await request('DELETE', path)).status).toBe(204);
    await asha.waitFor('call.ended', `check-${id}`);
    expect(asha.events.filter(({ event }) => event.type === 'call.ended')).toHaveLength(1);
  });

  it('ends no call that is not a test', async () => {
    await relay.post({
      type: 'call.started',
      subject: 'test:real',
      istest: false,
      data: { origin: { agent: 'asha' } },
      time: new Date().toISOString(),
    });
    expect((await request('DELETE', '/v1/check/test%3Areal')).status).toBe(404);
  });

  it('counts in no statistics, whatever the agent did with it', async () => {
    const { call = '', id } = await begin();
    await asha.waitFor('call.escalated', `check-${id}`);
    await asha.ask({ type: 'seen', call, painted: new Date().toISOString() });
    expect(await asha.ask({ type: 'claim', call })).toMatchObject({ ok: true });
    await request('PUT', `/v1/calls/${encodeURIComponent(call)}/disposition`, { value: 'interested' });
    const stats = statsAnswerSchema.parse(await (await request('GET', '/v1/me/stats')).json());
    expect(stats).toMatchObject({ calls: 0, claims: 0, dispositions: 0, context_lead_ms: null });
  });

  it('cannot be pressed by a machine', async () => {
    const answers: number[] = [];
    for (let press = 0; press < 11; press += 1) {
      answers.push((await request('POST', '/v1/check', { id: randomUUID() })).status);
    }
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  });
});
