/** The preview dialer, as an agent works with it: from a file to an outcome, by keyboard, over a line that is cut. */
import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openAndClosed, openWithoutConsent, type Customer } from '../support/awake';
import { chooses, tabTo } from '../support/by-keyboard';
import { DeskApp } from '../support/desk-app';
import { FLOOR_SECRETS, FloorProcess } from '../support/floor-process';
import { until } from '../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';
import { Link } from './complaints/link';

/** The floor's clock: a conversation of a minute takes five seconds. */
const TIME_SCALE = 0.08;

const PLATFORMS = {
  vinfer: {
    floor: { secret: FLOOR_SECRETS.webhook, api_key: FLOOR_SECRETS.key },
    relay: { secrets: [FLOOR_SECRETS.webhook] },
  },
  infer: {
    floor: { path_secret: FLOOR_SECRETS.path, api_key: FLOOR_SECRETS.key },
    relay: { path_secret: FLOOR_SECRETS.path, voice_agent_id: 'agent_practice' },
  },
} as const;
type Platform = keyof typeof PLATFORMS;

interface World {
  floor: FloorProcess;
  relay: RelayProcess;
  link: Link;
  desk: DeskApp;
  close: () => Promise<void>;
}

async function world(platform: Platform): Promise<World> {
  const { floor: played, relay: config } = PLATFORMS[platform];
  const floor = await FloorProcess.start({ [platform]: played }, TIME_SCALE, AGENT_NUMBER);
  const { voice_agent_id, ...webhooks } = { voice_agent_id: undefined, ...config };
  const api = {
    base: `${floor.url}/${platform}`,
    key: FLOOR_SECRETS.key,
    ...(voice_agent_id ? { voice_agent_id } : {}),
  };
  const relay = await RelayProcess.start({ platforms: { [platform]: { ...webhooks, api } } });
  await floor.tell('relay', { url: relay.url });
  await floor.tell('plot', { outcome: 'escalated' });
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER], role: 'supervisor' });
  const link = await Link.to(relay);
  const desk = await DeskApp.join(link, token);
  return {
    ...{ floor, relay, link, desk },
    close: async () => {
      await desk.close();
      await link.stop();
      await relay.stop();
      await floor.stop();
    },
  };
}

async function fileWith(customers: readonly Customer[], more = ''): Promise<string> {
  const consent = new Date(Date.now() - 30 * 24 * 3600_000).toISOString().slice(0, 10);
  const rows = customers.map(({ name, phone, zone }) => `${name};${phone};${zone};express;${consent};order form`);
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'handover-leads-')), 'leads.csv');
  await writeFile(file, `\uFEFFName;Mobile;Time zone;Consent;Consent date;Consent source\n${rows.join('\n')}\n${more}`);
  return file;
}

const nextTo = ({ phone }: Customer) => `${phone.slice(0, -1)}${(Number(phone.at(-1)) + 1) % 10}`;

async function fileWithoutConsents(customers: readonly Customer[]): Promise<string> {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'handover-leads-')), 'leads.csv');
  await writeFile(file, `Name;Mobile;Time zone\n${customers.map((one) => Object.values(one).join(';')).join('\n')}\n`);
  return file;
}

/** The shortest timer that does this. */
async function chooseTimer(page: Page, action: string): Promise<void> {
  await page.getByTestId('list-preview-action').press('Enter');
  await page.getByRole('option', { name: action }).press('Enter');
  await page.getByTestId('list-preview-seconds').fill('5');
  await page.getByTestId('list-preview-seconds').press('Enter');
  await expect(page.getByTestId('list-preview-save')).toBeDisabled();
}

async function importLeads({ desk }: World, list: string, file: string): Promise<void> {
  const page = desk.workspace;
  await chooses(desk, file);
  await page.keyboard.press('Alt+6');
  await tabTo(page, 'lists-import');
  await page.keyboard.press('Enter');
  await page.getByTestId('import-list').waitFor();
  await tabTo(page, 'import-list');
  await page.keyboard.type(list);
  await tabTo(page, 'import-choose');
  await page.keyboard.press('Enter');
  await page.getByTestId('import-report').waitFor();
}

async function runImport(page: Page): Promise<void> {
  await tabTo(page, 'import-run');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('import')).toContainText('Imported. The list can be worked now.');
  await tabTo(page, 'import-close');
  await page.keyboard.press('Enter');
}

const calls = async ({ floor }: World) =>
  (await floor.requests()).filter(
    ({ method, path: to, status }) => method === 'POST' && status < 300 && to.includes('call'),
  );

/** From the lead in hand to the escalation claimed: Ctrl+Enter, the conversation, Enter in the pop. */
async function callAndClaim({ desk }: World, transcript: boolean): Promise<string> {
  const page = desk.workspace;
  await expect(page.getByTestId('lead-call')).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  const tile = page.getByTestId('dial-tile');
  await expect(tile).toHaveAttribute('data-call', /.+/, { timeout: 20_000 });
  if (transcript) await expect(tile.getByRole('log')).not.toBeEmpty({ timeout: 20_000 });
  const call = await tile.getAttribute('data-call');
  await desk.painted(call ?? '', 30_000);
  await desk.pop.getByTestId('pop-claim').press('Enter');
  await until('the claimed mark', () => desk.trace().some(({ mark }) => mark === 'pop.claimed'));
  return call ?? '';
}

/** The wrap-up stands in the dialer: a digit chooses, Ctrl+Enter saves. */
async function wrapUp({ desk }: World, call: string): Promise<void> {
  const page = desk.workspace;
  await page.keyboard.press('Alt+2');
  await expect(page.getByTestId('dial-tile')).toHaveAttribute('data-state', 'ended', { timeout: 30_000 });
  await page.getByTestId('outcome').waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await until(
    'the outcome at the relay',
    () => desk.trace().some((mark) => mark.mark === 'disposition.sent' && mark.call === call),
    20_000,
  );
}

test('import, a blocked lead explained, a call, live words, an escalation to me, claim, wrap-up; the platform cannot take the outcome', async () => {
  test.setTimeout(180_000);
  const at = await world('infer');
  const { desk, floor } = at;
  const page = desk.workspace;
  const { open, closed } = openAndClosed();
  try {
    await floor.tell('plot', { outcome: 'escalated' });
    await importLeads(
      at,
      'Welcome calls',
      await fileWith([closed, open], 'Broken;9.19E+11;;;;\nTwice;' + open.phone + ';;;;\n'),
    );
    await expect(page.getByTestId('import-rows')).toHaveText('4');
    await expect(page.getByTestId('import-would')).toHaveText('2');
    await expect(page.getByTestId('import-problems')).toContainText('9.19E+11');
    await expect(page.getByTestId('import-problems')).toContainText('An earlier row has this number.');
    await runImport(page);

    // Outside its hours: opened from the list, explained, and not to be called.
    await page.locator('[data-testid^=list-]').first().press('Enter');
    await page.getByTestId(`lead-open-${closed.phone}`).press('Enter');
    await expect(page.getByTestId('lead-name')).toHaveText(closed.name);
    await expect(page.getByTestId('verdict')).toContainText('outside calling hours');
    await expect(page.getByTestId('verdict-next')).toContainText('Next lawful time');
    await expect(page.getByTestId('lead-call')).toBeDisabled();
    await page.keyboard.press('Control+Enter');
    expect(await calls(at)).toEqual([]);

    // Aside with a reason, by its key; the next lead comes by itself.
    await page.keyboard.press('Alt+S');
    await page.getByTestId('lead-skip-bad_time').waitFor();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('lead-name')).toHaveText(open.name);
    const call = await callAndClaim(at, true);
    await wrapUp(at, call);
    await page.locator('[data-testid=nav-calls]').press('Enter');
    await page.getByTestId(`call-row-${call}`).press('Enter');
    await expect(page.getByTestId('outcome-entry').first()).toContainText('Infer does not have it');
    expect(await calls(at)).toHaveLength(1);
  } finally {
    await at.close();
  }
});

test('a list’s timer skips the lead that is read for too long; one that dials is refused without a consent', async () => {
  test.setTimeout(120_000);
  const at = await world('infer');
  const page = at.desk.workspace;
  const open = openWithoutConsent();
  try {
    await importLeads(at, 'Timed', await fileWithoutConsents([open, { ...open, name: 'Next', phone: nextTo(open) }]));
    await runImport(page);
    // By keyboard: the list, then what happens when the time is up.
    await page.locator('[data-testid^=list-]').first().press('Enter');
    await chooseTimer(page, 'Skip the lead');
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Alt+N');
    await expect(page.getByTestId('lead-name')).toHaveText(open.name);
    await expect(page.getByTestId('preview-timer')).toContainText('this lead is skipped');
    // With nobody at the desk no next lead is asked for: this one is gone either way.
    await expect(page.getByTestId('lead').filter({ hasText: open.name })).toHaveCount(0, { timeout: 15_000 });

    await page.keyboard.press('Alt+6');
    await chooseTimer(page, 'Start the call');
    await page.keyboard.press('Alt+2');
    if (!(await page.getByTestId('lead').isVisible())) await page.keyboard.press('Alt+N');
    await expect(page.getByTestId('lead-name')).toHaveText('Next');
    await expect(page.getByTestId('preview-timer')).toContainText('nothing was done', { timeout: 20_000 });
    // A person may: the consent is asked for only where nobody clicks.
    await expect(page.getByTestId('preview-timer')).toContainText('A timer may not start this call');
    await expect(page.getByTestId('lead-call')).toBeEnabled();
    expect(await calls(at)).toEqual([]);
  } finally {
    await at.close();
  }
});

test('the line is cut while a lead is read, at the call and in wrap-up: one call, one outcome, at the platform', async () => {
  test.setTimeout(180_000);
  const at = await world('vinfer');
  const { desk, floor, link } = at;
  const page = desk.workspace;
  const { open } = openAndClosed();
  try {
    await importLeads(at, 'Reminders', await fileWith([open]));
    await runImport(page);
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Alt+N');
    await expect(page.getByTestId('lead-name')).toHaveText(open.name);
    link.cut();
    await desk.live();
    await expect(page.getByTestId('lead-name')).toHaveText(open.name);
    // The rules are asked anew over the new line, with the next minute at the latest.
    await expect(page.getByTestId('lead-call')).toBeEnabled({ timeout: 70_000 });

    // The call leaves, and the line breaks before its answer comes.
    await page.keyboard.press('Control+Enter');
    await until('the platform to be asked', async () => (await calls(at)).length > 0, 20_000);
    link.cut();
    const tile = page.getByTestId('dial-tile');
    await expect(tile).toHaveAttribute('data-call', /.+/, { timeout: 40_000 });
    const call = (await tile.getAttribute('data-call')) ?? '';
    await desk.painted(call, 40_000);
    await desk.pop.getByTestId('pop-claim').press('Enter');
    await until('the claimed mark', () => desk.trace().some(({ mark }) => mark === 'pop.claimed'));
    // Claiming brings the call up; back to the dialer from there.
    await page.getByTestId('call-detail').waitFor();
    await page.keyboard.press('Alt+2');
    await expect(tile).toHaveAttribute('data-state', 'ended', { timeout: 40_000 });
    await page.getByTestId('outcome').waitFor();
    link.cut();
    await page.keyboard.press('1');
    await page.keyboard.press('Control+Enter');
    await until(
      'the outcome at the relay',
      () => desk.trace().some((mark) => mark.mark === 'disposition.sent' && mark.call === call),
      40_000,
    );
    const done = async (what: (method: string) => boolean) =>
      (await floor.requests()).filter(
        ({ method, status, platform }) => platform === 'vinfer' && status < 300 && what(method),
      );
    const writes = () => done((method) => method === 'PUT' || method === 'PATCH');
    await until('the outcome at the platform', async () => (await writes()).length > 0, 20_000);
    expect(await writes()).toHaveLength(1);
    expect(await calls(at)).toHaveLength(1);
  } finally {
    await at.close();
  }
});
