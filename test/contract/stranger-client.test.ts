import { afterEach, expect, it } from 'vitest';
import { QUEUE, RelayHost } from '../support/chaos/relay-host';
import { callIdOf, webhookBody, webhookRequest } from '../support/chaos/webhook';
import { WebhookPool } from '../support/chaos/webhook-pool';
import { until } from '../support/poll';
import { stranger, type Stranger } from '../support/relay/stranger.mjs';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

/** A built relay, two desks by somebody who has only read docs/protocol.md, and a platform that posts to it. */
async function floor(): Promise<{ host: RelayHost; desks: [Stranger, Stranger]; post: (id: string) => Promise<void> }> {
  const host = await RelayHost.start();
  const pool = new WebhookPool({ port: host.port, connections: 1 });
  const enter = async (id: string) => {
    const desk = stranger(host.url, await host.addAgent({ id, queues: [QUEUE] }), { backoffMs: 20 });
    cleanUp.push(() => desk.close());
    await until('the hello', () => desk.recovered.length === 1);
    return desk;
  };
  cleanUp.push(
    () => host.stop(),
    () => pool.close(),
  );
  const desks: [Stranger, Stranger] = [await enter('asha'), await enter('ravi')];
  const post = async (id: string) => {
    const outcome = await pool.post(webhookRequest(webhookBody({ id })));
    expect(outcome).toMatchObject({ kind: 'answer', status: 200 });
  };
  return { host, desks, post };
}

it("lets a stranger's client follow, claim and resume, also when the relay is killed", async () => {
  const { host, desks, post } = await floor();
  const [asha, ravi] = desks;
  await post('1');
  await until('the call at both desks', () => desks.every(({ calls }) => calls.has(callIdOf('1'))));
  expect(await asha.claim(callIdOf('1'))).toMatchObject({ ok: true, lease_s: 30 });
  expect(await ravi.claim(callIdOf('1'))).toMatchObject({ ok: false, error: { code: 'claimed' } });

  ravi.drop();
  await post('2');
  await until('what was missed', () => ravi.calls.has(callIdOf('2')));

  await host.end('SIGKILL');
  await host.up();
  await until('both desks to be back', () => asha.recovered.length === 2 && ravi.recovered.length === 3);
  await post('3');
  await until('a call after the restart', () => desks.every(({ calls }) => calls.has(callIdOf('3'))));

  expect(asha.recovered).toEqual([false, true]);
  expect(ravi.recovered).toEqual([false, true, true]);
  expect(ravi.log).toEqual(asha.log);
  expect(await ravi.claim(callIdOf('1'))).toMatchObject({ ok: false, error: { code: 'claimed' } });
});
