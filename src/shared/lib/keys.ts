/** Keys and key combinations as text: read from the keyboard, checked, told apart. Pure, and without a parser library. */
import type { KeyAction, KeySettings, Keys } from '../contract/keys';

export const STANDARD_KEYS: Keys = {
  focus: 'Ctrl+Shift+Space',
  claim: 'Enter',
  hide: 'Escape',
  save: 'Ctrl+Enter',
  sheet: '?',
  call: 'Ctrl+Enter',
  next: 'Alt+N',
  later: 'Alt+L',
  skip: 'Alt+S',
  pass: 'Alt+P',
  remove: 'Alt+R',
  never: 'Alt+D',
  extend: 'Alt+E',
};

const LEAD_ACTIONS = [
  'call',
  'next',
  'later',
  'skip',
  'pass',
  'remove',
  'never',
  'extend',
] as const satisfies readonly KeyAction[];

export const KEY_ACTIONS = [
  ...(['claim', 'hide', 'focus', 'save', 'sheet'] as const),
  ...LEAD_ACTIONS,
] as const satisfies readonly KeyAction[];

/** Keys that would stop doing what every program does with them, or what the desk does with them itself. */
const RESERVED: readonly string[] = [
  ...['A', 'C', 'V', 'X', 'Y', 'Z'].map((letter) => `Ctrl+${letter}`),
  'Ctrl+Shift+Z',
  // The size of the text.
  'Ctrl+-',
  'Ctrl+=',
  'Ctrl+0',
  'Alt+F4',
  'Alt+Space',
  ...Array.from({ length: 10 }, (_, digit) => String(digit)),
  ...Array.from({ length: 10 }, (_, digit) => `Alt+${digit}`),
];

const NAMED = /^(?:F(?:[1-9]|1\d|2[0-4])|Space|Enter|Escape|Insert|Delete|Home|End|PageUp|PageDown)$/;
const SIGN = /^[A-Z0-9,./;'[\]\\\-=?!#]$/;

type Scope = 'everywhere' | 'call window' | 'workspace' | 'outcome form' | 'lead';

/**
 * Where an action listens; `everywhere` meets all others. An outcome form and a lead may stand side by side and share a
 * key: the form has it first, because a call that is over comes before the next one.
 */
const SCOPES: Record<KeyAction, Scope> = {
  focus: 'everywhere',
  claim: 'call window',
  hide: 'call window',
  save: 'outcome form',
  sheet: 'workspace',
  call: 'lead',
  next: 'lead',
  later: 'lead',
  skip: 'lead',
  pass: 'lead',
  remove: 'lead',
  never: 'lead',
  extend: 'lead',
};
const IN_WORKSPACE: readonly Scope[] = ['workspace', 'outcome form', 'lead'];
/** Actions that must not answer to a key that types something, or that other programs wait for. */
const NEED_MODIFIER: readonly KeyAction[] = ['focus', 'save', ...LEAD_ACTIONS];

/** The part of a keyboard event that is read. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

const ALONE: readonly string[] = ['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process'];

/** What is pressed, as text; undefined while only modifiers are. A sign that needs Shift on this keyboard is the sign. */
export function chordOf({ key, ctrlKey, altKey, shiftKey, metaKey }: KeyPress): string | undefined {
  if (ALONE.includes(key) || key === '' || key === 'Unidentified') return undefined;
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  const sign = name.length === 1 && !/[A-Z0-9]/.test(name);
  const parts = [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shiftKey && !sign ? 'Shift' : '', name];
  return parts.filter((part) => part !== '').join('+');
}

export type KeyRefusal = { reason: 'key_unusable' } | { reason: 'key_conflict'; with: KeyAction };

function split(chord: string): { modifiers: string[]; key: string } | undefined {
  const parts = chord.split('+');
  const key = parts.pop() ?? '';
  const order = ['Ctrl', 'Alt', 'Shift'].filter((modifier) => parts.includes(modifier));
  const known = NAMED.test(key) || SIGN.test(key);
  return known && order.join() === parts.join() ? { modifiers: order, key } : undefined;
}

/** Whether an action can have this chord at all. */
export function isUsable(action: KeyAction, chord: string): boolean {
  const read = split(chord);
  if (read === undefined || RESERVED.includes(chord)) return false;
  const strong = read.modifiers.some((modifier) => modifier !== 'Shift') || /^F\d/.test(read.key);
  return strong || !NEED_MODIFIER.includes(action);
}

function meet(one: KeyAction, other: KeyAction): boolean {
  const [a, b] = [SCOPES[one], SCOPES[other]];
  if (a === b || a === 'everywhere' || b === 'everywhere') return true;
  return (a === 'workspace' && IN_WORKSPACE.includes(b)) || (b === 'workspace' && IN_WORKSPACE.includes(a));
}

/** Undefined when `action` may have its key in `keys` beside all the others. */
export function keyRefusal(keys: Keys, action: KeyAction): KeyRefusal | undefined {
  if (!isUsable(action, keys[action])) return { reason: 'key_unusable' };
  const taken = KEY_ACTIONS.find((other) => other !== action && keys[other] === keys[action] && meet(action, other));
  return taken === undefined ? undefined : { reason: 'key_conflict', with: taken };
}

/** The keys in force. */
export function keysInForce(chosen: KeySettings | undefined): Keys {
  return { ...STANDARD_KEYS, ...chosen };
}

/** The chord as Electron's global shortcuts spell it. */
export function acceleratorOf(chord: string): string {
  return chord.replace('Ctrl', 'CommandOrControl').replace('Escape', 'Esc');
}
