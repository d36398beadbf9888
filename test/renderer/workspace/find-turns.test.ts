import { expect, test } from 'vitest';
import { findTurns } from '../../../src/renderer/workspace/calls/find-turns';
import { turns } from '../../../src/renderer/gallery/samples';

test('nothing searched for finds nothing in particular', () => {
  expect(findTurns(turns, '  ')).toBeNull();
});

test('case does not matter', () => {
  expect(findTurns(turns, 'MANAGER')?.map(({ key }) => key)).toEqual(['t6']);
});

test('accents match however they are stored', () => {
  const said = [{ ...turns[0]!, text: 'Café'.normalize('NFD') }];
  expect(findTurns(said, 'café'.normalize('NFC'))).toHaveLength(1);
});

test('what is not there is an empty list, not everything', () => {
  expect(findTurns(turns, 'zebra')).toEqual([]);
});
