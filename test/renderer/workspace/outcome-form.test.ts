import { describe, expect, test } from 'vitest';
import type { OutcomeDraft } from '../../../src/shared/contract/outcomes';
import { wrapUp } from '../../../src/renderer/gallery/past';
import {
  callbackOf,
  choicesBelow,
  decisionOf,
  demandsOf,
  EMPTY_FORM,
  isTouched,
  keysOf,
  labelOf,
} from '../../../src/renderer/workspace/outcome/outcome-form';

const tree = wrapUp.dispositions;
const MONEY = { locale: 'en-IN', currency: 'INR' };
const PROMISED = ['payment', 'payment_promised'];
const form = (changes: Partial<OutcomeDraft>): OutcomeDraft => ({ ...EMPTY_FORM, ...changes });
const callback = { date: '2026-01-13', time: '10:00', zone: 'Asia/Kolkata', owner: 'mine' } as const;

describe('the choices', () => {
  test('are the top level first, then what is below, then none', () => {
    expect(choicesBelow(tree, [])[0]?.code).toBe('payment');
    expect(choicesBelow(tree, ['payment']).map(({ code }) => code)).toEqual(['payment_promised', 'already_paid']);
    expect(choicesBelow(tree, ['payment', 'already_paid'])).toEqual([]);
  });

  test('have keys 1 to 9: their own first, then the next free ones, and none beyond', () => {
    const level = Array.from({ length: 11 }, (_, index) => ({ code: `c${index}`, ...(index === 4 ? { key: 1 } : {}) }));
    const keys = keysOf(level);
    expect(keys.get('c4')).toBe(1);
    expect(keys.get('c0')).toBe(2);
    expect(keys.get('c8')).toBe(9);
    expect(keys.get('c9')).toBeUndefined();
  });

  test('speak the language of the window, else English, else their own code', () => {
    const node = tree[0]!;
    expect(labelOf(node, 'hi')).toBe('भुगतान');
    expect(labelOf({ code: 'x', labels: { en: 'Only English' } }, 'tr')).toBe('Only English');
    expect(labelOf({ code: 'call_later' }, 'tr')).toBe('Call later');
  });
});

describe('what a choice asks for', () => {
  test('comes from every level above it', () => {
    const nested = [
      {
        ...{ code: 'a', needs_note: true, needs_amount: true, currency: 'USD', callback: 'optional' as const },
        children: [{ code: 'b', dnc: true }],
      },
    ];
    expect(demandsOf(nested, ['a', 'b'])).toEqual({
      ...{ final: true, note: true, amount: true, currency: 'USD', callback: 'optional', dnc: true },
    });
    expect(demandsOf(nested, ['a'])).toMatchObject({ final: false });
    expect(demandsOf(nested, ['gone'])).toMatchObject({ final: false });
  });
});

describe('a decision', () => {
  test.each([
    [form({}), 'not_a_final_choice'],
    [form({ path: ['payment'] }), 'not_a_final_choice'],
    [form({ path: ['dispute'], notes: '  ' }), 'note_needed'],
    [form({ path: ['callback_requested'] }), 'callback_needed'],
    [form({ path: ['callback_requested'], callback: { ...callback, time: '' } }), 'callback_time_wrong'],
    [form({ path: ['dnc'] }), 'dnc_needed'],
    [form({ path: PROMISED }), 'amount_needed'],
    [form({ path: PROMISED, amount: '1.500' }), 'amount_needed'],
  ])('%j is not made yet', (draft, missing) => {
    expect(decisionOf(tree, draft, MONEY)).toEqual({ ok: false, missing });
  });

  test('holds what was asked for and leaves out what was not', () => {
    const draft = form({ path: ['interested'], callback, dnc: { scope: 'all', verbatim: 'x' } });
    expect(decisionOf(tree, draft, MONEY)).toEqual({ ok: true, decision: { path: ['interested'] } });
  });

  test('holds the amount as it was understood, in the currency of the choice, else of the settings', () => {
    const draft = form({ path: PROMISED, amount: '१,५०,०००.५' });
    expect(decisionOf(tree, draft, MONEY)).toMatchObject({
      decision: { amount: { value: '150000.50', currency: 'INR' } },
    });
    const abroad = [{ code: 'a', currency: 'TRY', children: [{ code: 'b', needs_amount: true, currency: 'EUR' }] }];
    expect(
      decisionOf(abroad, form({ path: ['a', 'b'], amount: '1.500,50' }), { locale: 'tr', currency: 'TRY' }),
    ).toMatchObject({ decision: { amount: { value: '1500.50', currency: 'EUR' } } });
  });

  test('leaves out an amount that the choice does not ask for, understood or not', () => {
    for (const amount of ['1500', 'x']) {
      const draft = form({ path: ['interested'], amount });
      expect(decisionOf(tree, draft, MONEY)).toEqual({ ok: true, decision: { path: ['interested'] } });
    }
  });

  test('keeps the notes exactly as typed', () => {
    const draft = form({ path: ['dispute'], notes: ' He said\n"no" ' });
    expect(decisionOf(tree, draft, MONEY)).toMatchObject({ decision: { notes: ' He said\n"no" ' } });
  });

  test('carries a wish not to be called with its words', () => {
    const draft = form({ path: ['dnc'], dnc: { scope: 'automated', verbatim: 'Stop it' } });
    expect(decisionOf(tree, draft, MONEY)).toMatchObject({
      decision: { dnc: { scope: 'automated', verbatim: 'Stop it' } },
    });
  });
});

test('a form with nothing but an amount in it was touched', () => {
  expect([isTouched(EMPTY_FORM), isTouched(form({ amount: '1' }))]).toEqual([false, true]);
});

describe('a call-back', () => {
  test("is the instant at which the customer's wall shows the time", () => {
    expect(callbackOf(callback)).toEqual({
      at: '2026-01-13T04:30:00.000Z',
      zone: 'Asia/Kolkata',
      wall_time: '2026-01-13T10:00',
      owner: 'mine',
    });
  });

  test('in a gap of the clocks is no time; in the hour that comes twice it is the first', () => {
    expect(callbackOf({ ...callback, date: '2026-03-29', time: '02:30', zone: 'Europe/Berlin' })).toBeNull();
    expect(callbackOf({ ...callback, date: '2026-10-25', time: '02:30', zone: 'Europe/Berlin' })?.at).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  test('in a zone that nobody knows is none', () => {
    expect(callbackOf({ ...callback, zone: 'Mars/Olympus' })).toBeNull();
  });
});
