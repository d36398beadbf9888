// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import * as past from '../../../src/renderer/gallery/past';
import { deskView, fullCall, NOW, turns } from '../../../src/renderer/gallery/samples';
import { settingsSchema } from '../../../src/shared/contract/settings';
import { CallRowButton } from '../../../src/renderer/workspace/calls/call-row-button';
import { drawDesk, drawPart } from '../support/draw';

afterEach(cleanup);

/** A page that asks main first is there a little later, on a busy machine more. */
const PATIENT = { timeout: 5000 };

describe('connection', () => {
  test.each([
    [{ state: 'starting' }, 'Starting…'],
    [{ state: 'live', since: NOW }, 'Live'],
    [{ state: 'reconnecting', since: NOW - 3000 }, 'Reconnecting, 3 s'],
    [{ state: 'stopped', reason: 'taken_over' }, 'Not connected: you are signed in on another desk'],
    [{ state: 'stopped', reason: 'token_refused' }, 'Not connected: your token was refused'],
  ] as const)('%j in words', (connection, words) => {
    drawDesk({ ...deskView, connection });
    const mark = screen.getByTestId('connection');
    expect(mark.textContent).toBe(`Connection: ${words}`);
    expect(mark.dataset.state).toBe(connection.state);
  });

  test('an outage says since when and what it means', () => {
    drawDesk({ ...deskView, connection: { state: 'reconnecting', since: NOW - 3000 } });
    expect(screen.getByText(/New calls cannot reach you here/)).toBeTruthy();
  });

  test.each(['taken_over', 'token_missing', 'relay_failed'] as const)(
    'stopped (%s), the page says what that means for as long as it lasts',
    (reason) => {
      const { publish } = drawDesk({ ...deskView, connection: { state: 'stopped', reason } });
      expect(screen.getByText(/New calls cannot reach you here/)).toBeTruthy();
      publish({ ...deskView, connection: { state: 'live', since: NOW } });
      expect(screen.queryByText(/New calls cannot reach you here/)).toBeNull();
    },
  );

  test('before anything is set up nothing can be out of date', () => {
    drawDesk({ ...deskView, connection: { state: 'stopped', reason: 'not_configured' } });
    expect(screen.queryByText(/New calls cannot reach you here/)).toBeNull();
  });

  test('taken over elsewhere, this desk is used again by the person', async () => {
    const { sent } = drawDesk({ ...deskView, connection: { state: 'stopped', reason: 'taken_over' } });
    await userEvent.click(screen.getByRole('button', { name: 'Use this desk' }));
    expect(sent('connection:retry')).toEqual([{}]);
  });

  test('a refused token leads to the place where a new one is typed', async () => {
    drawDesk({ ...deskView, connection: { state: 'stopped', reason: 'token_refused' } });
    await userEvent.click(screen.getByRole('button', { name: 'Set up' }));
    expect(await screen.findByTestId('team-token')).toBeTruthy();
  });
});

describe('the sheet of keys', () => {
  test.each([
    ['agent', 6],
    ['supervisor', 8],
  ] as const)('promises an %s the pages that are there', async (role, pages) => {
    drawDesk({ ...deskView, agent: { id: 'a', name: 'Asha', role, queues: [] } });
    await userEvent.keyboard('?');
    expect((await screen.findByTestId('shortcuts')).textContent).toContain(`Alt+${pages}`);
    expect(screen.getByTestId('shortcuts').textContent).not.toContain(`Alt+${pages + 1}`);
    await userEvent.keyboard('{Escape}');
  });
});

describe('the agent', () => {
  test('sees the state with its timer and chooses another by keyboard alone', async () => {
    const { sent, clock } = drawDesk({ ...deskView, state: { value: 'available', since: NOW } });
    const button = screen.getByTestId('agent-state');
    clock.set(NOW + 65_000);
    expect(button.textContent).toContain('Available');
    expect(button.textContent).toContain('1 min');
    button.focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByTestId('agent-state-break');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(sent('agent:set-state')).toEqual([{ value: 'break' }]));
  });

  test('hears of the newest waiting call once, and of the next one when it comes', () => {
    const drawn = drawDesk({ ...deskView, rows: [] });
    const words = () => screen.getAllByRole('alert')[0]!.textContent;
    expect(words()).toBe('');
    drawn.publish(deskView);
    expect(words()).toBe('Call waiting. Asked for a person. Zeynep Yılmaz.');
    const newer = { ...deskView.rows[0]!, call: 'vinfer:new', name: 'Elif Kaya', at: NOW };
    drawn.publish({ ...deskView, rows: [...deskView.rows, newer] });
    expect(words()).toBe('Call waiting. Asked for a person. Elif Kaya.');
  });
});

describe('a window at rest', () => {
  const settled = deskView.rows.filter(({ group }) => group !== 'waiting' && group !== 'live');
  const opened = { ...fullCall, escalated_at: NOW - 600_000 };
  const state = { value: 'available', since: NOW - 60_000 } as const;
  const resting = { ...deskView, state, rows: settled, selected: opened };

  test('counts no seconds: nothing wakes it but what is told by the minute', () => {
    expect(settled.length).toBeGreaterThan(0);
    expect(drawDesk(resting).clock.countsSeconds()).toBe(false);
  });

  test.each([
    ['the agent has just become available', { state: { value: 'available', since: NOW - 59_000 } }],
    ['a break goes on', { state: { value: 'break', since: NOW - 3_600_000 } }],
    ['a caller who came just now is looked at', { selected: { ...opened, escalated_at: NOW - 599_000 } }],
    ['the connection is lost', { connection: { state: 'reconnecting', since: NOW - 90_000 } }],
  ] as const)('counts them while %s', (_why, more) => {
    expect(drawDesk({ ...resting, ...more }).clock.countsSeconds()).toBe(true);
  });
});

describe('a line of the list', () => {
  test.each([
    ['waiting', 599_000, true],
    ['waiting', 600_000, false],
    ['ended', 1_000, false],
  ] as const)('(%s, %i ms old) counts seconds only while they are told: %s', (group, age, counts) => {
    const row = { ...deskView.rows[0]!, group, at: NOW - age };
    const { clock } = drawPart(<CallRowButton row={row} selected={false} onOpen={() => undefined} />);
    expect(clock.countsSeconds()).toBe(counts);
  });
});

describe('a call', () => {
  const missed = { ...fullCall, late: true, claim: { state: 'open' } as const };
  const rows = deskView.rows.map((row) => (row.call === fullCall.call ? { ...row, group: 'missed' as const } : row));

  test('that was missed shows the number to call back, to copy and not to dial', async () => {
    const { sent } = drawDesk({ ...deskView, rows, selected: missed });
    const detail = screen.getByTestId('call-detail');
    expect(within(detail).getByTestId('call-back').textContent).toContain('091234 56789');
    expect(detail.querySelector('a[href]')).toBeNull();
    await userEvent.click(within(detail).getByTestId('detail-copy'));
    expect(sent('call:copy-number')).toEqual([{ call: fullCall.call }]);
    expect(await within(detail).findByText('Copied')).toBeTruthy();
  });

  test.each(['missed', 'ended'] as const)(
    'that was taken by telephone and never claimed (%s) gets its outcome all the same',
    async (group) => {
      const transcript = { offered: true, turns: group === 'ended' ? turns : [] };
      const over = { ...missed, late: false, phase: 'ended' as const, ended_at: NOW, transcript };
      const grouped = rows.map((row) => (row.call === fullCall.call ? { ...row, group } : row));
      const drawn = drawDesk({ ...deskView, rows: grouped, selected: over }, 'en', { 'outcome:get': past.duringCall });
      expect(screen.queryByTestId('outcome')).toBeNull();
      await userEvent.click(screen.getByTestId('detail-took'));
      await userEvent.type(await screen.findByTestId('outcome-notes'), 'On my own telephone');
      expect(drawn.sent('outcome:draft').length).toBeGreaterThan(0);
      expect(screen.queryByTestId('detail-took')).toBeNull();
    },
  );

  test('that came late and still goes on can be claimed', async () => {
    const { sent } = drawDesk({ ...deskView, rows, selected: missed });
    expect(screen.queryByTestId('detail-took')).toBeNull();
    await userEvent.click(screen.getByTestId('detail-claim'));
    expect(sent('call:claim')).toEqual([{ call: fullCall.call }]);
  });

  test('about which somebody has decided, or for which nobody asked, is not taken afterwards', () => {
    const over = { ...missed, phase: 'ended' as const, ended_at: NOW };
    const drawn = drawDesk({ ...deskView, rows, selected: { ...over, agent_disposition: 'dispute' } });
    expect(screen.queryByTestId('detail-took')).toBeNull();
    drawn.publish({ ...deskView, rows, selected: { ...over, escalated_at: undefined } });
    expect(screen.queryByTestId('detail-took')).toBeNull();
  });

  test('that is mine can be given back', async () => {
    const { sent } = drawDesk(deskView);
    await userEvent.click(screen.getByTestId('detail-release'));
    expect(sent('call:release')).toEqual([{ call: fullCall.call }]);
  });

  test('that nobody chose yet leaves words in its place', () => {
    drawDesk({ ...deskView, selected: null });
    expect(screen.getByText('Choose a call')).toBeTruthy();
  });
});

describe('where list and detail do not fit side by side', () => {
  const front = () => screen.getByTestId('calls-page').dataset.front;
  const other = { ...deskView, selected: { ...fullCall, call: 'vinfer:w1' } };

  test('the call that is chosen is in front, and the list is one press away', async () => {
    const drawn = drawDesk({ ...deskView, selected: null });
    expect(front()).toBe('list');
    drawn.publish(deskView);
    expect(front()).toBe('detail');
    await userEvent.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(front()).toBe('list');
  });

  test('another call comes in front of the list, as from a claim in the pop', async () => {
    const drawn = drawDesk(deskView);
    await userEvent.click(screen.getByRole('button', { name: 'Back to the list' }));
    drawn.publish(other);
    expect(front()).toBe('detail');
  });

  test('the same call comes in front again when it is asked for again, as by a toast', async () => {
    const drawn = drawDesk(deskView);
    await userEvent.click(screen.getByRole('button', { name: 'Back to the list' }));
    act(() => drawn.desk.publish('desk:navigate', { page: 'calls' }));
    expect(front()).toBe('detail');
  });

  test('a link from another page leads to the call and not to the list', async () => {
    const drawn = drawDesk(deskView);
    await userEvent.click(screen.getByTestId('nav-settings'));
    act(() => drawn.desk.publish('desk:navigate', { page: 'calls' }));
    expect(front()).toBe('detail');
  });
});

describe('notices and pages', () => {
  test('a notice says what happened and goes when dismissed', async () => {
    const { sent } = drawDesk({ ...deskView, notices: [{ id: 'n1', kind: 'keychain_missing' }] });
    const notice = screen.getByTestId('notice-keychain_missing');
    expect(notice.textContent).toContain('for this run only');
    await userEvent.click(within(notice).getByRole('button', { name: 'Dismiss' }));
    expect(sent('notice:dismiss')).toEqual([{ id: 'n1' }]);
  });

  test('rules that want a review are named by their country, not by a code', () => {
    drawDesk({ ...deskView, notices: [{ id: 'n1', kind: 'packs_overdue', detail: 'us, tr, house' }] });
    expect(screen.getByTestId('notice-packs_overdue').textContent).toContain('United States, Türkiye, house');
  });

  test('the rail shows where a page belongs that is reached from the settings', async () => {
    const { desk } = drawDesk(deskView);
    act(() => desk.publish('desk:navigate', { page: 'settings' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Desk check' }, PATIENT));
    expect(screen.getByTestId('nav-settings').getAttribute('aria-current')).toBe('true');
    expect(screen.getByTestId('nav-calls').getAttribute('aria-current')).toBeNull();
  });

  test('nobody is called not signed in while the desk still starts', () => {
    drawDesk({ ...deskView, agent: null, connection: { state: 'starting' } });
    expect(screen.queryByText('Not signed in')).toBeNull();
    cleanup();
    drawDesk({ ...deskView, agent: null, connection: { state: 'stopped', reason: 'token_refused' } });
    expect(screen.getByText('Not signed in')).toBeTruthy();
  });

  test('main can bring a page up', () => {
    const { desk } = drawDesk(deskView);
    act(() => desk.publish('desk:navigate', { page: 'settings' }));
    expect(screen.getByTestId('nav-settings').getAttribute('aria-current')).toBe('page');
  });
});

describe('joining a team', () => {
  test('sends address and token, then forgets the token', async () => {
    const { sent } = drawDesk(deskView);
    await userEvent.click(screen.getByTestId('nav-settings'));
    await userEvent.type(await screen.findByTestId('team-relay'), ' wss://relay.example.com ');
    await userEvent.type(screen.getByTestId('team-token'), 'secret');
    await userEvent.click(screen.getByTestId('team-join'));
    await waitFor(() => expect(sent('team:join')).toEqual([{ relay: 'wss://relay.example.com', token: 'secret' }]));
    await waitFor(() => expect(screen.getByTestId('team-token')).toHaveProperty('value', ''));
    expect(screen.getByText(/^Joined/)).toBeTruthy();
  });

  test('a refusal keeps what was typed and says why', async () => {
    const drawn = drawDesk(deskView);
    await userEvent.click(screen.getByTestId('nav-settings'));
    await userEvent.type(await screen.findByTestId('team-relay'), 'wss://relay.example.com');
    await userEvent.type(screen.getByTestId('team-token'), 'secret');
    drawn.desk.answer({ ok: false, reason: 'address_scheme' });
    await userEvent.click(screen.getByTestId('team-join'));
    expect(await screen.findByText('The address must begin with wss://')).toBeTruthy();
    expect(screen.getByTestId('team-token')).toHaveProperty('value', 'secret');
  });
});

describe('settings', () => {
  test('what main changed meanwhile, as joining a team does, is not undone by the next change of the page', async () => {
    const drawn = drawDesk(deskView);
    await userEvent.click(screen.getByTestId('nav-settings'));
    const privacy = await screen.findByRole('switch', { name: /Hide name, number and summary/ });
    const joined = settingsSchema.parse({ mode: 'team', team: { relays: ['wss://relay.example.com'] } });
    act(() => drawn.desk.publish('settings:view', joined));
    await userEvent.click(privacy);
    expect(drawn.sent('settings:set')).toEqual([{ settings: { ...joined, privacy: true } }]);
  });

  test('a change is kept by main, and taken back when main could not keep it', async () => {
    const drawn = drawDesk(deskView);
    await userEvent.click(screen.getByTestId('nav-settings'));
    const privacy = await screen.findByRole('switch', { name: /Hide name, number and summary/ });
    await userEvent.click(privacy);
    expect(drawn.sent('settings:set')).toMatchObject([{ settings: { privacy: true } }]);
    expect(await screen.findByText('Saved')).toBeTruthy();
    drawn.desk.answer({ ok: false, reason: 'settings_not_saved' });
    await userEvent.click(privacy);
    expect(await screen.findByText('The settings file could not be written. Nothing was changed.')).toBeTruthy();
    await waitFor(() => expect(privacy).toHaveProperty('checked', true));
  });
});
