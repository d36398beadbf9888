import { createHmac, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { escalation } from '../../support/escalation';
import { TestDesk } from '../../support/relay/test-desk';
import { BootedRelay, VINFER_SECRET } from './support/booted-relay';
import { StubPlatform } from './support/stub-platform';

let stub: StubPlatform;
let relay: BootedRelay;
const desks: TestDesk[] = [];

beforeEach(async () => {
  stub = await StubPlatform.start();
  relay = await BootedRelay.start(stub.base);
});
afterEach(async () => {
  for (const desk of desks.splice(0)) desk.drop();
  await relay.stop();
  await stub.stop();
});

async function connect(token: string): Promise<TestDesk> {
  const desk = await TestDesk.connect(relay.url, token);
  desks.push(desk);
  await desk.welcome();
  await desk.ask({ type: 'state', value: 'available' });
  return desk;
}

async function post(body: string): Promise<number> {
  const signature = createHmac('sha256', VINFER_SECRET).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-vinfer-signature': signature };
  return (await fetch(`${relay.url}/hooks/vinfer`, { method: 'POST', headers, body })).status;
}

describe('a call started from a desk', () => {
  it('comes back to that desk when the AI gives up, and its outcome reaches the platform once', async () => {
    const [asha, ravi] = [await relay.agent('asha'), await relay.agent('ravi')];
    const [hers, his] = [await connect(asha), await connect(ravi)];
    const started = await fetch(`${relay.url}/v1/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${asha}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ phone: '+919876500001' }),
    });
    expect(started.status).toBe(201);
    await hers.waitFor('call.started');

    expect(await post(escalation({ id: '1', call: { call_id: 'call_1' } }).body)).toBe(200);
    const { event } = await hers.waitFor('call.escalated');
    expect(event.subject).toBe('vinfer:call_1');
    await hers.ask({ type: 'claim', call: 'vinfer:call_1' });

    const address = `${relay.url}/v1/calls/vinfer%3Acall_1/disposition`;
    for (let n = 0; n < 3; n += 1) {
      const answer = await fetch(address, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${asha}`,
          'content-type': 'application/json',
          'idempotency-key': 'wrap-up-1',
        },
        body: JSON.stringify({ value: 'payment_promised' }),
      });
      expect(await answer.json()).toMatchObject({ platform: 'written' });
    }
    expect(stub.outcomes).toEqual(['call_1=payment_promised']);
    await hers.waitFor('call.disposition');
    expect(his.events).toEqual([]);
  });

  it('can have an id as long as ids may be', async () => {
    const token = await relay.agent('asha');
    const call = `vinfer:${'é'.repeat(290)}`;
    const response = await fetch(`${relay.url}/v1/calls/${encodeURIComponent(call)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toMatchObject({ code: 'not_found', detail: 'No such call, or not yours to see' });
  });
});
