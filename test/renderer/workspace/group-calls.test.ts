import { expect, test } from 'vitest';
import { groupCalls, HEAD_HEIGHT, ROW_HEIGHT } from '../../../src/renderer/workspace/calls/group-calls';
import { rows } from '../../../src/renderer/gallery/samples';

test('groups come in the order in which they need the agent, empty ones left out', () => {
  const groups = groupCalls(rows.filter((row) => row.group !== 'wrapup'));
  expect(groups.map(({ group }) => group)).toEqual(['waiting', 'live', 'missed', 'ended']);
});

test('waiting is there even when nobody waits', () => {
  expect(groupCalls([])).toEqual([{ group: 'waiting', rows: [], start: 0 }]);
});

test('who has waited longest comes first; elsewhere the newest does', () => {
  const groups = groupCalls(rows);
  const names = (wanted: string) => groups.find(({ group }) => group === wanted)?.rows.map(({ call }) => call);
  expect(names('waiting')).toEqual(['infer:w2', 'vinfer:w1']);
  expect(names('missed')).toEqual(['vinfer:m1', 'salpre:m2']);
});

test('each group begins where the one before ends', () => {
  const [waiting, live] = groupCalls(rows);
  expect(waiting?.start).toBe(0);
  expect(live?.start).toBe(HEAD_HEIGHT + 2 * ROW_HEIGHT);
});
