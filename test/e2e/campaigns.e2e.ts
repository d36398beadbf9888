/** A campaign from a CSV file, as a supervisor makes, watches, pauses and resumes it: by keyboard. */
import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openWithoutConsent } from '../support/awake';
import { chooses, tabTo } from '../support/by-keyboard';
import { DeskApp } from '../support/desk-app';
import { FLOOR_SECRETS, FloorProcess } from '../support/floor-process';
import { until } from '../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';

/** The floor's clock: between two contacts of a campaign it lets a second pass. */
const TIME_SCALE = 0.05;
/** Numbers of a place where it is day: elsewhere the campaign would begin tomorrow. */
const numbers = Array.from({ length: 4 }, (_, n) => `${openWithoutConsent().phone.slice(0, -1)}${n}`);
const [FIRST, SECOND, THIRD, NEVER] = numbers;
const FILE = `\uFEFFName;Mobile;Loan
Priya Sharma;${FIRST};50000
Arjun Mehta;${SECOND};
Kavita Rao;${THIRD};
Never Again;${NEVER};
Broken;9.19E+11;
Priya Twice;${FIRST};
`;

interface World {
  floor: FloorProcess;
  desk: DeskApp;
  close: () => Promise<void>;
}

async function world(): Promise<World> {
  const vinfer = { secret: FLOOR_SECRETS.webhook, api_key: FLOOR_SECRETS.key };
  const floor = await FloorProcess.start({ vinfer }, TIME_SCALE, AGENT_NUMBER);
  const api = { base: `${floor.url}/vinfer`, key: FLOOR_SECRETS.key };
  const relay = await RelayProcess.start({ platforms: { vinfer: { secrets: [FLOOR_SECRETS.webhook], api } } });
  await floor.tell('relay', { url: relay.url });
  const token = await relay.addAgent('meera', { name: 'Meera Nair', role: 'supervisor' });
  const stop = await fetch(`${relay.url}/v1/dnc`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ phone: NEVER, scope: 'all', channel: 'call' }),
  });
  expect(stop.ok).toBe(true);
  const desk = await DeskApp.join(relay, token);
  const close = async () => {
    await desk.close();
    await relay.stop();
    await floor.stop();
  };
  return { floor, desk, close };
}

async function press(page: Page, testId: string): Promise<void> {
  await tabTo(page, testId);
  await page.keyboard.press('Enter');
}

async function type(page: Page, testId: string, text: string): Promise<void> {
  await tabTo(page, testId);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Comes back to the page, which reads it again, until this is to be seen. */
async function lookUntil(page: Page, what: string, seen: () => Promise<boolean>): Promise<void> {
  await until(what, async () => {
    if (await seen()) return true;
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Alt+5');
    return undefined;
  });
}

test('a campaign is made from a file with bad rows, seen on its way, paused and resumed', async () => {
  test.setTimeout(120_000);
  const { floor, desk, close } = await world();
  const page = desk.workspace;
  try {
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'handover-campaign-')), 'people.csv');
    await writeFile(file, FILE);
    await chooses(desk, file);
    await page.keyboard.press('Alt+5');
    await page.getByTestId('campaign-new').waitFor();
    await press(page, 'campaign-new');
    await type(page, 'campaign-name', 'Diwali offers');
    await type(page, 'campaign-language', 'hi-IN');
    await type(page, 'campaign-zone', 'Asia/Kolkata');
    // What the pickers of date and time bring.
    const end = new Date(Date.now() + 3 * 24 * 3600_000).toISOString().slice(0, 10);
    await page.getByTestId('campaign-end-date').fill(end);
    await page.getByTestId('campaign-end-time').fill('18:00');
    await press(page, 'campaign-choose');

    await page.getByTestId('import-report').waitFor();
    for (const [what, rows] of Object.entries({ rows: 6, accepted: 3, duplicates: 1, refused: 2 })) {
      await expect(page.getByTestId(`import-${what}`)).toHaveText(String(rows));
    }
    const problems = page.getByTestId('import-problems');
    await expect(problems).toContainText('do-not-call list');
    await expect(problems).toContainText('9.19E+11');
    await expect(problems).toContainText('An earlier row has this number.');
    await expect(page.getByTestId('campaign-plan')).toContainText('Asia/Kolkata');
    const made = async () =>
      (await floor.requests()).filter(({ method, path: to }) => method === 'POST' && to.endsWith('/campaigns'));
    expect(await made()).toEqual([]);

    await press(page, 'campaign-create');
    await expect(page.getByTestId('campaign-made')).toContainText('Diwali offers');
    await press(page, 'campaign-show');
    const detail = page.getByTestId('campaign-detail');
    await expect(detail).toContainText('Diwali offers');
    expect(await made()).toMatchObject([{ status: 201 }]);

    const run = page.getByTestId('campaign-run');
    await lookUntil(page, 'the campaign runs', () => run.isVisible());
    await expect(detail).toContainText('of 3 dialled');
    await expect(run).toHaveText('Pause');
    await press(page, 'campaign-run');
    await expect(run).toHaveText('Resume');
    await expect(detail).toContainText('Paused');
    await press(page, 'campaign-run');
    await expect(run).toHaveText('Pause');
    await lookUntil(page, 'everybody was dialled', async () =>
      ((await detail.textContent()) ?? '').includes('3 of 3 dialled'),
    );
    await lookUntil(page, 'its calls', async () => ((await detail.textContent()) ?? '').includes('Kavita Rao'));
  } finally {
    await close();
  }
});
