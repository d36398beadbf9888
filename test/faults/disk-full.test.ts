import { expect, it } from 'vitest';
import { diskFull } from './disk-full';

it('refuses while the disk is full, loses nothing, and recovers by itself', async ({ skip }) => {
  const verdict = await diskFull({ seed: 1, long: false });
  if (verdict.outcome === 'skipped') skip(verdict.problems.join());
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
}, 120_000);
