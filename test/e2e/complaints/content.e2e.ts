/** What the call window says, how often it comes, and that it can be told not to. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';

let relay: RelayProcess;
let token: string;
let desk: DeskApp;

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  desk = await DeskApp.join(relay, token);
});

test.afterAll(async () => {
  await desk.close();
  await relay.stop();
});

interface Changes {
  summary?: string | null;
  event?: string;
  name?: string;
}

/** An escalation with another summary; `null`: without the field. */
async function post(id: string, { summary, event, name }: Changes = {}): Promise<string> {
  const { body, call } = escalation({
    id,
    ...(event === undefined ? {} : { event }),
    call: {
      ...(name === undefined ? {} : { contact_name: name }),
      // JSON leaves out what is undefined.
      ...(summary === undefined ? {} : { conversation_summary: summary ?? undefined }),
    },
  });
  expect(await relay.post(body)).toBe(200);
  return call;
}

async function hangUp(call: string): Promise<void> {
  expect(await relay.post(completion(call))).toBe(200);
  await until('the pop to leave', async () => !(await desk.popVisible()));
}

test('25: of twenty calls nineteen are painted within 700 ms of the webhook at the relay', async () => {
  const took: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const posted = Date.now();
    const call = await post(`quick${n}`);
    await desk.painted(call);
    const mark = desk.trace().find(({ mark, call: of }) => mark === 'pop.painted' && of === call);
    took.push((mark?.at ?? Number.POSITIVE_INFINITY) - posted);
  }
  for (let n = 0; n < 20; n += 1) await relay.post(completion(`vinfer:call_quick${n}`));
  await until('the pop to leave', async () => !(await desk.popVisible()));
  expect(took.sort((a, b) => a - b)[18]).toBeLessThan(700);
});

test('31: a summary that is missing and one that came empty are told apart, each in words', async () => {
  const summary = desk.pop.getByTestId('pop-summary');
  const missing = await post('missing', { summary: null });
  await expect(summary).toHaveText('The summary has not arrived.');
  await hangUp(missing);
  const empty = await post('empty', { summary: '' });
  await expect(summary).toHaveText('The summary came empty.');
  await hangUp(empty);
});

test('31: a late summary takes its place without moving the focus', async () => {
  const call = await post('late', { summary: null });
  await expect(desk.pop.getByTestId('pop-summary')).toHaveText('The summary has not arrived.');
  const decline = desk.pop.getByTestId('pop-decline');
  await decline.focus();
  await post('late', { event: 'evt_late_summary', summary: 'Wants the manager, has paid twice.' });
  await expect(desk.pop.getByTestId('pop-summary')).toHaveText('Wants the manager, has paid twice.');
  await expect(decline).toBeFocused();
  await expect(desk.pop.getByTestId('pop')).toHaveAttribute('data-call', call);
  await hangUp(call);
});

test('30: pops can be switched off, altogether or for one platform, and the calls are still in the list', async () => {
  const off = [
    { enabled: false, display: 'cursor' },
    { enabled: true, display: 'cursor', rules: { vinfer: { escalated: false, ringing: false } } },
  ];
  const calls: string[] = [];
  for (const [n, pop] of off.entries()) {
    await desk.changeSettings({ pop });
    const call = await post(`off${n}`);
    calls.push(call);
    await expect(desk.workspace.getByTestId('group-waiting').getByTestId(`call-row-${call}`)).toBeVisible();
    await relay.post(completion(call));
    await expect(desk.workspace.getByTestId('group-missed').getByTestId(`call-row-${call}`)).toBeVisible();
  }
  await desk.changeSettings({ pop: { enabled: true, display: 'cursor' } });
  // A call that pops proves that whatever was to pop before has done so.
  const on = await post('on');
  await desk.painted(on);
  for (const call of calls) expect(desk.paints(call)).toBe(0);
  await hangUp(on);
});

test('39: a crashed window comes back by itself with the call it showed, still mine', async () => {
  const call = await post('crash', { name: 'Kept Through It' });
  await desk.painted(call);
  await desk.pop.getByTestId('pop-claim').click();
  await expect(desk.workspace.getByTestId(`call-row-${call}`)).toHaveAttribute('data-claim', 'mine');
  // Asked through main: to the test's own driver a page that crashed is gone for good.
  const shown = () =>
    desk.inMain(async ({ BrowserWindow }) => {
      const all = BrowserWindow.getAllWindows();
      const contents = all.find((window) => window.webContents.getURL().includes('workspace'))?.webContents;
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return '';
      const words: unknown = await contents.executeJavaScript(
        `document.querySelector('[data-testid=call-detail]')?.innerText ?? ''`,
      );
      return String(words);
    });
  await until('the call in the workspace', async () => (await shown()).includes('Kept Through It'));
  await desk.inMain(async ({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows();
    const contents = all.find((window) => window.webContents.getURL().includes('workspace'))?.webContents;
    // Asked in between, a page that is just dying would never answer.
    const back = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    await back;
  });
  await until('the call to be back', async () => (await shown()).includes('Kept Through It'), 20_000);
  // The driver lost its page with the crash: the next test begins with a desk of its own.
  desk = await desk.restart();
  await relay.post(completion(call));
});

test('26: a call put away does not come back, neither at a restart of the desk nor at the hang-up', async () => {
  await desk.signIn(relay, token);
  await desk.live();
  await desk.workspace.getByTestId('nav-calls').click();
  const call = await post('put-away');
  await desk.painted(call);
  await desk.pop.getByRole('button', { name: 'Hide; the call stays in the waiting list' }).click();
  await until('the pop to leave', async () => !(await desk.popVisible()));
  const before = desk.paints(call);

  desk = await desk.restart();
  await desk.signIn(relay, token);
  await desk.live();
  await desk.workspace.getByTestId('nav-calls').click();
  await expect(desk.workspace.getByTestId('group-waiting').getByTestId(`call-row-${call}`)).toBeVisible();
  await relay.post(completion(call));
  await expect(desk.workspace.getByTestId('group-missed').getByTestId(`call-row-${call}`)).toBeVisible();
  // A later call that pops proves that nothing else is about to.
  const later = await post('later');
  await desk.painted(later);
  await expect(desk.pop.getByTestId('pop')).toHaveAttribute('data-call', later);
  expect(desk.paints(call)).toBe(before);
});

test('13: a window remembered on a display that is gone opens where it can be seen', async () => {
  const profile = await DeskApp.profile();
  writeFileSync(path.join(profile, 'window.json'), JSON.stringify({ x: 5_000, y: 4_000, width: 1_240, height: 820 }));
  const lost = await DeskApp.launch(profile);
  try {
    const seen = await lost.inMain(({ BrowserWindow, screen }) => {
      const all = BrowserWindow.getAllWindows();
      const found = all.find((window) => window.webContents.getURL().includes('workspace'));
      const { x, y, width, height } = found?.getBounds() ?? { x: 0, y: 0, width: 0, height: 0 };
      const area = screen.getPrimaryDisplay().workArea;
      const wide = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
      const high = Math.min(y + height, area.y + area.height) - Math.max(y, area.y);
      return (Math.max(0, wide) * Math.max(0, high)) / (width * height);
    });
    expect(seen).toBeGreaterThanOrEqual(0.8);
  } finally {
    await lost.close();
  }
});
