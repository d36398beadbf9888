// @vitest-environment jsdom
import '../support/browser-parts';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import * as setup from '../../../src/renderer/gallery/setup';
import { OutcomesPage } from '../../../src/renderer/workspace/settings/outcomes/outcomes-page';
import { SettingsPage } from '../../../src/renderer/workspace/settings/settings-page';
import type { PolicyView } from '../../../src/shared/contract/policy';
import { drawPart } from '../support/draw';

afterEach(cleanup);

const pages = [
  ['settings', <SettingsPage key="s" mode="team" shortcutTaken={false} onPage={() => undefined} />, 'open-outcomes'],
  ['outcomes', <OutcomesPage key="o" onBack={() => undefined} />, 'tree-add'],
] as const;

/** Everything a person could change, were it not locked. */
const changeable = () => document.querySelectorAll('input, select, [data-testid=tree-add], [role=switch]').length;

describe.each(pages)('the page of the %s', (_name, page, ready) => {
  /** Draws the page; main answers what the company set when the test says so. */
  function openSlowly(): { answer: (policy: PolicyView) => void; fail: () => void; asked: () => number } {
    let answer: (policy: PolicyView) => void = () => undefined;
    let fail = (): void => undefined;
    const policy = new Promise<PolicyView>((resolve, reject) => {
      answer = resolve;
      fail = () => reject(new Error('Nobody answers.'));
    });
    // The fake passes on what it is given; a promise is as good as its value.
    const { sent } = drawPart(page, 'en', { 'policy:get': policy as unknown as PolicyView });
    return { answer, fail, asked: () => sent('policy:get').length };
  }

  test('offers nothing to change before it is known what the company set', async () => {
    const { answer, asked } = openSlowly();
    await waitFor(() => expect(asked()).toBe(1));
    expect(screen.getByText('Reading your settings…')).toBeTruthy();
    expect(changeable()).toBe(0);
    await act(async () => {
      answer(setup.noPolicy);
      await Promise.resolve();
    });
    expect(await screen.findByTestId(ready)).toBeTruthy();
    expect(changeable()).toBeGreaterThan(0);
  });

  test('takes nothing as locked where nobody says what the company set: main refuses anyway', async () => {
    const { fail, asked } = openSlowly();
    await waitFor(() => expect(asked()).toBe(1));
    fail();
    expect(await screen.findByTestId(ready)).toBeTruthy();
  });
});
