// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import * as past from '../../../src/renderer/gallery/past';
import { deskView, fullCall, NOW } from '../../../src/renderer/gallery/samples';
import type { OutcomeView } from '../../../src/shared/contract/outcomes';
import type { DeskView, Language } from '../../../src/shared/contract/views';
import { drawDesk } from '../support/draw';

afterEach(cleanup);

const wrapping: DeskView = {
  ...deskView,
  rows: deskView.rows.map((row) => (row.call === fullCall.call ? { ...row, group: 'wrapup' as const } : row)),
  selected: { ...fullCall, phase: 'ended', ended_at: NOW, claim: { state: 'mine', since: NOW } },
};
const call = fullCall.call;

async function open(view: OutcomeView, language: Language = 'en') {
  const drawn = drawDesk(wrapping, language, { 'outcome:get': view });
  await screen.findByTestId('outcome');
  return drawn;
}
const lastDraft = (drawn: Awaited<ReturnType<typeof open>>) => drawn.sent('outcome:draft').at(-1);

describe('wrap-up by keyboard alone', () => {
  test('keys choose through the levels, notes stay notes, Ctrl+Enter saves', async () => {
    const drawn = await open(past.wrapUp);
    await userEvent.keyboard('1');
    expect(screen.getByTestId('outcome-payment_promised')).toBeTruthy();
    await userEvent.keyboard('1');
    await userEvent.click(screen.getByTestId('outcome-amount'));
    await userEvent.keyboard('2,100');
    await userEvent.click(screen.getByTestId('outcome-notes'));
    await userEvent.keyboard('Half by the 15th');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(drawn.sent('outcome:save')).toEqual([
        {
          call,
          decision: {
            path: ['payment', 'payment_promised'],
            notes: 'Half by the 15th',
            amount: { value: '2100', currency: 'INR' },
          },
        },
      ]),
    );
  });

  test('the keyboard stays among the choices as their level changes, down and up', async () => {
    await open(past.wrapUp);
    const focused = () => document.activeElement?.getAttribute('data-testid');
    screen.getByTestId('outcome-payment').focus();
    await userEvent.keyboard('{Enter}');
    expect(focused()).toBe('outcome-payment_promised');
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Enter}');
    expect(focused()).toBe('outcome-payment');
    await userEvent.keyboard('1{Backspace}');
    expect(focused()).toBe('outcome-payment');
  });

  test('a level chosen by its number leaves the keyboard where it was', async () => {
    await open(past.wrapUp);
    const before = document.activeElement;
    await userEvent.keyboard('1');
    expect(screen.getByTestId('outcome-payment_promised')).toBeTruthy();
    expect(document.activeElement).toBe(before);
  });

  test('Backspace goes one level up, and typing in a field never chooses', async () => {
    const drawn = await open(past.nested);
    await userEvent.keyboard('{Backspace}');
    expect(lastDraft(drawn)).toMatchObject({ form: { path: [] } });
    await userEvent.click(screen.getByTestId('outcome-notes'));
    await userEvent.keyboard('12{Backspace}');
    expect(lastDraft(drawn)).toMatchObject({ form: { path: [], notes: '1' } });
  });
});

describe('a call that ends while the agent types', () => {
  const live = { ...wrapping.selected!, phase: 'escalated' as const, ended_at: undefined };
  const turns = [{ key: 'a', speaker: 'ai' as const, text: 'Hello', partial: false }];
  const inGroup = (group: DeskView['rows'][number]['group'], selected: DeskView['selected']): DeskView => ({
    ...wrapping,
    rows: wrapping.rows.map((row) => (row.call === call ? { ...row, group } : row)),
    selected,
  });
  const said = (selected: NonNullable<DeskView['selected']>) => ({
    ...selected,
    transcript: { offered: true, turns },
  });

  test.each([
    ['its transcript arrives with the end', live, said(wrapping.selected!)],
    ['it was transcribed all the while', said(live), said(wrapping.selected!)],
    ['nothing of it was written down', live, wrapping.selected!],
  ])('keeps the note, the keyboard and the outcome when %s', async (_, before, after) => {
    const drawn = drawDesk(inGroup('live', before), 'en', { 'outcome:get': past.duringCall });
    if (before.transcript.turns.length > 0) await userEvent.click(screen.getByTestId('tab-outcome'));
    const notes = await screen.findByTestId('outcome-notes');
    await userEvent.type(notes, 'Promised ');
    drawn.publish(inGroup('wrapup', after));
    await userEvent.keyboard('4200');
    expect(screen.getByTestId('outcome-notes')).toBe(notes);
    expect(document.activeElement).toBe(notes);
    expect(lastDraft(drawn)).toMatchObject({ form: { path: [], notes: 'Promised 4200' } });
    drawn.publish(inGroup('ended', after));
    await userEvent.keyboard('{Backspace}1');
    expect(screen.getByTestId('outcome-notes')).toBe(notes);
    expect(lastDraft(drawn)).toMatchObject({ form: { path: [], notes: 'Promised 4201' } });
  });

  test('brings the outcome up when nothing is being done beside it', async () => {
    const drawn = drawDesk(inGroup('live', said(live)), 'en', { 'outcome:get': past.duringCall });
    expect(screen.getByTestId('tab-transcript').getAttribute('aria-selected')).toBe('true');
    drawn.publish(inGroup('wrapup', said(wrapping.selected!)));
    expect(await screen.findByTestId('outcome-notes')).toBeTruthy();
    expect(screen.getByTestId('tab-outcome').getAttribute('aria-selected')).toBe('true');
  });

  test('leaves the search through the transcript where it is', async () => {
    const drawn = drawDesk(inGroup('live', said(live)), 'en', { 'outcome:get': past.duringCall });
    const search = screen.getByRole('searchbox');
    await userEvent.type(search, 'Hel');
    drawn.publish(inGroup('wrapup', said(wrapping.selected!)));
    expect(document.activeElement).toBe(search);
  });

  test('keeps a correction that was begun', async () => {
    const drawn = drawDesk(inGroup('wrapup', wrapping.selected), 'en', { 'outcome:get': past.decided });
    await userEvent.click(await screen.findByRole('button', { name: 'Correct the outcome' }));
    drawn.publish(inGroup('ended', wrapping.selected));
    expect(screen.getByTestId('outcome-notes')).toBeTruthy();
  });
});

describe('a state chosen during wrap-up', () => {
  test.each([
    ['en', 'Wrap-up, then Break', 'Save an outcome to finish, then: Break'],
    ['hi', 'कॉल के बाद का काम, फिर विराम', 'पूरा करने के लिए नतीजा सहेजें, फिर: विराम'],
    ['tr', 'Çağrı sonrası, sonra Mola', 'Bitirmek için sonucu kaydedin, sonra: Mola'],
  ] as const)('stands in the picker and in the bar (%s)', async (language, picked, held) => {
    const state = { value: 'wrapup' as const, since: NOW };
    const drawn = drawDesk({ ...wrapping, state }, language, { 'outcome:get': past.wrapUp });
    act(() => drawn.desk.publish('outcomes:view', past.outcomes));
    expect(screen.getByTestId('agent-state').textContent).toContain(picked);
    expect((await screen.findByTestId('wrap-up')).textContent).toContain(held);
    await userEvent.click(screen.getByTestId('agent-state'));
    const chosen = await screen.findByTestId('agent-state-break');
    expect(chosen.getAttribute('aria-selected')).toBe('true');
  });
});

describe('the draft', () => {
  test('goes to main with every key, each version counted', async () => {
    const drawn = await open(past.wrapUp);
    await userEvent.type(screen.getByTestId('outcome-notes'), 'abc');
    expect(drawn.sent('outcome:draft')).toMatchObject([
      { rev: 1, form: { notes: 'a' } },
      { rev: 2, form: { notes: 'ab' } },
      { rev: 3, form: { notes: 'abc' } },
    ]);
  });

  test('that survived is in the form again, and counts on', async () => {
    const drawn = await open(past.withCallback);
    expect(screen.getByTestId('outcome-notes')).toHaveProperty('value', 'Wants to speak to the branch first.');
    expect(screen.getByTestId('outcome-callback_requested').getAttribute('aria-pressed')).toBe('true');
    await userEvent.type(screen.getByTestId('outcome-notes'), '!');
    expect(lastDraft(drawn)).toMatchObject({ rev: 4 });
  });

  test('is not lost by looking at another tab, nor replaced by what main had before', async () => {
    const said = {
      ...wrapping.selected!,
      transcript: { offered: true, turns: [{ key: 'a', speaker: 'ai' as const, text: 'Hello', partial: false }] },
    };
    drawDesk({ ...wrapping, selected: said }, 'en', { 'outcome:get': past.wrapUp });
    await userEvent.type(await screen.findByTestId('outcome-notes'), 'typed');
    await userEvent.click(screen.getByTestId('tab-transcript'));
    await userEvent.click(screen.getByTestId('tab-outcome'));
    expect(await screen.findByTestId('outcome-notes')).toHaveProperty('value', 'typed');
  });

  test('that main cannot keep is said at once', async () => {
    const drawn = await open(past.wrapUp);
    drawn.desk.answer({ ok: false, reason: 'not_stored' });
    await userEvent.type(screen.getByTestId('outcome-notes'), 'a');
    expect(await screen.findByText(/cannot be kept here right now/)).toBeTruthy();
    expect(screen.getByTestId('outcome-notes')).toHaveProperty('value', 'a');
  });
});

describe('saving', () => {
  test('what is missing is said beside the button, in words', async () => {
    await open(past.wrapUp);
    expect(screen.getByText('Choose an outcome first.')).toBeTruthy();
    await userEvent.click(screen.getByTestId('outcome-dispute'));
    expect(screen.getByText('This outcome needs a note.')).toBeTruthy();
    expect(
      screen.getByTestId('outcome-save').getAttribute('aria-disabled') ??
        screen.getByTestId('outcome-save').hasAttribute('disabled'),
    ).toBeTruthy();
  });

  test('a refusal keeps everything that was typed', async () => {
    const drawn = await open(past.wrapUp);
    await userEvent.type(screen.getByTestId('outcome-notes'), 'Cash');
    await userEvent.click(screen.getByTestId('outcome-dispute'));
    drawn.desk.answer({ ok: false, reason: 'not_stored' });
    await userEvent.click(screen.getByTestId('outcome-save'));
    expect(await screen.findByText(/Your words are still in the form/)).toBeTruthy();
    expect(screen.getByTestId('outcome-notes')).toHaveProperty('value', 'Cash');
  });

  test("the AI's proposal is taken with one press", async () => {
    const drawn = await open(past.wrapUp);
    await userEvent.click(within(screen.getByTestId('outcome-proposal')).getByRole('button', { name: 'Take it' }));
    expect(lastDraft(drawn)).toMatchObject({ form: { path: ['dispute'] } });
  });

  test('a call-back shows both clocks', async () => {
    await open(past.withCallback);
    expect(screen.getByText(/^There: Tue, 13 Jan.*10:00.*Here: /)).toBeTruthy();
  });
});

describe('an amount', () => {
  const PROMISED = { rev: 3, form: { path: ['payment', 'payment_promised'], notes: '', callback: null, dnc: null } };
  const readAs = () => screen.getByTestId('amount-read').textContent;

  test('is asked for where the choice needs one, and is kept key by key as it is typed', async () => {
    const drawn = await open(past.wrapUp);
    await userEvent.click(screen.getByTestId('outcome-dispute'));
    expect(screen.queryByTestId('outcome-amount')).toBeNull();
    await userEvent.click(screen.getByTestId('outcome-payment'));
    await userEvent.click(screen.getByTestId('outcome-payment_promised'));
    expect(screen.getByText('This outcome needs an amount.')).toBeTruthy();
    const input = screen.getByTestId('outcome-amount');
    expect([input.getAttribute('inputmode'), input.parentElement?.textContent]).toEqual(['decimal', 'INR']);
    await userEvent.type(input, '1,5');
    expect(drawn.sent('outcome:draft').slice(-3)).toMatchObject([
      { form: { amount: '1' } },
      { form: { amount: '1,' } },
      { form: { amount: '1,5' } },
    ]);
  });

  test('is shown as it was understood before it is saved', async () => {
    await open(past.withAmount);
    expect(screen.getByTestId('outcome-amount')).toHaveProperty('value', '1,50,000.50');
    expect(readAs()).toContain('Understood as ₹');
    expect(screen.getByTestId('outcome-save').hasAttribute('disabled')).toBe(false);
  });

  test.each([
    ['en', '1.500', 'This could be read in two ways. Write it like 1,500.50.'],
    ['hi', '१.५००', 'इसे दो तरह से पढ़ा जा सकता है। ऐसे लिखें: 1,500.50'],
    ['tr', '1,500', 'Bu iki türlü okunabilir. Şöyle yazın: 1.500,50'],
    ['en', 'some', 'This is not an amount. Write it like 1,500.50.'],
    ['tr', '0', 'Tutar sıfırdan büyük olmalı.'],
  ] as const)('that is not understood is told in words (%s: %s)', async (language, amount, said) => {
    await open({ ...past.wrapUp, draft: { ...PROMISED, form: { ...PROMISED.form, amount } } }, language);
    expect(readAs()).toBe(said);
    expect(screen.getByTestId('outcome-amount').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByTestId('outcome-save').hasAttribute('disabled')).toBe(true);
  });

  test('is in the currency of the choice where it names one', async () => {
    const dispositions = [{ code: 'promised', needs_amount: true, currency: 'EUR' }];
    const form = { ...PROMISED.form, path: ['promised'], amount: '12.5' };
    await open({ ...past.wrapUp, dispositions, draft: { rev: 3, form } });
    expect(readAs()).toBe('Understood as €12.50');
  });

  test('stands beside the outcome once it is decided', async () => {
    await open(past.decided);
    expect(screen.getAllByTestId('outcome-entry')[0]?.textContent).toContain('₹4,200.50');
  });

  test('that another agent was promised stands in the call’s record', async () => {
    const amount = { value: '99.50', currency: 'USD' };
    const selected = { ...wrapping.selected!, agent_disposition: 'payment_promised', agent_amount: amount };
    drawDesk({ ...wrapping, selected }, 'en', { 'outcome:get': past.wrapUp });
    expect((await screen.findByText('$99.50')).closest('div')?.textContent).toBe('Amount$99.50');
  });
});

describe('after the decision', () => {
  test('every outcome says where it is and why', async () => {
    await open(past.decided);
    const entries = screen.getAllByTestId('outcome-entry');
    expect(entries.map((entry) => entry.dataset.state)).toEqual([
      'waiting',
      'refused',
      'kept_by_relay',
      'sent',
      'saved',
    ]);
    expect(entries[0]?.textContent).toContain('The relay cannot be reached. ');
    expect(entries[0]?.textContent).toContain('Next try in 0:12');
    expect(entries[1]?.textContent).toContain('Asha Rao decided: Already paid.');
    expect(entries[2]?.textContent).toContain('Kept by the relay; VInfer does not have it');
  });

  test.each([
    [
      'en',
      /Call-back set: Tue,? 13 Jan/,
      'Kolkata',
      'The platform does not know this call.',
      'The platform says: closed <b>',
    ],
    ['hi', /कॉल-बैक तय: मंगल,? 13 जन॰/, 'Kolkata', 'प्लेटफ़ॉर्म इस कॉल को नहीं जानता।', 'प्लेटफ़ॉर्म का कहना है: closed <b>'],
    ['tr', /Geri arama: 13 Oca Sal/, 'Kolkata', 'Platform bu çağrıyı tanımıyor.', 'Platformun yanıtı: closed <b>'],
  ] as const)('a call-back and a refusal are told in words, in %s', async (language, agreed, city, unknown, said) => {
    const [entry] = past.decided.trail;
    const callback = { at: '2026-01-13T04:30:00.000Z', zone: 'Asia/Kolkata', wall_time: '2026-01-13T10:00' };
    const decision = { path: ['callback_requested'], callback: { ...callback, owner: 'mine' as const } };
    const refused = (id: string, code: 'platform_refused' | 'conflict', detail: string) => ({
      ...{ ...entry!, id, decision, state: 'refused' as const, why: { code, detail } },
    });
    const trail = [
      refused('1', 'platform_refused', 'The platform does not know this call'),
      refused('2', 'platform_refused', 'The platform: closed <b>'),
      refused('3', 'conflict', 'asha already decided: interested. Send "replaces" with that event to replace it.'),
    ];
    await open({ ...past.decided, trail }, language);
    const words = screen.getAllByTestId('outcome-entry').map(({ textContent }) => textContent);
    expect(words[0]).toMatch(agreed);
    expect(words[0]).toContain(city);
    expect(words[0]).not.toMatch(/2026-01-13|Asia\//);
    expect(words[0]).toContain(unknown);
    expect(words[1]).toContain(said);
    expect(words[2]).not.toContain('Send "replaces"');
    // What the relay says in English of what has words here is not said twice.
    expect(words[0]!.split('The platform does not know this call')).toHaveLength(language === 'en' ? 2 : 1);
  });

  test('a refused one is tried again only when the person says so', async () => {
    const drawn = await open(past.decided);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(drawn.sent('outcome:retry')).toEqual([{ id: '4' }]);
  });

  test('two words for one call stand side by side', async () => {
    await open(past.decided);
    expect(screen.getByTestId('difference-platform_and_agent').textContent).toContain('VInfer says: Not reached.');
  });

  test('they are named as the form and the trail name them; what no choice names keeps its common words', async () => {
    const differences = [{ between: 'ai_and_agent' as const, agent: 'payment_promised', other: 'wrong_number' }];
    await open({ ...past.decided, differences });
    const said = screen.getByTestId('difference-ai_and_agent').textContent;
    expect(said).toContain('The AI says: Wrong number. Decided by the agent: Promised to pay.');
    expect(screen.getAllByText('Payment › Promised to pay')).not.toEqual([]);
  });

  test('wrap-up is left once an outcome is saved, not before', async () => {
    await open(past.wrapUp);
    expect(screen.queryByTestId('wrap-up-leave')).toBeNull();
    expect(screen.getByText('Save an outcome to finish')).toBeTruthy();
    cleanup();
    const drawn = await open(past.decided);
    act(() => drawn.desk.publish('outcomes:view', past.outcomes));
    await userEvent.click(await screen.findByRole('button', { name: 'Finish, then: Break' }));
    expect(drawn.sent('wrap-up:leave')).toEqual([{ call }]);
  });

  test('what has not reached the relay is counted in the top bar', async () => {
    const drawn = await open(past.decided);
    act(() => drawn.desk.publish('outcomes:view', past.outcomes));
    expect(screen.getByTestId('pending-outcomes').textContent).toBe('2 outcomes waiting to be sent1 outcome refused');
  });
});

test('where nothing can be kept, that is said before anything is typed', async () => {
  await open(past.unkept);
  expect(screen.getByTestId('storage-memory').textContent).toContain('This computer has no keychain');
});
