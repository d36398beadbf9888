// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { drawPart } from '../support/draw';
import { Diagnostics } from '../../../src/renderer/workspace/settings/diagnostics';

afterEach(cleanup);

test('the log folder is opened without naming it, and what the system refuses is said', async () => {
  const { desk, sent } = drawPart(<Diagnostics />);
  await userEvent.click(screen.getByTestId('open-logs'));
  expect(sent('logs:open')).toEqual([{}]);
  desk.answer({ ok: false, reason: 'folder_not_opened' });
  await userEvent.click(screen.getByTestId('open-logs'));
  expect(await screen.findByText('The system did not open the folder.')).toBeTruthy();
});

test('who installs new versions is said, and that the desk never restarts itself', () => {
  drawPart(<Diagnostics />);
  expect(screen.getByTestId('versions').textContent).toContain('This desk never restarts itself.');
});
