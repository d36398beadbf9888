import { expect, it } from 'vitest';
import { fsyncError } from './fsync-error';

it('acknowledges nothing while fsync fails', async ({ skip }) => {
  const verdict = await fsyncError({ seed: 1, long: false });
  if (verdict.outcome === 'skipped') skip(verdict.problems.join());
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
}, 120_000);
