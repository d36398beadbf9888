// @vitest-environment jsdom
/** A supervisor puts right what the columns of a file are taken for. */
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { checkedImport, checkedJob, report, runningImport } from '../../../src/renderer/gallery/lists';
import { deskView } from '../../../src/renderer/gallery/samples';
import { importSettingsSchema } from '../../../src/shared/contract/lead-imports';
import { drawDesk } from '../support/draw';

afterEach(cleanup);

async function open() {
  const agent = { id: 'meera', name: 'Meera Nair', role: 'supervisor' as const, queues: [] };
  const drawn = drawDesk({ ...deskView, agent }, 'en', {}, { 'lists:view': checkedImport });
  await userEvent.click(screen.getByTestId('nav-lists'));
  return drawn;
}
const choice = (column: number) => screen.getByTestId(`import-column-${column}`);

test('a column is told by its header and its first value, and one without a header by its place', async () => {
  await open();
  expect(screen.getByText('mobile · 09123')).toBeTruthy();
  expect(screen.getByText('Column 4')).toBeTruthy();
  expect(choice(1).textContent).toContain('phone number');
  expect(choice(4).textContent).toContain('segment');
});

test('a choice is checked anew with those made before, by keyboard alone, and the column has the keyboard again afterwards', async () => {
  const { desk, sent } = await open();
  act(() => choice(3).focus());
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('seg{Enter}');
  const mapping = [{ column: 3, to: 'segment' }];
  expect(sent('lists:import-check')).toEqual([{ settings: { ...checkedJob.settings, mapping } }]);
  expect(importSettingsSchema.safeParse({ ...checkedJob.settings, mapping }).success).toBe(true);

  act(() => desk.publish('lists:view', runningImport));
  expect(screen.queryByTestId('import-column-3')).toBeNull();
  const settings = { ...checkedJob.settings, mapping: [{ column: 3, to: 'segment' as const }] };
  act(() =>
    desk.publish('lists:view', {
      ...checkedImport,
      import: { file: 'january.csv', state: 'checked', job: { ...checkedJob, settings } },
    }),
  );
  await waitFor(() => expect(document.activeElement).toBe(choice(3)));

  act(() => choice(0).focus());
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('first{Enter}');
  expect(sent('lists:import-check').at(-1)).toEqual({
    settings: { ...checkedJob.settings, mapping: [...mapping, { column: 0, to: 'first_name' }] },
  });
});

test('once the rows are imported the columns are only told', async () => {
  const { desk } = await open();
  const done = { ...checkedJob, state: 'done' as const, report };
  act(() =>
    desk.publish('lists:view', { ...checkedImport, import: { file: 'january.csv', state: 'done', job: done } }),
  );
  expect(screen.queryByTestId('import-column-0')).toBeNull();
  expect(screen.getByText(/→ phone number/)).toBeTruthy();
});
