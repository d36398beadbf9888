/** A promise to call back is kept: complaints about reminders an hour off, and about those that nobody saw again. */
import { expect, test } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { wallTimeOf } from '../../../src/shared/lib/wall-time';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import { startKeyring, type Keyring } from '../../support/keyring';
import { notificationsAfter } from '../../support/notification-service';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';

const NAME = 'Amit Patel';
/** Half an hour off every whole zone, and never where this computer is. */
const ZONE = 'Asia/Kathmandu';
/** Soon enough for a test; a reminder that comes before its time is seen. */
const SOON_MS = 1_500;
const MINUTE = 60_000;

let keyring: Keyring;
let service: ChildProcess;
let relay: RelayProcess;
let desk: DeskApp;

/** The session in which the desk keeps its keys and shows its notifications. */
const session = () => ({ ...process.env, ...keyring.env });

test.beforeAll(async () => {
  keyring = await startKeyring();
  service = spawn('dunst', [], { env: session(), stdio: 'ignore' });
  relay = await RelayProcess.start();
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  desk = await DeskApp.launch(await DeskApp.profile(), keyring.env);
  await desk.signIn(relay, token);
  await desk.live();
  await desk.workspace.getByTestId('nav-calls').click();
});

test.afterAll(async () => {
  await desk.close();
  await relay.stop();
  service.kill();
  keyring.stop();
});

/** A call that this agent had and that is over. */
async function handled(id: string): Promise<string> {
  const { body, call } = escalation({ id, call: { contact_name: NAME } });
  expect(await relay.post(body)).toBe(200);
  await desk.painted(call);
  await desk.pop.getByTestId('pop-claim').click();
  await relay.post(completion(call));
  await desk.workspace.getByTestId('wrap-up').waitFor();
  return call;
}

const reminder = () => desk.workspace.getByTestId('callback-reminder');
const reminded = () =>
  notificationsAfter(0, session()).filter(({ title, body }) => title === 'Call-back due' && body.startsWith(NAME));

/** The desk's clock jumps ahead; what hangs on it is looked at when a window asks anew. */
async function aheadBy(ms: number): Promise<void> {
  await desk.inMain((_electron, by) => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + by;
  }, ms);
  await desk.rows();
}

test('37: a call-back shows both clocks, reminds when it is due, through a kill, and again after it was deferred', async () => {
  const call = await handled('promised');
  const { workspace } = desk;
  await workspace.getByTestId('outcome-callback_requested').click();
  await workspace.getByLabel("Customer's time zone").fill(ZONE);
  await expect(workspace.getByTestId('outcome')).toContainText(/There: .+ Here: /);

  // As the form saves it, but to the second: the form knows minutes only.
  const at = Date.now() + SOON_MS;
  const wall_time = wallTimeOf(at, ZONE) ?? '';
  const callback = { at: new Date(at).toISOString(), zone: ZONE, wall_time, owner: 'mine' };
  const decision = { path: ['callback_requested'], notes: 'About the receipt', callback };
  expect(await desk.ask('outcome:save', { call, decision })).toMatchObject({ ok: true });
  await expect(reminder()).toContainText(NAME);
  expect(Date.now()).toBeGreaterThanOrEqual(at);
  await until('the notification', () => reminded().length > 0);
  await workspace.getByTestId('nav-callbacks').click();
  await expect(workspace.getByTestId('callback-detail')).toContainText('Kathmandu');
  await expect(workspace.getByTestId('callback-detail')).toContainText('About the receipt');

  desk = await desk.killAndRestart();
  await desk.live();
  await expect(reminder()).toContainText(NAME);
  await until('the notification after the kill', () => reminded().length > 1);

  await desk.workspace.getByTestId('callback-defer').first().click();
  await desk.workspace.getByTestId('callback-defer-5').click();
  await expect(reminder()).toHaveCount(0);

  // Without the relay, and after another start: what was deferred stays deferred, and comes when its time has come.
  await relay.kill();
  desk = await desk.restart();
  await desk.workspace.getByTestId('nav-callbacks').click();
  await desk.workspace.getByTestId('callbacks-mine').waitFor();
  await expect(reminder()).toHaveCount(0);
  await aheadBy(6 * MINUTE);
  await expect(reminder()).toContainText(NAME);
});
