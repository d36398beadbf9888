import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digitsOf, foldText, foldWithMap } from '../../../src/main/history/fold-text';
import { matchExpression, searchTerms } from '../../../src/main/history/search-terms';
import { snippetOf } from '../../../src/main/history/snippet';

test.each([
  ['İSTANBUL', 'istanbul'],
  ['ışık', 'isik'],
  ['Şükrü Öz', 'sukru oz'],
  ['José', 'jose'],
  ['प्रिया', 'प्रिया'],
  ['९८२००', '98200'],
  ['ﬁne', 'fine'],
])('%s is searched as %s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test('folding twice changes nothing, and the map points into the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { folded, from } = foldWithMap(text);
      expect(folded).toBe(foldText(text));
      expect(from).toHaveLength(folded.length + 1);
      expect(from.every((at) => at >= 0 && at <= text.length)).toBe(true);
      expect(foldText(folded)).toBe(folded);
    }),
  );
});

test.each([
  ['priya', [{ kind: 'word', text: 'priya' }]],
  ['+91 98200 12345', [{ kind: 'number', digits: '919820012345', words: ['91', '98200', '12345'] }]],
  ['098200-12345', [{ kind: 'number', digits: '9820012345', words: ['098200', '12345'] }]],
  ['(982) 001', [{ kind: 'number', digits: '982001', words: ['982', '001'] }]],
  ['९८२००', [{ kind: 'number', digits: '98200', words: ['98200'] }]],
  [
    '2 days',
    [
      { kind: 'word', text: '2' },
      { kind: 'word', text: 'days' },
    ],
  ],
  [
    'priya 98200',
    [
      { kind: 'number', digits: '98200', words: ['98200'] },
      { kind: 'word', text: 'priya' },
    ],
  ],
  [
    '"; DROP TABLE',
    [
      { kind: 'word', text: 'drop' },
      { kind: 'word', text: 'table' },
    ],
  ],
  ['', []],
])('%s means %o', (typed, terms) => {
  expect(searchTerms(typed)).toEqual(terms);
});

test('operators of the search language are words like any other', () => {
  expect(matchExpression(['near', 'or'])).toBe('"near" * AND "or" *');
});

test('numbers are compared by their digits', () => {
  expect(digitsOf('+91 (982) 001-2345')).toBe('919820012345');
});

describe('a line of context', () => {
  const where = 'said' as const;

  test('marks what was found in the words as they were said', () => {
    const snippet = snippetOf([{ where, text: 'I will pay in İstanbul on Friday' }], searchTerms('istanbul'));
    expect(snippet?.parts).toEqual([
      { text: 'I will pay in ', hit: false },
      { text: 'İstanbul', hit: true },
      { text: ' on Friday', hit: false },
    ]);
  });

  test('marks beginnings of words only, and the first place that has any', () => {
    const places = [
      { where: 'summary' as const, text: 'nothing of the kind; repay' },
      { where, text: 'pay it, payment promised' },
    ];
    const snippet = snippetOf(places, searchTerms('pay'));
    expect(snippet?.where).toBe('said');
    expect(snippet?.parts.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['pay', 'pay']);
  });

  test('never changes or invents a character, whatever is searched in whatever text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ maxLength: 6 }), (text, typed) => {
        const snippet = snippetOf([{ where, text }], searchTerms(typed));
        if (snippet !== undefined) expect(text).toContain(snippet.parts.map((part) => part.text).join(''));
      }),
    );
  });
});
