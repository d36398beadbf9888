import { describe, expect, test } from 'vitest';
import {
  add,
  codeComplaint,
  codeFrom,
  complaintOf,
  countOf,
  move,
  placeOf,
  remove,
  replace,
} from '../../../src/renderer/workspace/settings/outcomes/tree-edits';
import { dispositionTreeSchema, type DispositionTree } from '../../../src/shared/contract/dispositions';

const TREE: DispositionTree = [
  { code: 'paid', children: [{ code: 'cash' }, { code: 'card', key: 9 }] },
  { code: 'dispute', key: 2 },
  { code: 'later' },
];
const codes = (tree: DispositionTree): unknown =>
  tree.map(({ code, children }) => (children === undefined ? code : [code, codes(children)]));

describe('a change of the tree', () => {
  test('moves a choice among its neighbours, on whatever level it stands, and not past the end', () => {
    expect(codes(move(TREE, 'later', -1))).toEqual([['paid', ['cash', 'card']], 'later', 'dispute']);
    expect(codes(move(TREE, 'cash', 1))).toEqual([['paid', ['card', 'cash']], 'dispute', 'later']);
    expect(codes(move(TREE, 'paid', -1))).toEqual(codes(TREE));
  });

  test('that takes the last choice below another makes that one a final choice again', () => {
    const one = remove(TREE, 'cash');
    expect(codes(one)).toEqual([['paid', ['card']], 'dispute', 'later']);
    expect(codes(remove(one, 'card'))).toEqual(['paid', 'dispute', 'later']);
    expect(dispositionTreeSchema.safeParse(remove(one, 'card')).success).toBe(true);
  });

  test('adds at the top, and below a choice that had none', () => {
    expect(codes(add(TREE, { code: 'new' }, null))).toEqual([['paid', ['cash', 'card']], 'dispute', 'later', 'new']);
    expect(codes(add(TREE, { code: 'new' }, 'later'))).toEqual([
      ['paid', ['cash', 'card']],
      'dispute',
      ['later', ['new']],
    ]);
  });

  test('replaces a choice and nothing beside it', () => {
    const next = replace(TREE, 'cash', { code: 'cash', needs_note: true });
    expect(placeOf(next, 'cash')).toMatchObject({ node: { needs_note: true }, index: 0, depth: 2 });
    expect(placeOf(next, 'card')?.node).toBe(placeOf(TREE, 'card')?.node);
  });

  test('counts what goes with a choice', () => {
    expect(countOf(placeOf(TREE, 'paid')!.node)).toBe(3);
  });
});

describe('what is wrong with a tree', () => {
  const deep: DispositionTree = [
    { code: 'a', children: [{ code: 'b', children: [{ code: 'c', children: [{ code: 'd' }] }] }] },
  ];
  test.each([
    ['a fifth level', add(deep, { code: 'e' }, 'd'), { what: 'too_deep' }],
    ['a code twice', add(TREE, { code: 'cash' }, 'later'), { what: 'code_twice', code: 'cash' }],
    [
      'a key twice on a level',
      replace(TREE, 'later', { code: 'later', key: 2 }),
      { what: 'key_twice', key: 2, code: 'dispute' },
    ],
    ['nothing in it', [], { what: 'nothing_left' }],
    ['41 on a level', Array.from({ length: 41 }, (_, n) => ({ code: `c${String(n)}` })), { what: 'level_full' }],
  ])('is said and refused by the settings, too: %s', (_what, tree, complaint) => {
    expect(complaintOf(tree)).toEqual(complaint);
    expect(dispositionTreeSchema.safeParse(tree).success).toBe(false);
  });

  test('nothing, where the same key stands on two levels', () => {
    expect(complaintOf(replace(TREE, 'cash', { code: 'cash', key: 2 }))).toBeUndefined();
  });
});

describe('the code of a new outcome', () => {
  test.each([
    ['Promised to pay!', 'promised_to_pay'],
    ['Şikâyeti var, ısrarlı', 'sikayeti_var_israrli'],
    ['रुचि है', 'outcome'],
    ['24', 'outcome'],
    ['Later', 'later_2'],
  ])('of %s is %s', (name, code) => {
    expect(codeFrom(name, TREE)).toBe(code);
    expect(codeComplaint(TREE, code)).toBeUndefined();
  });

  test('is refused where it has other letters, or is another’s', () => {
    expect(codeComplaint(TREE, 'Call back')).toEqual({ what: 'bad_code' });
    expect(codeComplaint(TREE, 'card')).toEqual({ what: 'code_twice', code: 'card' });
  });
});
