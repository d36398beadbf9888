/** What was written after a call must survive: complaints about wrap-up that ends with its window. */
import { expect, test } from '@playwright/test';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import { startKeyring, type Keyring } from '../../support/keyring';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';

const NOTE = 'Will pay on the 15th, asked for a receipt by post.';
/** Where in the note the customer hangs up: before its digits. */
const HUNG_UP_AT = NOTE.indexOf('15th');

let keyring: Keyring;
let relay: RelayProcess;
let desk: DeskApp;
let token: string;

test.beforeAll(async () => {
  keyring = await startKeyring();
  relay = await RelayProcess.start();
  token = await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] });
  desk = await DeskApp.launch(await DeskApp.profile({ notifications: { enabled: false } }), keyring.env);
  await desk.signIn(relay, token);
  await desk.live();
  await desk.workspace.getByTestId('nav-calls').click();
});

test.afterAll(async () => {
  await desk.close();
  await relay.stop();
  keyring.stop();
});

/** A call that this agent has. */
async function claimed(id: string): Promise<string> {
  const { body, call } = escalation({ id });
  expect(await relay.post(body)).toBe(200);
  await desk.painted(call);
  await desk.pop.getByTestId('pop-claim').click();
  await expect(desk.workspace.getByTestId(`call-row-${call}`)).toHaveAttribute('data-claim', 'mine');
  return call;
}

async function hangUp(call: string): Promise<void> {
  expect(await relay.post(completion(call))).toBe(200);
  await desk.workspace.getByTestId('wrap-up').waitFor();
}

/** A call that this agent had and that is over. */
async function handled(id: string): Promise<string> {
  const call = await claimed(id);
  await hangUp(call);
  return call;
}

/** Decisions of this agent that the relay has on record today. */
async function decisions(): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = (await (await fetch(`${relay.url}/v1/me/stats`, { headers })).json()) as { dispositions: number };
  return answer.dispositions;
}

/** The same program after a kill: it signs in by itself, with the token from the keyring. */
async function comeBack(call: string): Promise<void> {
  desk = await desk.killAndRestart();
  await desk.live();
  await desk.workspace.getByTestId('nav-calls').click();
  await desk.workspace.getByTestId(`call-row-${call}`).click();
}

test('33: a desk that is killed in the middle of a note comes back with the wrap-up and every letter of it', async () => {
  const call = await claimed('killed-in-note');
  await desk.workspace.getByTestId('outcome-notes').pressSequentially(NOTE.slice(0, HUNG_UP_AT));
  await hangUp(call);
  // Typed on without a look: the field still has the keyboard, and no digit of the note chooses an outcome.
  await desk.workspace.keyboard.type(NOTE.slice(HUNG_UP_AT));
  await expect(desk.workspace.getByTestId('outcome-notes')).toHaveValue(NOTE);
  await expect(desk.workspace.getByTestId('outcome').locator('[aria-pressed=true]')).toHaveCount(0);
  // The last key is a few milliseconds old: on its way to the disk like the others before it.
  await until('the last key on disk', async () => {
    const { draft } = await desk.ask<{ draft: { form: { notes: string } } | null }>('outcome:get', { call });
    return draft?.form.notes === NOTE;
  });
  await comeBack(call);
  await desk.workspace.getByTestId('wrap-up').waitFor();
  await expect(desk.workspace.getByTestId('outcome-notes')).toHaveValue(NOTE);
});

test('33: an outcome that was saved while the relay was down is sent once after a kill, and only once', async () => {
  const call = await handled('killed-after-save');
  await relay.kill();
  await desk.workspace.getByTestId('outcome-notes').fill(NOTE);
  await desk.workspace.getByTestId('outcome-already_paid').click();
  await desk.workspace.getByTestId('outcome-save').click();
  await desk.workspace.getByTestId('outcome-entry').waitFor();
  desk = await desk.killAndRestart();
  await relay.up();
  await desk.live();
  await desk.workspace.getByTestId('nav-calls').click();
  await desk.workspace.getByTestId(`call-row-${call}`).click();
  const entries = desk.workspace.getByTestId('outcome-entry');
  await expect(entries).toHaveAttribute('data-state', /^(sent|kept_by_relay)$/);
  await expect(entries).toHaveCount(1);
  expect(await decisions()).toBe(1);
});

test('33: what is kept on disk for that cannot be read there, and the desk says nothing about a missing keyring', async () => {
  const files = readdirSync(desk.profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('journal.db');
  const readable = files.filter((entry) => {
    const bytes = readFileSync(path.join(entry.parentPath, entry.name));
    return [NOTE, 'receipt by post', 'Amit Patel', token].some((secret) => bytes.includes(secret));
  });
  expect(readable.map(({ name }) => name)).toEqual([]);
  await expect(desk.workspace.getByTestId('notice-nothing_kept')).toHaveCount(0);
  await expect(desk.workspace.getByTestId('notice-keychain_missing')).toHaveCount(0);
});
