/** From a call into the CRM, and from the history into a file: what leaves the desk, and when. */
import { expect, test } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DeskApp } from '../support/desk-app';
import { completion, escalation } from '../support/escalation';
import { until } from '../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';

let relay: RelayProcess;
let desk: DeskApp;

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  const token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  desk = await DeskApp.join(relay, token, { notifications: { enabled: false } });
  // No browser opens in a test: what would be handed to the system is written down instead.
  await desk.inMain(({ shell }) => {
    const holder = globalThis as { opened?: string[] };
    holder.opened = [];
    shell.openExternal = (url) => {
      holder.opened?.push(url);
      return Promise.resolve();
    };
  });
});

test.afterAll(async () => {
  await desk.close();
  await relay.stop();
});

const opened = () => desk.inMain(() => (globalThis as { opened?: string[] }).opened ?? []);

async function call(id: string, fields: Record<string, unknown> = {}): Promise<string> {
  const { body, call: name } = escalation({ id, call: fields });
  expect(await relay.post(body)).toBe(200);
  await desk.painted(name);
  return name;
}

test('a CRM at a host that is not allowed is refused in words, and nothing is offered', async () => {
  await desk.workspace.getByTestId('nav-settings').click();
  await desk.workspace.getByTestId('crm-template').fill('https://crm.example.com/find?p={phone}&n={name}');
  await desk.workspace.getByTestId('crm-hosts').fill('other.example.com');
  await desk.workspace.getByTestId('crm-save').click();
  await expect(desk.workspace.getByText('crm.example.com is not among the allowed hosts.')).toBeVisible();
  const name = await call('no-crm');
  await expect(desk.pop.getByTestId('pop-crm')).toHaveCount(0);
  await relay.post(completion(name));
  await until('the pop window to be hidden', async () => !(await desk.popVisible()));
});

test('30: the CRM opens in the browser when asked, and by itself only after the claim', async () => {
  await desk.workspace.getByTestId('crm-hosts').fill('crm.example.com');
  await desk.workspace.getByTestId('crm-save').click();
  await expect(desk.workspace.getByText('Open it when I claim a call')).toBeVisible();
  const attack = '/../../admin?x=1#&p=2';
  const name = await call('crm', { contact_name: attack });
  await desk.pop.getByTestId('pop-crm').click();
  await until('the CRM', async () => (await opened()).length === 1);
  const [first = ''] = await opened();
  expect(new URL(first).host).toBe('crm.example.com');
  expect(new URL(first).searchParams.get('n')).toBe(attack);
  expect([...new URL(first).searchParams.keys()]).toEqual(['p', 'n']);
  // Asked for or not, the call stays on screen with both its answers.
  await expect(desk.pop.getByTestId('pop-claim')).toBeVisible();
  await expect(desk.pop.getByTestId('pop-decline')).toBeVisible();

  await desk.workspace.getByText('Open it when I claim a call').click();
  expect(await opened()).toHaveLength(1);
  await desk.pop.getByTestId('pop-claim').click();
  await until('the CRM again', async () => (await opened()).length === 2);
  await relay.post(completion(name));
});

test('the history is exported into the chosen file, as text that no spreadsheet calculates', async () => {
  const name = await call('export', { contact_name: '=HYPERLINK("https://evil.example")' });
  await until('the call in the history', async () => {
    const page = await desk.ask<{ rows: { call: string }[] }>('history:search', { text: '', limit: 50 });
    return page.rows.some((row) => row.call === name);
  });
  // Not in the profile: that holds nothing which can be read.
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handover-export-'));
  const file = path.join(folder, 'calls.csv');
  await desk.inMain(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await desk.workspace.getByTestId('nav-history').click();
  await desk.workspace.getByTestId('history-export').click();
  await expect(desk.workspace.getByText(/calls? exported/)).toBeVisible();
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  expect(text.startsWith('\uFEFF"began_at"')).toBe(true);
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
});
