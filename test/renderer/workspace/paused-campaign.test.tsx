// @vitest-environment jsdom
/** A campaign that is paused says whose pause it is and whether it goes on by itself. */
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import * as campaigns from '../../../src/renderer/gallery/campaigns';
import { deskView } from '../../../src/renderer/gallery/samples';
import type { CampaignsView } from '../../../src/shared/contract/campaign-views';
import { drawDesk } from '../support/draw';

afterEach(cleanup);

const note = () => screen.queryByTestId('campaign-pause')?.textContent;

async function open(view: CampaignsView) {
  const agent = { id: 'asha', name: 'Asha Rao', role: 'supervisor' as const, queues: [] };
  const drawn = drawDesk({ ...deskView, agent }, 'en', {}, { 'campaigns:view': view });
  await userEvent.click(screen.getByTestId('nav-campaigns'));
  return drawn;
}

test('for the night, with the time at which it goes on, and can be kept paused', async () => {
  const { sent } = await open(campaigns.pausedForTheNight);
  expect(note()).toMatch(/^Paused for the night; goes on at .*\d\d/);
  await userEvent.click(screen.getByTestId('campaign-keep'));
  const id = campaigns.pausedForTheNight.open?.id;
  expect(sent('campaigns:set-running')).toEqual([{ campaign: id, running: false }]);
});

test('by a person, until somebody resumes it', async () => {
  await open(campaigns.pausedByPerson);
  expect(note()).toBe('Paused by a person; stays paused until somebody resumes it');
  expect(screen.queryByTestId('campaign-keep')).toBeNull();
});

test('by the hours, while nobody knows when it may go on', async () => {
  await open(campaigns.pausedByHours);
  expect(note()).toMatch(/^Paused because the calling hours ended/);
});

test('says nothing of one that runs', async () => {
  await open(campaigns.campaigns);
  expect(note()).toBeUndefined();
});
