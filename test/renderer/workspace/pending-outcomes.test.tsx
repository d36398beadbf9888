// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { OutcomesProvider } from '../../../src/renderer/bridge/outcomes';
import * as past from '../../../src/renderer/gallery/past';
import { deskView, fullCall, NOW, rows, turns } from '../../../src/renderer/gallery/samples';
import { CallRowButton } from '../../../src/renderer/workspace/calls/call-row-button';
import type { OutcomeEntry, OutcomesView } from '../../../src/shared/contract/outcomes';
import type { Language } from '../../../src/shared/contract/views';
import { drawDesk, drawPart } from '../support/draw';

afterEach(cleanup);

const entry = (call: string, state: OutcomeEntry['state'], minutes: number): OutcomeEntry => ({
  id: `${call} ${state}`,
  call,
  decision: { path: ['payment', 'payment_promised'] },
  decided_at: NOW - minutes * 60_000,
  state,
  attempts: 1,
});

const selected = { ...deskView.selected!, transcript: { offered: true, turns } };

function open(entries: OutcomeEntry[], language: Language = 'en') {
  const reads = {
    'outcome:list': { entries },
    'outcome:get': past.decided,
    'history:call': { call: null, outcomes: [] },
  };
  const drawn = drawDesk({ ...deskView, selected }, language, reads);
  act(() => drawn.desk.publish('outcomes:view', past.outcomes));
  return drawn;
}

describe('outcomes that are not where they should be', () => {
  test('lead to the call with its outcome, when it is one', async () => {
    const drawn = open([entry(fullCall.call, 'refused', 2)]);
    expect(screen.getByTestId('tab-transcript').getAttribute('aria-selected')).toBe('true');
    await userEvent.click(screen.getByTestId('pending-open'));
    await waitFor(() => expect(drawn.sent('call:open')).toEqual([{ call: fullCall.call }]));
    expect((await screen.findByTestId('tab-outcome')).getAttribute('aria-selected')).toBe('true');
  });

  test('are found from another page, too', async () => {
    open([entry(fullCall.call, 'refused', 2)]);
    await userEvent.click(screen.getByTestId('nav-settings'));
    await userEvent.click(screen.getByTestId('pending-open'));
    expect((await screen.findByTestId('tab-outcome')).getAttribute('aria-selected')).toBe('true');
  });

  test('are listed when they are several, refused ones first, and chosen by keyboard alone', async () => {
    const drawn = open([
      entry(fullCall.call, 'waiting', 1),
      entry('vinfer:u1', 'refused', 5),
      entry('vinfer:u1', 'waiting', 9),
    ]);
    screen.getByTestId('pending-open').focus();
    await userEvent.keyboard('{Enter}');
    const offered = await screen.findAllByTestId('pending-call');
    expect(offered.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/Sunita Deshmukh.*Payment promised.*Outcome refused/),
      expect.stringMatching(/Amit Patel.*Payment promised.*Outcome not sent yet/),
    ]);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(drawn.sent('call:open')).toHaveLength(1));
  });

  test('of a call that is no longer among the present ones are found in the history', async () => {
    const drawn = open([entry('vinfer:old', 'refused', 900)]);
    drawn.desk.answer({ ok: false, reason: 'call_gone' });
    await userEvent.click(screen.getByTestId('pending-open'));
    await waitFor(() => expect(drawn.sent('history:call')).toEqual([{ call: 'vinfer:old' }]));
    await userEvent.click(screen.getByTestId('nav-calls'));
    await userEvent.click(screen.getByTestId('nav-history'));
    expect(drawn.sent('history:call')).toHaveLength(1);
  });
});

test.each([
  ['en', '3 outcomes of another agent wait here'],
  ['hi', 'दूसरे एजेंट के 3 नतीजे यहाँ रुके हैं'],
  ['tr', 'Başka bir temsilcinin 3 sonucu burada bekliyor'],
] as const)('what waits here for another agent is told, and is no way to their calls (%s)', (language, words) => {
  const drawn = drawDesk(deskView, language);
  act(() => drawn.desk.publish('outcomes:view', { ...past.outcomes, waiting: 0, refused: 0, others: 3 }));
  expect(screen.getByTestId('pending-outcomes').textContent).toContain(words);
  expect(screen.queryByTestId('pending-open')).toBeNull();
});

describe('a row of the call list', () => {
  const [row] = rows;
  const mark = (state: OutcomeEntry['state'], language: Language = 'en') => {
    const view: OutcomesView = { ...past.outcomes, calls: [{ call: row!.call, state }] };
    drawPart(
      <OutcomesProvider value={{ get: () => view, subscribe: () => () => undefined }}>
        <CallRowButton row={row!} selected={false} onOpen={() => undefined} />
      </OutcomesProvider>,
      language,
    );
    return screen.getByTestId(`call-row-${row!.call}`).textContent;
  };

  test.each([
    ['en', 'refused', 'Outcome refused'],
    ['hi', 'refused', 'नतीजा अस्वीकृत'],
    ['tr', 'refused', 'Sonuç reddedildi'],
    ['en', 'waiting', 'Outcome not sent yet'],
    ['hi', 'saved', 'नतीजा अभी भेजा नहीं गया'],
    ['tr', 'waiting', 'Sonuç henüz gönderilmedi'],
  ] as const)('says in %s when its outcome is %s', (language, state, words) => {
    expect(mark(state, language)).toContain(words);
  });

  test('says nothing of an outcome that has arrived', () => {
    expect(mark('sent')).not.toMatch(/Outcome/);
  });
});
