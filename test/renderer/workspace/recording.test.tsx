// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { drawPart } from '../support/draw';
import { fullCall, NOW } from '../../../src/renderer/gallery/samples';
import { CallRecord } from '../../../src/renderer/workspace/calls/call-record';

afterEach(cleanup);

test('an ended call shows its grade, and its recording until it can no longer be had', async () => {
  const until = NOW + 3_600_000;
  const { clock, sent, desk } = drawPart(<CallRecord call={{ ...fullCall, qa_score: 87, recording: { until } }} />);
  expect(screen.getByText('87')).toBeTruthy();
  expect(screen.getByTestId('recording').textContent).toMatch(/^Available until /);
  clock.set(until);
  expect(screen.getByTestId('recording').textContent).toBe('The link has run out. Copying it asks for a new one.');
  await userEvent.click(screen.getByTestId('copy-recording'));
  expect(sent('call:copy-recording')).toEqual([{ call: fullCall.call }]);
  desk.answer({ ok: false, reason: 'no_recording' });
  await userEvent.click(screen.getByTestId('copy-recording'));
  expect(await screen.findByText('The platform gives no recording of this call.')).toBeTruthy();
});

test('a call without either shows neither', () => {
  drawPart(<CallRecord call={fullCall} />);
  expect(screen.queryByTestId('recording')).toBeNull();
  expect(screen.queryByText('QA score')).toBeNull();
});
