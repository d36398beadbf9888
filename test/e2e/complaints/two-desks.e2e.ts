/** Several desks on one relay: one agent at two computers, two agents behind one number, events in any order. */
import { expect, test } from '@playwright/test';
import { dice } from '../../support/chaos/dice';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';

/** Notifications are the matter of other tests; hundreds of them would only slow these down. */
const quiet = { notifications: { enabled: false } };

let relay: RelayProcess;
let tokens: { asha: string; ravi: string };
let asha: DeskApp;
let ravi: DeskApp;

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  tokens = {
    asha: await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] }),
    ravi: await relay.addAgent('ravi', { name: 'Ravi Iyer', numbers: [AGENT_NUMBER] }),
  };
  [asha, ravi] = await Promise.all([DeskApp.join(relay, tokens.asha, quiet), DeskApp.join(relay, tokens.ravi, quiet)]);
});

test.afterAll(async () => {
  await Promise.all([asha.close(), ravi.close()]);
  await relay.stop();
});

async function post(id: string): Promise<string> {
  const { body, call } = escalation({ id });
  expect(await relay.post(body)).toBe(200);
  return call;
}

const stopped = '[data-testid=connection][data-state=stopped]';

test('24: a call for two rings at both; the claim of one takes it from the other within a second and says who has it', async () => {
  const call = await post('ring-group');
  await Promise.all([asha.painted(call), ravi.painted(call)]);
  await asha.pop.getByTestId('pop-claim').click();
  await asha.workspace.locator(`[data-testid="call-row-${call}"][data-claim=mine]`).waitFor();
  const claimed = Date.now();
  await expect(ravi.pop.getByTestId('pop-taken')).toContainText('Asha Rao', { timeout: 1_000 });
  await until('the pop to leave the other desk', async () => !(await ravi.popVisible()), 2_000);
  expect(Date.now() - claimed).toBeLessThan(2_000);
  await expect(ravi.workspace.getByTestId(`call-row-${call}`)).toHaveAttribute('data-claim', 'other');
  await expect(ravi.workspace.getByTestId(`call-row-${call}`)).toContainText('Asha Rao');
});

test('24: a call that is given back rings at the other desk again, and not at the one that gave it back', async () => {
  const call = await post('given-back');
  await Promise.all([asha.painted(call), ravi.painted(call)]);
  await asha.pop.getByTestId('pop-claim').click();
  await until('the pop to leave the other desk', async () => !(await ravi.popVisible()));
  await asha.workspace.getByTestId(`call-row-${call}`).click();
  await asha.workspace.getByTestId('detail-release').click();
  await until('the pop to be back at the other desk', () => ravi.popVisible());
  await expect(ravi.pop.getByTestId('pop')).toHaveAttribute('data-call', call);
  await until('the pop to leave the desk that gave it back', async () => !(await asha.popVisible()));
  // The end of the call is the last that both hear of it: nothing rang in between.
  await relay.post(completion(call));
  const row = async () => (await asha.rows()).find((found) => found.call === call);
  await until('the end of the call at that desk', async () => (await row())?.group !== 'waiting');
  expect(asha.paints(call)).toBe(1);
});

test('23: a second desk of one agent is refused and says why; taken over on purpose, the first one says why', async () => {
  const second = await DeskApp.launch(await DeskApp.profile());
  try {
    await second.signIn(relay, tokens.asha);
    await second.workspace.locator(stopped).waitFor();
    await expect(second.workspace.getByTestId('connection')).toContainText('signed in on another desk');
    await asha.live();
    await second.workspace.getByTestId('connection-retry').click();
    await second.live();
    await asha.workspace.locator(stopped).waitFor();
    await expect(asha.workspace.getByTestId('connection')).toContainText('signed in on another desk');
    const call = await post('one-desk');
    await second.painted(call);
    expect(asha.paints(call)).toBe(0);
    // Nor does the first come back by itself when the computer wakes.
    await asha.power('suspend');
    await asha.power('resume');
    await second.live();
    await expect(asha.workspace.getByTestId('connection')).toHaveAttribute('data-state', 'stopped');
    await relay.post(completion(call));
  } finally {
    await second.close();
  }
  await asha.workspace.getByTestId('connection-retry').click();
  await asha.live();
});

/** Bodies of a hundred calls: two escalations each, every other one over; each body four times over, shuffled. */
function shuffled(): { bodies: string[]; waiting: string[]; over: string[] } {
  const once: string[] = [];
  const waiting: string[] = [];
  const over: string[] = [];
  for (let n = 0; n < 100; n += 1) {
    const first = escalation({ id: `mixed${n}` });
    once.push(first.body, escalation({ id: `mixed${n}`, event: `evt_again_mixed${n}` }).body);
    if (n % 2 === 0) once.push(completion(first.call));
    (n % 2 === 0 ? over : waiting).push(first.call);
  }
  const chance = dice(27);
  const bodies = Array.from({ length: 4 }, () => once).flat();
  for (let at = bodies.length - 1; at > 0; at -= 1) {
    const other = chance.between(0, at);
    [bodies[at], bodies[other]] = [bodies[other] ?? '', bodies[at] ?? ''];
  }
  return { bodies, waiting, over };
}

test('27: a thousand shuffled, repeated events end at every desk as if each had come once and in order', async () => {
  const { bodies, waiting, over } = shuffled();
  expect(bodies).toHaveLength(1_000);
  while (bodies.length > 0) {
    const answers = await Promise.all(bodies.splice(0, 20).map((body) => relay.post(body)));
    expect(new Set(answers)).toEqual(new Set([200]));
  }
  const mixed = async (desk: DeskApp) => {
    const rows = (await desk.rows()).filter(({ call }) => call.includes('mixed'));
    // Each desk tells the time by its own clock.
    return rows.map((row) => ({ ...row, at: 0 })).sort((a, b) => (a.call < b.call ? -1 : 1));
  };
  const rowsOf = (calls: string[], group: string) => calls.map((call) => `${call} ${group}`);
  const expected = [...rowsOf(waiting, 'waiting'), ...rowsOf(over, 'missed')].sort();
  const seen = async (desk: DeskApp) => (await mixed(desk)).map(({ call, group }) => `${call} ${group}`).sort();
  await until('every event at the desk', async () => (await seen(asha)).join() === expected.join(), 20_000);
  // The other one starts anew and is told the outcome alone, without the events.
  ravi = await ravi.restart();
  await ravi.signIn(relay, tokens.ravi);
  await ravi.live();
  await until('the same at the other desk', async () => (await seen(ravi)).join() === expected.join(), 20_000);
  expect(await mixed(ravi)).toEqual(await mixed(asha));
  const received = asha.trace().filter(({ mark, call }) => mark === 'event.received' && call.includes('mixed'));
  expect(new Set(received.map(({ event }) => event)).size).toBe(received.length);
});
