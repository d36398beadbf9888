import { describe, expect, test } from 'vitest';
import {
  DEFAULT_DISPOSITIONS,
  dispositionTreeSchema,
  type DispositionTree,
} from '../../../src/shared/contract/dispositions';
import { outcomeSettingsSchema, type Decision } from '../../../src/shared/contract/outcomes';
import { refusalOf } from '../../../src/main/outcomes/check-decision';
import { differencesOf } from '../../../src/main/outcomes/differences';
import { nodesOf, pathOf, wireValue } from '../../../src/main/outcomes/disposition-tree';
import { NextState } from '../../../src/main/outcomes/next-state';
import type { AgentState } from '../../../src/shared/contract/desk-protocol';

const TREE: DispositionTree = [
  {
    code: 'refuses',
    children: [
      { code: 'price', needs_note: true },
      { code: 'law', children: [{ code: 'lawyer', platform: { vinfer: 'dispute' } }] },
    ],
  },
  { code: 'later', callback: 'required', children: [{ code: 'evening' }] },
  { code: 'dnc', dnc: true },
  { code: 'pays', needs_amount: true, children: [{ code: 'in_parts', needs_note: true }] },
];
const AMOUNT = { value: '1500.50', currency: 'INR' };
const CALLBACK = {
  at: '2026-07-01T04:30:00.000Z',
  zone: 'Asia/Kolkata',
  wall_time: '2026-07-01T10:00',
  owner: 'mine',
} as const;

test('the default tree is valid and every choice has words in three languages', () => {
  expect(dispositionTreeSchema.parse(DEFAULT_DISPOSITIONS)).toEqual(DEFAULT_DISPOSITIONS);
  expect(outcomeSettingsSchema.parse({}).dispositions).toEqual(DEFAULT_DISPOSITIONS);
  for (const node of DEFAULT_DISPOSITIONS) expect(Object.keys(node.labels ?? {})).toEqual(['en', 'hi', 'tr']);
});

test.each([
  [
    'a fifth level',
    [
      {
        code: 'a',
        children: [{ code: 'b', children: [{ code: 'c', children: [{ code: 'd', children: [{ code: 'e' }] }] }] }],
      },
    ],
  ],
  ['a code that appears twice', [{ code: 'a' }, { code: 'b', children: [{ code: 'a' }] }]],
  [
    'a key that appears twice on a level',
    [
      { code: 'a', key: 1 },
      { code: 'b', key: 1 },
    ],
  ],
  ['a code with spaces', [{ code: 'call back' }]],
])('a tree with %s is refused', (_what, tree) => {
  expect(dispositionTreeSchema.safeParse(tree).success).toBe(false);
});

test.each([
  ['a path that is not there', { path: ['refuses', 'weather'] }, 'not_in_tree'],
  ['a branch instead of a choice', { path: ['refuses'] }, 'not_a_final_choice'],
  ['a missing note', { path: ['refuses', 'price'], notes: '  ' }, 'note_needed'],
  ['a missing callback, asked for by the branch above', { path: ['later', 'evening'] }, 'callback_needed'],
  [
    'a callback that the choice does not ask for',
    { path: ['refuses', 'price'], notes: 'n', callback: CALLBACK },
    'callback_not_allowed',
  ],
  [
    'a callback whose instant is not what the wall shows',
    { path: ['later', 'evening'], callback: { ...CALLBACK, at: '2026-07-01T10:00:00.000Z' } },
    'callback_time_wrong',
  ],
  [
    'a zone nobody knows',
    { path: ['later', 'evening'], callback: { ...CALLBACK, zone: 'Mars/Olympus' } },
    'callback_time_wrong',
  ],
  ['a missing amount, asked for by the branch above', { path: ['pays', 'in_parts'], notes: 'n' }, 'amount_needed'],
  ['a missing note beside the amount', { path: ['pays', 'in_parts'], amount: AMOUNT }, 'note_needed'],
  ['a missing scope of never-call-again', { path: ['dnc'] }, 'dnc_needed'],
] satisfies [string, Decision, string][])('%s is not saved', (_what, decision, reason) => {
  expect(refusalOf(TREE, decision)).toBe(reason);
});

test.each([
  [{ path: ['refuses', 'law', 'lawyer'] }],
  [{ path: ['later', 'evening'], callback: CALLBACK }],
  [{ path: ['dnc'], dnc: { scope: 'automated' } }],
  [{ path: ['pays', 'in_parts'], notes: 'n', amount: AMOUNT }],
  [{ path: ['refuses', 'law', 'lawyer'], amount: AMOUNT }],
  [{ path: ['refuses', 'price'], notes: 'too much', dnc: { scope: 'all' } }],
] satisfies [Decision][])('a complete decision is saved: %o', (decision) => {
  expect(refusalOf(TREE, decision)).toBeUndefined();
});

describe('words of platforms', () => {
  test('a choice goes out in the platform\u2019s own word where there is one, else as its code', () => {
    const nodes = nodesOf(TREE, ['refuses', 'law', 'lawyer']) ?? [];
    expect(wireValue(nodes, 'vinfer')).toBe('dispute');
    expect(wireValue(nodes, 'salpre')).toBe('lawyer');
  });

  test('a platform\u2019s word finds its place in the tree, however it is spelt', () => {
    expect(pathOf(TREE, 'dispute', 'vinfer')).toEqual(['refuses', 'law', 'lawyer']);
    expect(pathOf(TREE, 'DND', 'vinfer')).toEqual(['dnc']);
    expect(pathOf(TREE, 'Refuses', 'infer')).toEqual(['refuses']);
    expect(pathOf(TREE, 'sold', 'vinfer')).toBeUndefined();
  });
});

test('two spellings of the same outcome are no difference', () => {
  const said = (value: string) => ({ value: { value }, at: '2026-01-01T00:00:00.000Z', event: value });
  expect(differencesOf({ ai: said('callback'), platform: said('Callback-Requested') }, 'callback_requested')).toEqual(
    [],
  );
  expect(differencesOf({ platform: said('dispute'), agent: said('interested') })).toEqual([
    { between: 'platform_and_agent', agent: 'interested', other: 'dispute' },
  ]);
  expect(differencesOf({ ai: said('dispute') })).toEqual([]);
});

describe('the state after wrap-up', () => {
  function desk(initial: AgentState) {
    const applied: AgentState[] = [initial];
    const queued: AgentState[] = [];
    const next = new NextState({
      chosen: () => applied.at(-1) ?? 'available',
      apply: (state) => void applied.push(state),
      queued: (state) => void queued.push(state),
    });
    return { next, applied, queued };
  }

  test('is the one from before, when nothing else was chosen', () => {
    const { next, applied } = desk('busy');
    next.wrapUps(true);
    next.wrapUps(true);
    next.wrapUps(false);
    expect(applied).toEqual(['busy', 'wrapup', 'busy']);
  });

  test('a break stays a break, whatever ends meanwhile', () => {
    const { next, applied } = desk('break');
    next.wrapUps(true);
    expect(next.choose('available')).toBe(false);
    next.wrapUps(false);
    expect(applied).toEqual(['break']);
  });

  test('is what the agent chose last during it, and a choice never ends it', () => {
    const { next, applied, queued } = desk('available');
    next.wrapUps(true);
    expect(next.choose('offline')).toBe(true);
    expect(next.choose('break')).toBe(true);
    expect(next.next).toBe('break');
    expect(queued).toEqual(['offline', 'break']);
    expect(applied).toEqual(['available', 'wrapup']);
    next.wrapUps(false);
    expect(applied.at(-1)).toBe('break');
    expect(next.choose('available')).toBe(false);
  });
});
