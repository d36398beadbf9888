import { expect, test } from '@playwright/test';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DeskApp } from '../support/desk-app';
import { until } from '../support/poll';

test('the first start needs nothing: practice mode connects, a caller escalates, the agent claims', async () => {
  const desk = await DeskApp.launch(await mkdtemp(path.join(os.tmpdir(), 'handover-first-')));
  try {
    await desk.live();
    await desk.pop.getByTestId('pop').waitFor({ timeout: 30_000 });
    await until('the pop window to be on screen', () => desk.popVisible());
    await expect(desk.pop.getByTestId('pop-name')).not.toBeEmpty();
    await desk.pop.getByTestId('pop-claim').click();
    const claimed = await until('the claimed mark', () => desk.trace().find(({ mark }) => mark === 'pop.claimed'));
    await expect(desk.workspace.getByTestId(`call-row-${claimed.call}`)).toHaveAttribute('data-claim', 'mine');
  } finally {
    await desk.close();
  }
});
