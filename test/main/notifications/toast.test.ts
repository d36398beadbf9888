import { describe, expect, it } from 'vitest';
import { callView } from '../../../src/main/calls/call-view';
import { toastFor } from '../../../src/main/notifications/toast';
import { phoneView } from '../../../src/main/phones/phone-view';
import { languageOf, wordsFor } from '../../../src/main/words/words';
import { call, escalation } from '../support/events';

const words = wordsFor('en');
const view = (summary: string | undefined) =>
  callView(call(escalation({ summary })), {
    local: (at) => Date.parse(at),
    phone: phoneView,
    traits: () => undefined,
    history: () => ({ state: 'loading' }),
    claim: () => ({ state: 'open' }),
    late: () => false,
  });

describe('a notification', () => {
  it('says why, who and what', () => {
    expect(toastFor(view('Disputes the amount.'), false, words)).toEqual({
      title: 'Upset customer: Amit Patel',
      body: 'Disputes the amount.',
    });
  });

  it('names nobody in privacy mode', () => {
    const text = JSON.stringify(toastFor(view('Disputes the amount.'), true, words));
    expect(text).not.toMatch(/Amit|Disputes|9123/);
  });

  it('stays short, and says that somebody waits when there is no summary', () => {
    expect(toastFor(view('x'.repeat(900)), false, words).body).toHaveLength(140);
    expect(toastFor(view(undefined), false, words).body).toBe('A caller is waiting for you');
  });
});

describe('words of main', () => {
  it('follow the person’s choice, else the system, else English', () => {
    expect(languageOf('hi', 'en-US')).toBe('hi');
    expect(languageOf('system', 'tr-TR')).toBe('tr');
    expect(languageOf('system', 'fr-FR')).toBe('en');
  });

  it('are complete in every language', () => {
    for (const language of ['hi', 'tr'] as const) {
      expect(Object.keys(wordsFor(language)).sort()).toEqual(Object.keys(words).sort());
      expect(Object.keys(wordsFor(language).trigger)).toEqual(Object.keys(words.trigger));
      expect(Object.keys(wordsFor(language).state)).toEqual(Object.keys(words.state));
    }
  });
});
