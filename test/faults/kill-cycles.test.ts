import { expect, it } from 'vitest';
import { killCycles } from './kill-cycles';

it('loses no acknowledged webhook and keeps none twice when it is killed at random moments', async () => {
  expect(await killCycles({ seed: 1, long: false })).toMatchObject({ outcome: 'held', problems: [] });
}, 120_000);
