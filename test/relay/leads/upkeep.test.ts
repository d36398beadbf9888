/** What the relay does with callbacks whose owner is not there. */
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { dialSettingsSchema } from '../../../src/relay/dialling/config';
import { createUpkeep, type Upkeep, type UpkeepDeps } from '../../../src/relay/leads/upkeep';
import { until } from '../../support/poll';

const NOW = 1_000_000;

let upkeep: Upkeep | undefined;
afterEach(() => upkeep?.stop());

/** Starts it and resolves with what it asked of the callbacks in its first rounds. */
async function asked(promises: object): Promise<string[]> {
  const seen: string[] = [];
  const [none, nobody] = [() => Promise.resolve(0), () => Promise.resolve([])];
  const deps: UpkeepDeps = {
    store: {
      holds: nobody,
      expireHold: () => Promise.resolve(false),
      wake: none,
      toScreen: nobody,
      screened: () => Promise.resolve(),
    },
    callbacks: {
      releaseLost: (now) => Promise.resolve(seen.push(`lost at ${now}`)),
      releaseAbsent: (now, graceMs) => Promise.resolve(seen.push(`absent at ${now}, ${graceMs} ms late`)),
    },
    promises: dialSettingsSchema.parse({ callbacks: promises }).callbacks,
    duty: { onDuty: () => true, shared: false },
    lists: { all: nobody, one: () => Promise.resolve(undefined), of: nobody, stale: () => undefined },
    verdicts: () => Promise.reject(new Error('nothing is looked through')),
    clock: { now: () => NOW, monotonic: () => performance.now() },
    log: pino({ level: 'silent' }),
    holdsEveryMs: 1,
  };
  upkeep = createUpkeep(deps);
  upkeep.start();
  await until('two rounds', () => seen.filter((one) => one.startsWith('lost')).length > 1);
  return [...new Set(seen)];
}

describe('a callback whose owner is away', () => {
  it('goes to the queue a quarter of an hour after its time', async () => {
    expect(await asked({})).toEqual([`lost at ${NOW}`, `absent at ${NOW}, 900000 ms late`]);
  });

  it('goes there after the time that the floor has chosen', async () => {
    expect(await asked({ grace_minutes: 2 })).toEqual([`lost at ${NOW}`, `absent at ${NOW}, 120000 ms late`]);
  });

  it('stays theirs where the floor wants to decide, unless they cannot be given it any more', async () => {
    expect(await asked({ owner_away: 'keep' })).toEqual([`lost at ${NOW}`]);
  });
});
