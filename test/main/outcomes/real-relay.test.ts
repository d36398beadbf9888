import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../support/poll';
import { TestRelay } from '../../support/relay/running-relay';
import { escalation } from '../../support/relay/test-platform';
import { decision, deskOutcomes, type DeskOutcomes } from './desk-outcomes';

const CALL = 'test:c1';

let relay: TestRelay;
let asha: DeskOutcomes;
let ravi: DeskOutcomes;

/** A desk of an agent of the collections queue, talking to the real relay. */
async function deskOf(agent: string): Promise<DeskOutcomes> {
  const token = await relay.agent(agent, { queues: ['collections'] });
  return deskOutcomes({ link: { relay: relay.url.replace('http', 'ws'), token } });
}

beforeEach(async () => {
  relay = await TestRelay.start();
  [asha, ravi] = await Promise.all([deskOf('asha'), deskOf('ravi')]);
  expect(await relay.post(escalation('c1', { to: '+918001234567' }))).toBe(200);
});
afterEach(async () => {
  await Promise.all([asha.close(), ravi.close()]);
  await relay.stop();
});

const settles = (desk: DeskOutcomes, call = CALL) =>
  until(`${call} settles`, async () => {
    const [latest] = (await desk.outcomes.get(call)).trail;
    return latest !== undefined && ['sent', 'kept_by_relay', 'refused'].includes(latest.state) ? latest : undefined;
  });

test('the relay takes an outcome with everything in it, and keeps it where the platform cannot', async () => {
  const at = '2026-07-01T04:30:00.000Z';
  const callback = { at, zone: 'Asia/Kolkata', wall_time: '2026-07-01T10:00', owner: 'queue' } as const;
  const said = { notes: 'after ten', dnc: { scope: 'automated', verbatim: 'no robots please' } } as const;
  const amount = { value: '1500.50', currency: 'INR' };
  const decided = decision({ path: ['callback_requested'], callback, amount, ...said });
  expect(await asha.outcomes.save(CALL, decided)).toMatchObject({ ok: true });
  expect(await settles(asha)).toMatchObject({ state: 'kept_by_relay', platform: 'unsupported' });
});

test('a call this agent may not see is refused, with the relay\u2019s reason', async () => {
  await asha.outcomes.save('test:nobody', decision());
  expect(await settles(asha, 'test:nobody')).toMatchObject({ state: 'refused', why: { code: 'call_unknown' } });
});

test('two agents decide one call: the second sees whose word stands, and replaces it only on purpose', async () => {
  await asha.outcomes.save(CALL, decision({ path: ['interested'] }));
  expect((await settles(asha)).state).toBe('kept_by_relay');
  const reply = await ravi.outcomes.save(CALL, decision({ path: ['not_interested'] }));
  expect(await settles(ravi)).toMatchObject({ state: 'refused', conflict: { value: 'interested', agent: 'asha' } });
  expect(await ravi.outcomes.retry(reply.ok ? reply.id : '')).toEqual({ ok: true });
  expect(
    await until('replaced', async () => {
      const latest = await settles(ravi);
      return latest.state === 'refused' ? undefined : latest;
    }),
  ).toMatchObject({ state: 'kept_by_relay' });
});

test('an agent whose token was revoked keeps the outcome, and sends it with the next token', async () => {
  const token = asha.link?.token ?? '';
  asha.link = { relay: asha.link?.relay ?? '', token: `${token}x` };
  await asha.outcomes.save(CALL, decision());
  await until('waits', async () => (await asha.outcomes.get(CALL)).trail[0]?.why?.code === 'sign_in');
  asha.link = { ...asha.link, token };
  await asha.outcomes.connected();
  expect((await settles(asha)).state).toBe('kept_by_relay');
});
