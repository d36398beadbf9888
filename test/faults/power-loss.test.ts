import { expect, it } from 'vitest';
import { powerLoss } from './power-loss';

it('loses no acknowledged webhook when everything that was not synced is gone', async ({ skip }) => {
  const verdict = await powerLoss({ seed: 1, long: false });
  if (verdict.outcome === 'skipped') skip(verdict.problems.join());
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
}, 120_000);
