/** What tray and notifications say, against what the windows say of the same thing. */
import { describe, expect, it } from 'vitest';
import { wordsFor } from '../../../src/main/words/words';
import { catalogues } from '../../../src/renderer/i18n/catalogues';

describe.each(['en', 'hi', 'tr'] as const)('main speaks %s as the windows do', (language) => {
  const main = wordsFor(language);
  const windows = catalogues[language];

  it('of why a call came', () => {
    expect(main.trigger).toEqual(windows.trigger);
  });

  it('of the agent’s state', () => {
    const { available, busy, wrapup, break: pause, offline } = windows.agent;
    expect(main.state).toEqual({ available, busy, wrapup, break: pause, offline });
  });

  it('of call-backs that are due', () => {
    const due = (words: string, count: number) => words.replace('{{count}}', String(count));
    expect(main.callbacksDue(1)).toBe(due(windows.nav.due_one, 1));
    expect(main.callbacksDue(3)).toBe(due(windows.nav.due_other, 3));
  });

  it('of a lost connection', () => {
    expect(windows.connection.stopped.startsWith(`${main.offline}:`)).toBe(true);
  });
});
