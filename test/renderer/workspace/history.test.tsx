// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import * as past from '../../../src/renderer/gallery/past';
import { deskView, fullCall } from '../../../src/renderer/gallery/samples';
import { drawDesk } from '../support/draw';

afterEach(cleanup);

test('typing asks once for the whole word, with the kind that was chosen', async () => {
  const { sent } = drawDesk(deskView);
  await userEvent.click(screen.getByTestId('nav-history'));
  await userEvent.type(screen.getByTestId('history-search'), 'manager');
  await waitFor(() => expect(sent('history:search').at(-1)).toMatchObject({ text: 'manager', filters: {} }));
  expect(sent('history:search').length).toBeLessThan(5);
  expect(await screen.findByText('4 calls')).toBeTruthy();
});

test('finding nothing says what to try; keeping nothing says what will be here', async () => {
  drawDesk(deskView, 'en', { 'history:search': past.noHistory });
  await userEvent.click(screen.getByTestId('nav-history'));
  expect(await screen.findByText('No calls kept yet')).toBeTruthy();
  await userEvent.type(screen.getByTestId('history-search'), 'x');
  expect(await screen.findByText('No call found')).toBeTruthy();
});

test('a history that cannot be read says so', async () => {
  const drawn = drawDesk(deskView);
  drawn.desk.answer('gone');
  await userEvent.click(screen.getByTestId('nav-history'));
  expect(await screen.findByText('The history could not be read.')).toBeTruthy();
});

test('`?` opens the shortcut sheet and Escape closes it; in a field it is a question mark', async () => {
  drawDesk({ ...deskView, selected: fullCall });
  await userEvent.keyboard('?');
  expect(await screen.findByTestId('shortcuts')).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('shortcuts')).toBeNull());
  await userEvent.click(screen.getByTestId('nav-history'));
  await userEvent.type(screen.getByTestId('history-search'), '?');
  expect(screen.queryByTestId('shortcuts')).toBeNull();
});

test('Alt and a digit opens a page', async () => {
  drawDesk(deskView);
  await userEvent.keyboard('{Alt>}6{/Alt}');
  expect(screen.getByTestId('nav-settings').getAttribute('aria-current')).toBe('page');
});
