// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { deskView } from '../../../src/renderer/gallery/samples';
import * as setup from '../../../src/renderer/gallery/setup';
import type { Reads } from '../../../src/renderer/gallery/fake-desk';
import { OutcomesPage } from '../../../src/renderer/workspace/settings/outcomes/outcomes-page';
import { DEFAULT_DISPOSITIONS, type DispositionTree } from '../../../src/shared/contract/dispositions';
import { settingsSchema, type Settings } from '../../../src/shared/contract/settings';
import type { Language } from '../../../src/shared/contract/views';
import { drawDesk, drawPart } from '../support/draw';

afterEach(cleanup);

function open(reads: Reads = {}, language: Language = 'en') {
  const drawn = drawPart(<OutcomesPage onBack={() => undefined} />, language, reads);
  const saved = () =>
    drawn.sent('settings:set').map((one) => (one as { settings: Settings }).settings.outcomes.dispositions);
  return { ...drawn, saved, last: () => saved().at(-1) ?? [] };
}
const codes = (tree: DispositionTree) => tree.map(({ code }) => code);
const own = (dispositions: DispositionTree): Reads => ({
  'settings:get': settingsSchema.parse({ outcomes: { dispositions } }),
});
const focused = () => document.activeElement?.getAttribute('data-testid');

test('the page is reached from the settings, and leads back to them', async () => {
  drawDesk(deskView);
  await userEvent.click(screen.getByTestId('nav-settings'));
  await userEvent.click(await screen.findByTestId('open-outcomes'));
  await userEvent.click(await screen.findByTestId('outcomes-back'));
  expect(await screen.findByTestId('open-outcomes')).toBeTruthy();
  // The settings are drawn twice, with everything on them.
}, 60_000);

describe('the outcomes by keyboard alone', () => {
  test('one is opened, moved down and up, and the keyboard stays on the button', async () => {
    const page = open();
    (await screen.findByTestId('edit-interested')).focus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByTestId('edit-interested').getAttribute('aria-expanded')).toBe('true');
    screen.getByTestId('move-down').focus();
    await userEvent.keyboard('{Enter}');
    expect(codes(page.last()).slice(0, 2)).toEqual(['callback_requested', 'interested']);
    expect(focused()).toBe('move-down');
    expect(screen.getByText('Interested: now 2 of 9')).toBeTruthy();
    screen.getByTestId('move-up').focus();
    await userEvent.keyboard('{Enter}');
    // At the top it can go no further up: the keyboard goes to what can still be pressed.
    expect(codes(page.last())).toEqual(codes(DEFAULT_DISPOSITIONS));
    expect(focused()).toBe('move-down');
  });

  test('a new one is named, gets its code, and is open for what it asks for', async () => {
    const page = open();
    (await screen.findByTestId('tree-add')).focus();
    await userEvent.keyboard('{Enter}');
    expect(focused()).toBe('tree-new-name');
    await userEvent.keyboard('Wants a visit{Enter}');
    expect(page.last().at(-1)).toEqual({ code: 'wants_a_visit', labels: { en: 'Wants a visit' } });
    expect(focused()).toBe('edit-wants_a_visit');
    expect(screen.getByTestId('fields-wants_a_visit')).toBeTruthy();
  });

  test('what is removed is taken back, and so is a return to the standard', async () => {
    const page = open(own([{ code: 'a' }, { code: 'b' }]));
    await userEvent.click(await screen.findByTestId('edit-a'));
    await userEvent.click(screen.getByTestId('remove'));
    expect(codes(page.last())).toEqual(['b']);
    expect(focused()).toBe('edit-b');
    await userEvent.click(screen.getByTestId('tree-reset'));
    expect(page.last()).toEqual(DEFAULT_DISPOSITIONS);
    await userEvent.click(screen.getByTestId('tree-undo'));
    await userEvent.click(screen.getByTestId('tree-undo'));
    expect(codes(page.last())).toEqual(['a', 'b']);
    expect(screen.getByTestId('tree-undo').hasAttribute('disabled')).toBe(true);
  });
});

describe('what an outcome asks for', () => {
  test('a note, its name in each language and the platform’s own word are kept, each by itself', async () => {
    const page = open(own([{ code: 'a', labels: { en: 'A' } }]), 'tr');
    await userEvent.click(await screen.findByTestId('edit-a'));
    await userEvent.click(screen.getByText('Not yazılması gerekir'));
    expect(page.last()).toEqual([{ code: 'a', labels: { en: 'A' }, needs_note: true }]);
    await userEvent.type(screen.getByTestId('name-tr'), 'Şu{Enter}');
    expect(page.last()).toMatchObject([{ labels: { en: 'A', tr: 'Şu' } }]);
    await userEvent.type(screen.getByTestId('word-vinfer'), 'a_word{Tab}');
    expect(page.last()).toMatchObject([{ platform: { vinfer: 'a_word' } }]);
    await userEvent.click(screen.getByText('Not yazılması gerekir'));
    expect(page.last()[0]).not.toHaveProperty('needs_note');
  });

  test('an amount is asked for when that is said, and no longer when it is taken back', async () => {
    const page = open(own([{ code: 'a', labels: { en: 'A' } }]));
    await userEvent.click(await screen.findByTestId('edit-a'));
    await userEvent.click(screen.getByText('An amount must be said'));
    expect(page.last()).toEqual([{ code: 'a', labels: { en: 'A' }, needs_amount: true }]);
    await userEvent.click(screen.getByText('An amount must be said'));
    expect(page.last()[0]).not.toHaveProperty('needs_amount');
  });

  test('an outcome without any name is not kept, and that is said beside the names', async () => {
    const page = open(own([{ code: 'a', labels: { en: 'A' } }]));
    await userEvent.click(await screen.findByTestId('edit-a'));
    await userEvent.clear(screen.getByTestId('name-en'));
    await userEvent.tab();
    expect(screen.getByText('It needs a name in one language at least.')).toBeTruthy();
    expect(page.saved()).toEqual([]);
  });

  test('a key that a neighbour has is not kept, and whose it is is said', async () => {
    const page = open(own([{ code: 'a', key: 3, labels: { en: 'First' } }, { code: 'b' }]));
    await userEvent.click(await screen.findByTestId('edit-b'));
    await userEvent.click(screen.getByTestId('field-key'));
    await userEvent.click(screen.getByRole('option', { name: '3' }));
    expect(screen.getByText('Key 3 is already the key of “First”.')).toBeTruthy();
    expect(page.saved()).toEqual([]);
  });

  test('a code that another has is refused beside the field', async () => {
    const page = open(own([{ code: 'a', labels: { en: 'First' } }]));
    await userEvent.click(await screen.findByTestId('tree-add'));
    await userEvent.type(screen.getByTestId('tree-new-name'), 'Second');
    await userEvent.clear(screen.getByTestId('tree-new-code'));
    await userEvent.type(screen.getByTestId('tree-new-code'), 'a{Enter}');
    expect(screen.getByText('“First” has this code already.')).toBeTruthy();
    expect(page.saved()).toEqual([]);
  });

  test('the last outcome stays', async () => {
    const page = open(own([{ code: 'a' }]));
    await userEvent.click(await screen.findByTestId('edit-a'));
    await userEvent.click(screen.getByTestId('remove'));
    expect(screen.getByText('At least one outcome must stay.')).toBeTruthy();
    expect(page.saved()).toEqual([]);
  });

  test('the fourth level takes no fifth', async () => {
    open({ 'settings:get': setup.deepOutcomes });
    await userEvent.click(await screen.findByTestId('edit-about_a_refund'));
    expect(screen.getByTestId('add-below')).toBeTruthy();
    await userEvent.click(screen.getByTestId('edit-cash'));
    expect(screen.queryByTestId('add-below')).toBeNull();
  });
});

describe('somebody else’s outcomes', () => {
  test.each([
    ['the relay’s', { 'outcome:sources': setup.relayOutcomes }, 'outcomes-by-relay', 'branch_visit'],
    ['the company’s', { 'policy:get': setup.managedOutcomes }, 'outcomes-by-company', 'dispute'],
  ] as const)('%s are shown with their keys, explained, and cannot be changed', async (_whose, reads, banner, code) => {
    open(reads);
    expect(await screen.findByTestId(banner, {}, { timeout: 10_000 })).toBeTruthy();
    expect(screen.getByTestId(`shown-${code}`)).toBeTruthy();
    expect(screen.queryAllByTestId(/^(edit|tree)-/)).toEqual([]);
  });
});

test('main has the last word: a change it does not keep is taken back and said', async () => {
  const page = open(own([{ code: 'a' }, { code: 'b' }]));
  await userEvent.click(await screen.findByTestId('edit-a'));
  act(() => page.desk.answer({ ok: false, reason: 'settings_not_saved' }));
  await userEvent.click(screen.getByTestId('move-down'));
  const rows = screen.getAllByTestId(/^edit-/).map((row) => row.getAttribute('data-testid'));
  expect(rows).toEqual(['edit-a', 'edit-b']);
});
