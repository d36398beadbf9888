import { expect, test } from '@playwright/test';
import { DeskApp } from '../support/desk-app';
import { escalation } from '../support/escalation';
import { until } from '../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';
import { Notepad, focusedWindow, stackFromTop, typeKeys } from '../support/screen';

let relay: RelayProcess;
let desk: DeskApp;

test.beforeEach(async () => {
  relay = await RelayProcess.start();
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  desk = await DeskApp.join(relay, token);
});

test.afterEach(async () => {
  await desk.close();
  await relay.stop();
});

test('a signed escalation pops with name, formatted number, reason in words and summary', async () => {
  const { body, call, event } = escalation();
  expect(await relay.post(body)).toBe(200);
  await expect(desk.pop.getByTestId('pop-name')).toHaveText('Amit Patel');
  await expect(desk.pop.getByTestId('pop-phone')).toContainText('091234 56789');
  await expect(desk.pop.getByTestId('pop-trigger')).toHaveText('Upset customer');
  await expect(desk.pop.getByTestId('pop-summary')).toContainText(
    'Customer disputed the outstanding amount and requested to speak with a manager.',
  );
  await until('the pop window to be on screen', () => desk.popVisible());
  const painted = await until('the painted mark', () => desk.trace().find(({ mark }) => mark === 'pop.painted'));
  expect(painted).toMatchObject({ call, event });
});

test('larger text makes both windows larger, and the call window as wide as its text needs', async () => {
  await desk.changeSettings({ text_size: 150 });
  await relay.post(escalation().body);
  await until('the pop window to be on screen', () => desk.popVisible());
  const windows = await desk.inMain(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      pop: window.webContents.getURL().includes('screen-pop'),
      zoom: window.webContents.getZoomFactor().toFixed(2),
      width: window.getBounds().width,
    })),
  );
  expect(windows.map(({ zoom }) => zoom)).toEqual(['1.50', '1.50']);
  expect(windows.find(({ pop }) => pop)?.width).toBe(660);
});

test('a claim makes the call mine in the workspace', async () => {
  const { body, call } = escalation();
  await relay.post(body);
  await desk.pop.getByTestId('pop-claim').click();
  const row = desk.workspace.getByTestId(`call-row-${call}`);
  await expect(row).toHaveAttribute('data-claim', 'mine');
  await expect(desk.workspace.getByTestId('call-detail')).toContainText('Amit Patel');
  await until('the claimed mark', () => desk.trace().find(({ mark }) => mark === 'pop.claimed'));
});

test('a declined call leaves the screen and stays in the waiting list', async () => {
  const { body, call } = escalation();
  await relay.post(body);
  await desk.pop.getByTestId('pop-decline').click();
  await desk.pop.getByTestId('pop-decline-busy').click();
  await until('the pop window to be hidden', async () => !(await desk.popVisible()));
  await expect(desk.workspace.getByTestId('group-waiting').getByTestId(`call-row-${call}`)).toBeVisible();
});

test('ten pops take neither the keyboard nor a single key from the program in use', async () => {
  const pad = await Notepad.open();
  try {
    const focused = focusedWindow();
    const text = 'the quick brown fox jumps over the lazy dog and keeps typing while callers arrive '.repeat(4).trim();
    const typing = typeKeys(`${text}\n`, 12);
    for (let n = 0; n < 10; n += 1) {
      const { body, call } = escalation({ id: `pop${n}` });
      expect(await relay.post(body)).toBe(200);
      await until(`pop ${n} to be painted`, () =>
        desk.trace().some((mark) => mark.mark === 'pop.painted' && mark.call === call),
      );
    }
    await typing;
    await until('the typed line', () => pad.typed().endsWith('\n'));
    expect(pad.typed()).toBe(`${text}\n`);
    expect(focusedWindow()).toBe(focused);
  } finally {
    pad.close();
  }
});

test('the pop lies on top of a maximised window', async () => {
  const pad = await Notepad.open();
  try {
    await relay.post(escalation().body);
    await until('the pop window to be on screen', () => desk.popVisible());
    await until('the pop above the notepad', () => {
      const stack = stackFromTop();
      const pop = stack.findIndex((title) => title.includes('Handover Desk call'));
      const below = stack.indexOf(pad.title);
      return pop >= 0 && below >= 0 && pop < below;
    });
  } finally {
    pad.close();
  }
});

test('the same webhook twice changes nothing', async () => {
  const { body, call } = escalation();
  await relay.post(body);
  await expect(desk.workspace.getByTestId(`call-row-${call}`)).toBeVisible();
  await desk.pop.getByTestId('pop-decline').click();
  await desk.pop.getByTestId('pop-decline-busy').click();
  await until('the pop window to be hidden', async () => !(await desk.popVisible()));
  expect(await relay.post(body)).toBe(200);
  // A later call proves that whatever the repeat caused would have arrived by now.
  const later = escalation({ id: 'later' });
  await relay.post(later.body);
  await expect(desk.workspace.getByTestId(`call-row-${later.call}`)).toBeVisible();
  expect(desk.trace().filter((mark) => mark.mark === 'event.received' && mark.call === call)).toHaveLength(1);
  expect(desk.trace().filter((mark) => mark.mark === 'pop.painted' && mark.call === call)).toHaveLength(1);
});

test('a wrong signature is refused with 401 and pops nothing', async () => {
  const { body, call } = escalation();
  expect(await relay.post(body, { signature: 'ab'.repeat(32) })).toBe(401);
  const later = escalation({ id: 'later' });
  await relay.post(later.body);
  await expect(desk.workspace.getByTestId(`call-row-${later.call}`)).toBeVisible();
  await expect(desk.workspace.getByTestId(`call-row-${call}`)).toHaveCount(0);
  expect(desk.trace().some((mark) => mark.call === call)).toBe(false);
});

test('an escalation ten minutes old is a missed call and does not pop', async () => {
  const { body, call } = escalation({ ageS: 600 });
  expect(await relay.post(body)).toBe(200);
  await expect(desk.workspace.getByTestId('group-missed').getByTestId(`call-row-${call}`)).toBeVisible();
  expect(await desk.popVisible()).toBe(false);
});

test('a killed relay is seen within 3 s, and once it is back nothing is missing', async () => {
  const before = escalation({ id: 'before' });
  expect(await relay.post(before.body)).toBe(200);
  await relay.kill();
  const killed = Date.now();
  await desk.workspace.locator('[data-testid=connection][data-state=reconnecting]').waitFor({ timeout: 3_000 });
  expect(Date.now() - killed).toBeLessThan(3_000);
  await relay.up();
  const after = escalation({ id: 'after' });
  expect(await relay.post(after.body)).toBe(200);
  await desk.workspace.locator('[data-testid=connection][data-state=live]').waitFor({ timeout: 40_000 });
  await expect(desk.workspace.getByTestId(`call-row-${before.call}`)).toBeVisible();
  await expect(desk.workspace.getByTestId(`call-row-${after.call}`)).toBeVisible();
  await expect(desk.pop.getByTestId('pop')).toContainText('Amit Patel');
});
