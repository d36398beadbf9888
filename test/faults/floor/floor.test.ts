import { expect, it } from 'vitest';
import { FLOOR_RUNS } from './runs';

// Every other trouble, and the long forms: `npm run faults -- floor`.
it('loses nothing, shows nothing twice and has one winner per call when relays of a floor are killed', async () => {
  const verdict = await FLOOR_RUNS['relays are killed']?.({ seed: Date.now() % 1_000_000, long: false });
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
}, 240_000);
