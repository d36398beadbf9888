import { expect, test } from 'vitest';
import { retryTimesOf } from '../../../src/main/outcomes/retry-times';
import type { DispositionTree } from '../../../src/shared/contract/dispositions';
import { relayDispositionSchema } from '../../../src/shared/contract/dispositions';

const tree: DispositionTree = [
  { code: 'not_reachable', labels: { en: 'Not reached' } },
  {
    code: 'promise',
    labels: { en: 'Promise' },
    children: [{ code: 'pays_friday', labels: { en: 'Friday' }, platform: { vinfer: 'PTP' } }],
  },
];

test('an outcome is looked up as the relay does: by the platform’s own word, then by its id', () => {
  expect(retryTimesOf([], tree, 'vinfer')).toEqual({});
  const named = [
    { id: 'not_reachable', retry_after_minutes: 240 },
    { id: 'later', platform: { vinfer: 'ptp' }, retry_after_minutes: 2880 },
    { id: 'promise' },
  ].map((one) => relayDispositionSchema.parse(one));
  expect(retryTimesOf(named, tree, 'vinfer')).toEqual({ not_reachable: 240, pays_friday: 2880 });
  expect(retryTimesOf(named, tree, 'infer')).toEqual({ not_reachable: 240 });
});
