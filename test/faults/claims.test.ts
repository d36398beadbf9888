import { expect, it } from 'vitest';
import { claims } from './claims';

it('gives every call one winner while agents race, links break and the relay is killed', async () => {
  expect(await claims({ seed: 1, long: false })).toMatchObject({ outcome: 'held', problems: [] });
}, 120_000);
