// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as sample from '../../../src/renderer/gallery/samples';
import { catalogues } from '../../../src/renderer/i18n/catalogues';
import { drawPop } from '../support/draw';

const { fullCall, popView } = sample;
const call = { call: fullCall.call };
afterEach(cleanup);

describe('what the screen pop says', () => {
  test('why, who and what was said, in words', () => {
    drawPop(popView(fullCall));
    expect(screen.getByTestId('pop-trigger').textContent).toBe('Upset customer');
    expect(screen.getByTestId('pop-clock').textContent).toBe('Escalated 3 s ago');
    expect(screen.getByTestId('pop-name').textContent).toBe('Amit Patel');
    expect(screen.getByTestId('pop-phone').textContent).toContain('091234 56789');
    expect(screen.getByTestId('pop-phone').textContent).toContain('India');
    expect(screen.getByTestId('pop-summary').textContent).toContain('requested to speak with a manager');
    expect(screen.getByText('VInfer sends no live transcript.')).toBeTruthy();
    expect(screen.getByText('4 calls in the last 30 days, last time 5 Jan: Payment promised')).toBeTruthy();
  });

  test('the clock goes on by itself and turns into a time of day after an hour', () => {
    const { clock } = drawPop(popView(fullCall));
    clock.set(sample.NOW + 68_000);
    expect(screen.getByTestId('pop-clock').textContent).toBe('Escalated 1 min 11 s ago');
    clock.set(sample.NOW + 3_600_000);
    expect(screen.getByTestId('pop-clock').textContent).toMatch(/^Escalated at 0?2:05/);
  });

  test.each([
    ['not_offered', 'Infer sends no summary.'],
    ['missing', 'The summary has not arrived.'],
    ['empty', 'The summary came empty.'],
  ] as const)('a summary that is %s says so and the last words stand in for it', (reason, words) => {
    drawPop(popView({ ...sample.noSummaryCall, summary: { state: 'absent', reason } }));
    expect(screen.getByTestId('pop-summary').textContent).toBe(words);
    expect(screen.getByText('Last said, instead of a summary')).toBeTruthy();
    expect(screen.getByText('I want to talk to your manager, not to a machine')).toBeTruthy();
  });

  test('what is said after the summary stands below a line', () => {
    drawPop(popView(sample.liveTranscriptCall));
    const log = screen.getByRole('log');
    const [before, after] = log.textContent.split('Said since the summary');
    expect(before).toContain('nobody has booked it');
    expect(after).toContain('Would 15 January suit you');
  });

  test('a late summary takes its place without moving the focus', async () => {
    const drawn = drawPop(popView({ ...fullCall, summary: { state: 'absent', reason: 'missing' } }));
    await userEvent.tab();
    const focused = document.activeElement;
    drawn.publish(popView(fullCall));
    expect(screen.getByTestId('pop-summary').textContent).toContain('disputed');
    expect(document.activeElement).toBe(focused);
  });

  test('markup, templates and nesting in what a caller says stay text', () => {
    drawPop(popView(sample.hostileCall, { waiting: sample.twoWaiting, stale: true }));
    const pop = screen.getByTestId('pop');
    expect(pop.querySelectorAll('script, img, b, a, svg[onload]')).toHaveLength(0);
    expect(screen.getByTestId('pop-name').textContent).toContain('<script>alert(1)</script>');
    expect(screen.getByTestId('pop-summary').textContent).toContain('{{name}} $t(app.starting)');
  });

  test('a source that signs nothing, a test and a lost connection are marked in words', () => {
    drawPop(popView({ ...sample.bareCall, call: 'salpre:1' }, { stale: true }));
    expect(screen.getByText('Not verified')).toBeTruthy();
    expect(screen.getByText('Test')).toBeTruthy();
    expect(screen.getByText('Not connected. This may be out of date.')).toBeTruthy();
  });

  test('it speaks Hindi and Turkish', () => {
    drawPop(popView(fullCall), 'hi');
    expect(screen.getByTestId('pop-trigger').textContent).toBe('नाराज़ ग्राहक');
    cleanup();
    drawPop(popView(fullCall), 'tr');
    expect(screen.getByTestId('pop-clock').textContent).toBe('3 sn önce aktarıldı');
  });
});

describe('privacy', () => {
  test('name, number, summary and transcript are covered until pointed at', async () => {
    drawPop(popView(sample.liveTranscriptCall, { privacy: true }));
    const cover = screen.getByText('Name hidden. Point here to show it.').closest('button')!;
    expect(cover.getAttribute('aria-expanded')).toBe('false');
    await userEvent.hover(cover);
    expect(cover.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getAllByRole('button', { expanded: false }).length).toBeGreaterThanOrEqual(4);
  });

  test('the announcement carries no name', () => {
    drawPop(popView(fullCall, { privacy: true }));
    const words = screen
      .getAllByRole('alert')
      .map((alert) => alert.textContent)
      .join(' ');
    expect(words).toContain('Call waiting. Upset customer.');
    expect(words).not.toContain('Amit');
  });

  test('others who wait are told apart by why, not by name', () => {
    drawPop(popView(fullCall, { privacy: true, waiting: sample.twoWaiting }));
    const strip = screen.getByRole('region', { name: '2 more waiting' });
    expect(strip.textContent).not.toContain('Zeynep');
    expect(within(strip).getAllByRole('button')).toHaveLength(2);
  });
});

describe('what the agent can do', () => {
  test('claims by button, and by Enter while nothing else uses the key', async () => {
    const { sent } = drawPop(popView(fullCall));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(sent('call:claim')).toEqual([call]));
    await userEvent.click(screen.getByTestId('pop-claim'));
    await waitFor(() => expect(sent('call:claim')).toEqual([call, call]));
  });

  test('Enter on another control does what that control does', async () => {
    const { sent } = drawPop(popView(fullCall));
    screen.getByTestId('pop-copy').focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(sent('call:copy-number')).toEqual([call]));
    expect(sent('call:claim')).toEqual([]);
  });

  test('Enter on another who waits shows that call and claims nothing', async () => {
    const { sent } = drawPop(popView(fullCall, { waiting: sample.twoWaiting }));
    screen.getByRole('button', { name: 'Show Zeynep Yılmaz, Asked for a person' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(sent('pop:select')).toEqual([{ call: 'vinfer:w1' }]);
    expect(sent('call:claim')).toEqual([]);
  });

  test('an Enter meant for one call does not claim the one that has just taken its place', async () => {
    const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    const drawn = drawPop(popView(fullCall));
    drawn.publish(popView({ ...fullCall, call: 'vinfer:other' }, { event: 'evt_2' }));
    await userEvent.keyboard('{Enter}');
    expect(drawn.sent('call:claim')).toEqual([]);
    focus.mockRestore();
  });

  test('declines with a reason and only with one', async () => {
    const { sent } = drawPop(popView(fullCall));
    await userEvent.click(screen.getByTestId('pop-decline'));
    expect(sent('call:decline')).toEqual([]);
    await userEvent.click(screen.getByTestId('pop-decline-wrong_skill'));
    expect(sent('call:decline')).toEqual([{ ...call, reason: 'wrong_skill' }]);
  });

  test('Escape hides the window', async () => {
    const { sent } = drawPop(popView(fullCall));
    await userEvent.keyboard('{Escape}');
    expect(sent('pop:dismiss')).toEqual([call]);
  });

  test('switches to another who waits', async () => {
    const { sent } = drawPop(popView(fullCall, { waiting: sample.twoWaiting }));
    await userEvent.click(screen.getByRole('button', { name: 'Show Zeynep Yılmaz, Asked for a person' }));
    expect(sent('pop:select')).toEqual([{ call: 'vinfer:w1' }]);
  });

  test('a call that somebody else has cannot be claimed, not even by Enter', async () => {
    const { sent } = drawPop(popView({ ...fullCall, claim: { state: 'other', name: 'Asha Rao' } }));
    expect(screen.getByText('Asha Rao has it')).toBeTruthy();
    expect(screen.queryByTestId('pop-claim')).toBeNull();
    await userEvent.keyboard('{Enter}');
    expect(sent('call:claim')).toEqual([]);
  });

  test('a refused claim says why and can be tried again', async () => {
    const { sent } = drawPop(popView({ ...fullCall, claim: { state: 'refused', reason: 'call_ended' } }));
    expect(screen.getByText('Not claimed: The call has ended.')).toBeTruthy();
    await userEvent.click(screen.getByTestId('pop-claim'));
    expect(sent('call:claim')).toEqual([call]);
  });

  test.each(['tr', 'hi'] as const)('a refusal is said in the language of the window: %s', (language) => {
    drawPop(popView({ ...fullCall, claim: { state: 'refused', reason: 'no_reply' } }), language);
    const said = screen.getByTestId('pop-refused').textContent;
    expect(said).toContain(catalogues[language].reason.no_reply);
    expect(said).not.toContain(catalogues.en.reason.no_reply);
  });

  test('when the desk does not answer, the agent is told what to do', async () => {
    const drawn = drawPop(popView(fullCall));
    drawn.desk.answer('gone');
    await userEvent.click(screen.getByTestId('pop-claim'));
    await waitFor(() => expect(screen.getByText(/The desk did not answer/)).toBeTruthy());
    expect(document.body.textContent).not.toContain('Nobody answers');
  });
});

describe('what main is told', () => {
  test('the paint of a call is reported once per event, and the window never takes the focus', async () => {
    const focus = vi.spyOn(HTMLElement.prototype, 'focus');
    const drawn = drawPop(null);
    drawn.publish(popView(fullCall));
    await waitFor(() => expect(drawn.sent('pop:painted')).toHaveLength(1));
    const [painted] = drawn.sent('pop:painted') as [{ call: string; event: string; at: number }];
    expect(painted).toMatchObject({ ...call, event: 'evt_1' });
    expect(Math.abs(painted.at - Date.now())).toBeLessThan(10_000);
    drawn.publish(popView({ ...fullCall, campaign: 'Another' }));
    drawn.publish(popView(fullCall, { event: 'evt_2' }));
    await waitFor(() => expect(drawn.sent('pop:painted')).toHaveLength(2));
    expect(drawn.sent('pop:painted')[1]).toMatchObject({ event: 'evt_2' });
    drawn.publish({ current: null, event: null, waiting: [], privacy: false, stale: false });
    drawn.publish(popView(fullCall));
    await new Promise((resolve) =>
      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    expect(drawn.sent('pop:painted')).toHaveLength(2);
    expect(focus).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(document.body);
    focus.mockRestore();
  });

  test('an idle window shows nothing', () => {
    const drawn = drawPop(popView(fullCall));
    drawn.publish({ current: null, event: null, waiting: [], privacy: false, stale: false });
    expect(screen.queryByTestId('pop')).toBeNull();
  });
});
