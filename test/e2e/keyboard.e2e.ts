/** The whole of a call without a mouse: the display's real keys, from another program to the sent outcome. */
import { expect, test, type Page } from '@playwright/test';
import { DeskApp } from '../support/desk-app';
import { completion, escalation } from '../support/escalation';
import { until } from '../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';
import { focusedTitle, Notepad, pressKey, typeKeys } from '../support/screen';

const NOTE = 'Paid in cash, has the receipt';
/** A little more than the call window lets pass before its claim key counts. */
const KEY_SETTLES_MS = 600;
/** More than any page has to stop at. */
const MAX_STOPS = 150;

let relay: RelayProcess;
let desk: DeskApp;

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  desk = await DeskApp.join(relay, token, { notifications: { enabled: false } });
});

test.afterAll(async () => {
  await desk.close();
  await relay.stop();
});

interface Stop {
  testId: string | null;
  name: string;
  /** Position among all elements: the same element, the same number. */
  at: number;
}

/** What has the keyboard in a page, and by what name a screen reader calls it; null: nothing has it. */
function stop(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const byId = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ');
    const labels = 'labels' in element ? [...(element.labels as NodeListOf<HTMLElement>)] : [];
    const label = labels.map(({ textContent }) => textContent).join(' ');
    const name = [element.getAttribute('aria-label') ?? '', byId, label, element.textContent];
    return {
      testId: element.dataset.testid ?? null,
      name: name.map((part) => part.trim()).find((part) => part !== '') ?? '',
      at: [...document.querySelectorAll('*')].indexOf(element),
    };
  });
}

test('from another program to the sent outcome: the pop, the claim, the choice, the note, by keys alone', async () => {
  const pad = await Notepad.open();
  try {
    const { body, call } = escalation({ id: 'by-keys' });
    expect(await relay.post(body)).toBe(200);
    await desk.painted(call);
    expect(focusedTitle()).toBe(pad.title);

    pressKey('ctrl+shift+space');
    await until('the call window to have the keyboard', () => focusedTitle().includes('Handover Desk call'));
    // Under this test's driver every page believes that it has the keyboard all the time; the claim key then waits as it
    // does after another call has taken the window's place.
    const painted = desk.trace().find(({ mark }) => mark === 'pop.painted')?.at ?? Date.now();
    await until('the claim key to count', () => Date.now() - painted > KEY_SETTLES_MS);
    pressKey('Return');
    await until('the claimed mark', () => desk.trace().some(({ mark }) => mark === 'pop.claimed'));
    await until('the workspace to have the keyboard', async () => (await desk.workspaceWindow()).focused);
    await relay.post(completion(call));
    await desk.workspace.getByTestId('wrap-up').waitFor();

    // 6: disputes it, for which a note is needed.
    pressKey('6');
    await expect(desk.workspace.getByTestId('outcome-dispute')).toHaveAttribute('aria-pressed', 'true');
    await until('the keyboard on the notes', async () => {
      if ((await stop(desk.workspace))?.testId === 'outcome-notes') return true;
      pressKey('Tab');
      return false;
    });
    await typeKeys(NOTE, 5);
    await expect(desk.workspace.getByTestId('outcome-notes')).toHaveValue(NOTE);
    pressKey('ctrl+Return');
    await until('the outcome at the relay', () => desk.trace().some(({ mark }) => mark === 'disposition.sent'));
  } finally {
    pad.close();
  }
});

for (const [key, page] of [
  ['Alt+1', 'calls'],
  ['Alt+2', 'dialer'],
  ['Alt+3', 'callbacks'],
  ['Alt+4', 'history'],
  ['Alt+5', 'campaigns'],
  ['Alt+6', 'settings'],
] as const) {
  test(`Tab goes round the page ${page} and is caught nowhere; everything it stops at has a name`, async () => {
    const { workspace } = desk;
    await workspace.keyboard.press(key);
    await expect(workspace.getByTestId(`nav-${page}`)).toHaveAttribute('aria-current', 'page');
    const stops: Stop[] = [];
    for (let presses = 0; presses < MAX_STOPS; presses += 1) {
      await workspace.keyboard.press('Tab');
      const next = await stop(workspace);
      if (next === null) continue;
      if (stops.some(({ at }) => at === next.at)) break;
      stops.push(next);
    }
    expect(stops.length).toBeLessThan(MAX_STOPS);
    expect(stops.map(({ testId }) => testId)).toContain('nav-calls');
    expect(stops.map(({ testId }) => testId)).toContain('agent-state');
    expect(stops.filter(({ name }) => name === '')).toEqual([]);
  });
}
