import { expect, test } from 'vitest';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { stranger } from '../../support/relay/stranger.mjs';
import { escalation } from '../../support/relay/test-platform';

test('a client written from docs/protocol.md alone connects, claims and resumes', async () => {
  const relay = await TestRelay.start();
  const desk = stranger(relay.url, await relay.agent('s', { queues: ['sales'] }), { backoffMs: 20 });
  try {
    await until('the hello', () => desk.recovered.length === 1);
    await relay.post(escalation('1', { label: 'sales', id: 'e1' }));
    await until('the call', () => desk.calls.has('test:1'));
    expect(await desk.claim('test:1')).toMatchObject({ ok: true, lease_s: 30 });
    desk.drop();
    await relay.post(escalation('2', { label: 'sales', id: 'e2' }));
    await until('the missed call', () => desk.calls.has('test:2'));
    expect(desk.recovered).toEqual([false, true]);
    expect(desk.log.map(({ type }) => type)).toEqual(['call.escalated', 'call.claimed', 'call.escalated']);
  } finally {
    desk.close();
    await relay.stop();
  }
});
