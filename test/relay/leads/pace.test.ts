/** How many rows an import stores at a time: many while that is quick, few as soon as it takes long. */
import { expect, it } from 'vitest';
import { createPace } from '../../../src/relay/leads/import/pace';

/** Rows of the next portion after portions that took so long, ms. */
async function after(...times: number[]): Promise<number> {
  let now = 0;
  const pace = createPace({ monotonic: () => now });
  for (const took of times) {
    await pace.portion(() => {
      now += took;
      return Promise.resolve();
    });
  }
  return pace.rows;
}

it('takes more rows while they are quick, doubling at most', async () => {
  expect(await after(1)).toBe(2_000);
  expect(await after(1, 1, 1, 1)).toBe(4_000);
});

it('takes fewer as soon as they are slow, but goes on', async () => {
  expect(await after(45)).toBe(667);
  expect(await after(10_000)).toBe(500);
});
