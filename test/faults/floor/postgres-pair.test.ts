import { afterEach, expect, it } from 'vitest';
import { PostgresPair } from '../../support/postgres/pair';

let pair: PostgresPair | undefined;
afterEach(() => pair?.stop());

const inFloor = (pair: PostgresPair) => pair.url([pair.primary.port]);

it('keeps what was committed through a failover, on a standby that is built anew, and through another failover', async () => {
  pair = await PostgresPair.start({ synchronous: true });
  await pair.primary.run('CREATE TABLE kept (n INTEGER)', inFloor(pair));
  for (const n of [1, 2]) {
    await pair.primary.run(`INSERT INTO kept VALUES (${n})`, inFloor(pair));
    await pair.failOver();
    await pair.rebuild();
  }
  expect(await pair.primary.run('SELECT n FROM kept ORDER BY n', inFloor(pair))).toEqual([{ n: 1 }, { n: 2 }]);
}, 120_000);
