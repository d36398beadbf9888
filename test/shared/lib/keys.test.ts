import { describe, expect, it } from 'vitest';
import {
  KEY_ACTIONS,
  STANDARD_KEYS,
  acceleratorOf,
  chordOf,
  isUsable,
  keyRefusal,
  keysInForce,
} from '../../../src/shared/lib/keys';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {}) =>
  chordOf({ key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held });

describe('a key press as text', () => {
  it.each([
    [press('Enter'), 'Enter'],
    [press('k', { ctrlKey: true }), 'Ctrl+K'],
    [press('k', { metaKey: true }), 'Ctrl+K'],
    [press(' ', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+Space'],
    [press('?', { shiftKey: true }), '?'],
    [press('K', { shiftKey: true, altKey: true }), 'Alt+Shift+K'],
    [press('F9'), 'F9'],
    [press('Control', { ctrlKey: true }), undefined],
    [press('Dead'), undefined],
  ])('%s', (chord, expected) => {
    expect(chord).toBe(expected);
  });
});

describe('the standard keys', () => {
  it('are usable and in nobody’s way', () => {
    for (const action of KEY_ACTIONS)
      expect({ action, refusal: keyRefusal(STANDARD_KEYS, action) }).toEqual({ action });
  });

  it('stay in force where nothing else was chosen', () => {
    expect(keysInForce(undefined)).toEqual(STANDARD_KEYS);
    expect(keysInForce({ claim: 'F2' })).toEqual({ ...STANDARD_KEYS, claim: 'F2' });
  });

  it('are spelled for the system', () => {
    expect(acceleratorOf(STANDARD_KEYS.focus)).toBe('CommandOrControl+Shift+Space');
  });
});

describe('a chosen key', () => {
  it.each(['F2', 'Ctrl+Shift+H', 'Alt+K', 'Ctrl+Alt+Space', 'Ctrl+;'])(
    'may be %s for the call window from anywhere',
    (chord) => {
      expect(isUsable('focus', chord)).toBe(true);
    },
  );

  it.each(['Ctrl+-', 'Ctrl+=', 'Ctrl+0'])('may not be %s, which sets the size of the text', (chord) => {
    expect(isUsable('save', chord)).toBe(false);
  });

  it.each(['K', 'Shift+K', 'Space', 'Enter', 'Escape', 'Home'])(
    'may not be %s where somebody may be typing',
    (chord) => {
      expect(isUsable('focus', chord)).toBe(false);
      expect(isUsable('save', chord)).toBe(false);
    },
  );

  it.each([
    'Ctrl+C',
    'Ctrl+V',
    'Alt+F4',
    '1',
    'Alt+2',
    'Tab',
    'ArrowUp',
    'Backspace',
    'Shift+Ctrl+K',
    'Ctrl+',
    '+',
    'Ctrl++',
    'Meta+K',
    'K+Ctrl',
    '',
  ])('is refused when it is %j', (chord) => {
    for (const action of KEY_ACTIONS) expect(isUsable(action, chord)).toBe(false);
  });

  it('may not be another one’s in the same window, nor one that works everywhere', () => {
    const taken = (action: 'claim' | 'hide' | 'save' | 'focus', chord: string) =>
      keyRefusal(keysInForce({ [action]: chord }), action);
    expect(taken('claim', 'Escape')).toEqual({ reason: 'key_conflict', with: 'hide' });
    expect(taken('save', 'Ctrl+Shift+Space')).toEqual({ reason: 'key_conflict', with: 'focus' });
    expect(taken('focus', 'Ctrl+Enter')).toEqual({ reason: 'key_conflict', with: 'save' });
    expect(taken('claim', 'Ctrl+Enter')).toBeUndefined();
  });
});
