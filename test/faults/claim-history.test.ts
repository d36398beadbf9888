import { expect, it } from 'vitest';
import { isOneRegister, type ClaimOperation } from '../support/chaos/claim-history';

const op = (agent: string, start: number, end: number, result: ClaimOperation['result']): ClaimOperation => ({
  agent,
  kind: 'claim',
  start,
  end,
  result,
});
const release = (agent: string, start: number, end: number, result: ClaimOperation['result']): ClaimOperation => ({
  ...op(agent, start, end, result),
  kind: 'release',
});
const ok = { is: 'ok' } as const;
const unknown = { is: 'unknown' } as const;
const lostTo = (by: string) => ({ is: 'other', by }) as const;

it.each([
  ['one winner whose name the loser is told', [op('a', 0, 3, ok), op('b', 1, 2, lostTo('a'))]],
  ['a claim repeated by its holder', [op('a', 0, 1, ok), op('a', 2, 3, ok)]],
  ['a second winner after a release', [op('a', 0, 1, ok), release('a', 2, 3, ok), op('b', 4, 5, ok)]],
  ['a winner whose answer was lost', [op('a', 0, Infinity, unknown), op('b', 1, 2, lostTo('a'))]],
  ['an unanswered claim that never happened', [op('a', 0, Infinity, unknown), op('b', 1, 2, ok)]],
])('accepts %s', (_what, history) => {
  expect(isOneRegister(history)).toBe(true);
});

it.each([
  ['two winners', [op('a', 0, 1, ok), op('b', 2, 3, ok)]],
  ['two winners at the same time', [op('a', 0, 3, ok), op('b', 1, 2, ok)]],
  ['a loser who is told another name', [op('a', 0, 1, ok), op('b', 2, 3, lostTo('c'))]],
  ['a loser before anybody claimed', [op('b', 0, 1, lostTo('a')), op('a', 2, 3, ok)]],
  ['a winner who is forgotten', [op('a', 0, 1, ok), release('a', 2, 3, { is: 'not_yours' })]],
  [
    'an unanswered claim that happened before it was asked',
    [op('b', 0, 1, lostTo('a')), op('a', 2, Infinity, unknown)],
  ],
])('rejects %s', (_what, history) => {
  expect(isOneRegister(history)).toBe(false);
});
