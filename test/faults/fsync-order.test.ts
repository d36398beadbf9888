import { expect, it } from 'vitest';
import { fsyncOrder } from './fsync-order';

it('lets no 200 leave before the sync that covers its row', async ({ skip }) => {
  const verdict = await fsyncOrder({ seed: 1, long: false });
  if (verdict.outcome === 'skipped') skip(verdict.problems.join());
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
}, 120_000);
