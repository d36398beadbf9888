/** Sleep, half-open links, changing networks, refused tokens: complaints about a desk that looks fine and is deaf. */
import { expect, test } from '@playwright/test';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';
import { Link } from './link';

let relay: RelayProcess;
let link: Link;
let desk: DeskApp;

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  link = await Link.to(relay);
  desk = await DeskApp.join(link, token);
});

test.afterAll(async () => {
  await desk.close();
  await link.stop();
  await relay.stop();
});

async function post(id: string): Promise<string> {
  const { body, call } = escalation({ id });
  expect(await relay.post(body)).toBe(200);
  return call;
}

test('16: five seconds after waking the desk is live and has what it slept through', async () => {
  await desk.power('suspend');
  link.goSilent();
  const call = await post('asleep');
  const woke = Date.now();
  await desk.power('resume');
  await desk.painted(call, 5_000);
  await desk.live();
  expect(Date.now() - woke).toBeLessThan(5_000);
  await relay.post(completion(call));
});

test('19: a call that came and ended while the computer slept never rings; it is a missed call', async () => {
  await desk.power('suspend');
  link.goSilent();
  const call = await post('over');
  expect(await relay.post(completion(call))).toBe(200);
  await desk.power('resume');
  await expect(desk.workspace.getByTestId('group-missed').getByTestId(`call-row-${call}`)).toBeVisible();
  // A later call proves that whatever was to ring has rung by now.
  const later = await post('after-sleep');
  await desk.painted(later);
  expect(desk.paints(call)).toBe(0);
  await relay.post(completion(later));
});

test('17: a link that went silent is found within 15 s, and the call that it swallowed pops', async () => {
  const before = link.connections;
  link.goSilent();
  const silent = Date.now();
  const call = await post('swallowed');
  await until('a new connection', () => link.connections > before, 20_000);
  expect(Date.now() - silent).toBeLessThan(15_000);
  await desk.painted(call);
  await desk.live();
  await relay.post(completion(call));
});

test('18: ten changes of network are ten recoveries, and no call pops twice', async () => {
  const open = await post('through-it-all');
  await desk.painted(open);
  const calls = [open];
  for (let n = 0; n < 10; n += 1) {
    const before = link.connections;
    await desk.power('suspend');
    link.cut();
    const call = await post(`network${n}`);
    calls.push(call);
    await desk.power('resume');
    await until('a new connection', () => link.connections > before);
    await desk.painted(call);
  }
  await desk.live();
  for (const call of calls) expect(desk.paints(call)).toBe(1);
  for (const call of calls) await relay.post(completion(call));
});

test('34: no lock, sleep or restart of the relay replaces the state the agent chose', async () => {
  const state = desk.workspace.getByTestId('agent-state');
  await state.click();
  await desk.workspace.getByTestId('agent-state-busy').click();
  await expect(state).toHaveAttribute('data-state', 'busy');
  await desk.power('lock-screen');
  // A view asked for afterwards has arrived: whatever the lock changed shows by now.
  await desk.rows();
  await expect(state).toHaveAttribute('data-state', 'busy');
  await desk.power('unlock-screen');
  await desk.rows();
  await expect(state).toHaveAttribute('data-state', 'busy');
  await relay.kill();
  await desk.workspace.locator('[data-testid=connection][data-state=reconnecting]').waitFor({ timeout: 3_000 });
  await relay.up();
  await desk.power('suspend');
  await desk.power('resume');
  await desk.live();
  await expect(state).toHaveAttribute('data-state', 'busy');
  await state.click();
  await desk.workspace.getByTestId('agent-state-available').click();
});

test('20: a revoked token shows within 3 s, loses nothing typed, and a new one goes on from there', async () => {
  const call = await post('typing');
  const form = { path: ['dispute'], notes: 'Was promised a refund of 4,200 on Mo', callback: null, dnc: null };
  await desk.ask('outcome:draft', { call, rev: 1, form });
  await relay.revokeAgent('asha');
  const mark = desk.workspace.getByTestId('connection');
  await expect(mark).toHaveAttribute('data-state', 'stopped', { timeout: 3_000 });
  await expect(mark).toContainText('your token was refused');
  await expect(desk.pop.getByTestId('pop')).toContainText('Not connected');
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  await desk.signIn(link, token);
  await desk.live();
  expect(await desk.ask('outcome:get', { call })).toMatchObject({ draft: { form } });
  expect(desk.paints(call)).toBe(1);
});
