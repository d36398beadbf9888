import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation } from '../../support/relay/test-platform';

let relay: TestRelay;
beforeEach(async () => {
  relay = await TestRelay.start();
});
afterEach(() => relay.stop());

async function deskOf(id: string, queue: string) {
  const desk = await relay.desk(await relay.agent(id, { queues: [queue] }));
  await desk.welcome();
  return desk;
}

async function measured(): Promise<Record<string, number>> {
  const { values } = await relay.relay.metrics.leadSeconds.get();
  const counts = values.filter(({ metricName }) => metricName?.endsWith('_count') === true);
  return Object.fromEntries(counts.map(({ labels, value }) => [String(labels.step), value]));
}

test('a pop that is painted, and looked at later, is measured once for each, and only for those whose call it is', async () => {
  const [hers, other] = [await deskOf('a', 'collections'), await deskOf('b', 'sales')];
  await relay.post(escalation('1', { label: 'customer support' }));
  await hers.waitFor('call.escalated', '1');
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const painted = { type: 'seen', call: 'test:1', painted: at(100) };
  for (const more of [{}, { seen: at(900) }, { seen: at(900) }]) {
    expect(await hers.ask({ ...painted, ...more })).toMatchObject({ ok: true });
  }
  expect(await other.ask({ ...painted, seen: at(900) })).toMatchObject({ ok: true });
  expect(await measured()).toEqual({ painted: 1, seen: 1 });
});
