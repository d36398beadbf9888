/** The call must be seen, and must not get in the way: complaints about windows, notifications and the lock screen. */
import { expect, test } from '@playwright/test';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import {
  clickNotification,
  closeNotifications,
  newestNotification,
  notificationsAfter,
  notificationsShown,
} from '../../support/notification-service';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';
import { Notepad, focusedWindow, popAbove, raise, typeKeys } from '../../support/screen';

let relay: RelayProcess;
let desk: DeskApp;
let waiting: string[] = [];

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  desk = await DeskApp.join(relay, token);
});

/** Every caller of the last test hangs up: the next one begins with an empty screen. */
test.afterEach(async () => {
  for (const call of waiting) await relay.post(completion(call));
  waiting = [];
  await until('the pop window to be hidden', async () => !(await desk.popVisible()));
  await desk.toWorkspace('show');
  closeNotifications();
});

test.afterAll(async () => {
  await desk.close();
  await relay.stop();
});

async function call(id: string, fields: Record<string, unknown> = {}): Promise<string> {
  const { body, call: name } = escalation({ id, call: fields });
  waiting.push(name);
  expect(await relay.post(body)).toBe(200);
  return name;
}

test('1: twenty pops while somebody types five hundred keys elsewhere take none of them', async () => {
  const pad = await Notepad.open();
  try {
    const focused = focusedWindow();
    const text = 'no caller may take a single key away from me. '.repeat(11).slice(0, 499);
    const typing = typeKeys(`${text}\n`, 12);
    for (let n = 0; n < 20; n += 1) await desk.painted(await call(`typing${n}`));
    await typing;
    await until('the typed line', () => pad.typed().endsWith('\n'));
    expect(pad.typed()).toBe(`${text}\n`);
    expect(focusedWindow()).toBe(focused);
  } finally {
    pad.close();
  }
});

test('3: the call window lies on top of ten other windows within 300 ms of the event', async () => {
  const pads: Notepad[] = [];
  try {
    for (let n = 0; n < 10; n += 1) pads.push(await Notepad.open());
    const titles = pads.map(({ title }) => title);
    const took: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      // The one in the way is another each time.
      raise(titles[n] ?? '');
      const posted = performance.now();
      const name = await call(`buried${n}`);
      await until('the pop above every other window', () => popAbove(titles));
      took.push(performance.now() - posted);
      await relay.post(completion(name));
      await until('the pop window to be hidden', async () => !(await desk.popVisible()));
    }
    // The quickest of three: how long it takes is asked, not how busy this computer is with other things.
    expect(Math.min(...took)).toBeLessThan(300);
  } finally {
    for (const pad of pads) pad.close();
  }
});

for (const away of ['hide', 'minimize'] as const) {
  test(`5: with the workspace gone (${away}) a call still pops and notifies`, async () => {
    const before = newestNotification();
    await desk.toWorkspace(away);
    const name = await call(`gone-${away}`);
    await desk.painted(name);
    await until('the pop window on screen', () => desk.popVisible());
    await until('a notification on screen', () => notificationsShown() > 0);
    expect(JSON.stringify(notificationsAfter(before))).toContain('Amit Patel');
    expect(await desk.workspaceWindow()).toMatchObject(away === 'hide' ? { visible: false } : { minimized: true });
  });

  test(`6: a click on the notification opens that very call although the workspace is gone (${away})`, async () => {
    for (let n = 0; n < 3; n += 1) {
      closeNotifications();
      await desk.toWorkspace(away);
      const name = await call(`toast-${away}-${n}`, { contact_name: `Caller ${away} ${n}` });
      await until('the notification', () => notificationsShown() === 1);
      clickNotification();
      await until('the workspace in front', async () => {
        const { visible, minimized, focused } = await desk.workspaceWindow();
        return visible && !minimized && focused;
      });
      await expect(desk.workspace.getByTestId('call-detail')).toContainText(`Caller ${away} ${n}`);
      await expect(desk.workspace.getByTestId(`call-row-${name}`)).toBeVisible();
    }
  });
}

test('8: the call window stays until the caller is gone, not for a fixed few seconds', async () => {
  const name = await call('stays');
  await until('the pop window on screen', () => desk.popVisible());
  const shown = Date.now();
  // Longer than any notification stays.
  await until(
    'seven seconds with the pop on screen at every look',
    async () => {
      expect(await desk.popVisible()).toBe(true);
      return Date.now() - shown > 7_000;
    },
    15_000,
  );
  await relay.post(completion(name));
  await until('the pop window to be hidden', async () => !(await desk.popVisible()), 3_000);
});

test('14: a locked screen shows nothing of the caller, and whoever comes back finds the call', async () => {
  const before = newestNotification();
  await desk.power('lock-screen');
  const name = await call('locked');
  await expect(desk.workspace.getByTestId(`call-row-${name}`)).toBeVisible();
  expect(await desk.popVisible()).toBe(false);
  expect(JSON.stringify(notificationsAfter(before))).not.toMatch(/Amit|56789|disputed/);
  await desk.power('unlock-screen');
  await desk.painted(name);
  await until('the pop window on screen', () => desk.popVisible());
});

test('14: privacy mode hides name, number and summary in the call window too', async () => {
  await desk.changeSettings({ privacy: true });
  try {
    await desk.painted(await call('private'));
    await expect(desk.pop.getByTestId('pop-trigger')).toHaveText('Upset customer');
    const painted = await desk.pop.evaluate(() => document.body.innerText);
    expect(painted).not.toMatch(/Amit|56789|disputed/);
  } finally {
    await desk.changeSettings({ privacy: false });
  }
});

test('15: without a tray, closing minimises, and a second start brings the window back at the call its link names', async () => {
  const name = await call('no-tray', { contact_name: 'Nobody Lost' });
  await desk.painted(name);
  await desk.toWorkspace('close');
  await until('the workspace to be minimised', async () => (await desk.workspaceWindow()).minimized);
  await expect(desk.workspace.getByTestId('notice-tray_missing')).toHaveCount(1);
  await desk.startAgain(`handover-desk://call/${encodeURIComponent(name)}`);
  await until('the workspace in front', async () => {
    const { visible, minimized } = await desk.workspaceWindow();
    return visible && !minimized;
  });
  await expect(desk.workspace.getByTestId('call-detail')).toContainText('Nobody Lost');
});

test('22: a closed lid or a locked screen makes the agent away, and back is what they had chosen', async () => {
  const state = desk.workspace.getByTestId('agent-state');
  for (const [leave, back] of [
    ['lock-screen', 'unlock-screen'],
    ['suspend', 'resume'],
  ] as const) {
    await desk.power(leave);
    await expect(state).toHaveAttribute('data-state', 'break');
    await desk.power(back);
    await expect(state).toHaveAttribute('data-state', 'available');
  }
  await desk.live();
});
