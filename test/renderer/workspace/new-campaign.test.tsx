// @vitest-environment jsdom
/** A new campaign while it is typed, checked and made. */
import { act, cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import * as campaigns from '../../../src/renderer/gallery/campaigns';
import { deskView } from '../../../src/renderer/gallery/samples';
import { drawDesk } from '../support/draw';

afterEach(cleanup);

const name = () => screen.getByTestId<HTMLInputElement>('campaign-name');

test('what was typed of a new campaign is there again after a look at another page', async () => {
  const agent = { id: 'asha', name: 'Asha Rao', role: 'supervisor' as const, queues: [] };
  drawDesk({ ...deskView, agent }, 'en', {}, { 'campaigns:view': campaigns.campaigns });
  await userEvent.click(screen.getByTestId('nav-campaigns'));
  await userEvent.click(screen.getByTestId('campaign-new'));
  await userEvent.type(name(), 'January reminders');
  await userEvent.click(screen.getByTestId('nav-history'));
  expect(screen.queryByTestId('campaign-name')).toBeNull();
  await userEvent.click(screen.getByTestId('nav-campaigns'));
  await userEvent.click(screen.getByTestId('campaign-new'));
  expect(name().value).toBe('January reminders');
});

test('customers are counted as every other number is written', async () => {
  const agent = { id: 'asha', name: 'Asha Rao', role: 'supervisor' as const, queues: [] };
  const drawn = drawDesk({ ...deskView, agent }, 'en', {}, { 'campaigns:view': campaigns.checked });
  await userEvent.click(screen.getByTestId('nav-campaigns'));
  expect(screen.getByTestId('campaign-create').textContent).toBe('Create with 1,716 customers');
  act(() => drawn.desk.publish('campaigns:view', campaigns.made));
  expect(screen.getByTestId('campaign-made').textContent).toContain('was created with 1,714 customers');
});
