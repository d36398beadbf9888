import { expect, it } from 'vitest';
import { everyTrouble } from './runs';

// The long forms and each trouble alone: `npm run faults -- floor`.
it('a floor of three relays loses nothing, repeats nothing and has one winner per call whatever befalls it', async () => {
  const verdict = await everyTrouble({ seed: Date.now() % 1_000_000, long: false });
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
}, 400_000);
