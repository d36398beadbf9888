/** What the relay does with holds that nobody renews, and with callbacks whose owner is not there. */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialSettingsSchema } from '../../../src/relay/dialling/config';
import type { HoldRow } from '../../../src/relay/leads/port';
import { createUpkeep, type Upkeep, type UpkeepDeps } from '../../../src/relay/leads/upkeep';
import { until } from '../../support/poll';

const NOW = 1_000_000;

let upkeep: Upkeep | undefined;
afterEach(() => upkeep?.stop());

const [none, nobody] = [() => Promise.resolve(0), () => Promise.resolve([])];

function depsOf(more: Pick<UpkeepDeps, 'callbacks'> & Partial<UpkeepDeps>, promises: object = {}): UpkeepDeps {
  return {
    store: {
      holds: nobody,
      holdsInCall: nobody,
      expireHold: () => Promise.resolve(false),
      wake: none,
      toScreen: nobody,
      screened: () => Promise.resolve(),
    },
    promises: dialSettingsSchema.parse({ callbacks: promises }).callbacks,
    duty: { onDuty: () => true, shared: false },
    lists: { all: nobody, one: () => Promise.resolve(undefined), of: nobody, stale: () => undefined },
    verdicts: () => Promise.reject(new Error('nothing is looked through')),
    clock: { now: () => NOW, monotonic: () => performance.now() },
    log: pino({ level: 'silent' }),
    holdsEveryMs: 1,
    ...more,
  };
}

/** Starts it and resolves with what it asked of the callbacks in its first rounds. */
async function asked(promises: object): Promise<string[]> {
  const seen: string[] = [];
  const callbacks: UpkeepDeps['callbacks'] = {
    releaseLost: (now) => Promise.resolve(seen.push(`lost at ${now}`)),
    releaseAbsent: (now, graceMs) => Promise.resolve(seen.push(`absent at ${now}, ${graceMs} ms late`)),
  };
  upkeep = createUpkeep(depsOf({ callbacks }, promises));
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

describe('a lead whose agent renews nothing', () => {
  const MINUTE = 60_000;
  const hold: HoldRow = {
    ...{ id: 'h1', lead: 1, list: 1, agent: { id: 'asha', name: 'Asha Rao' }, since: 0, renewed: 0, renewals: 3 },
    ...{ phase: 'calling', why: 'age', attempt: 'a1', call: 'test:1' },
  };
  let now = 0;
  let rounds = 0;
  let inCall = false;
  let expired: number[] = [];

  /** Goes on by a time, and waits until the holds were looked at since. */
  const later = async (ms: number) => {
    now += ms;
    const from = rounds;
    await until('two rounds', () => rounds >= from + 2);
  };

  beforeEach(() => {
    [now, rounds, inCall, expired] = [0, 0, false, []];
    const deps = depsOf({
      callbacks: { releaseLost: none, releaseAbsent: none },
      clock: { now: () => NOW + now, monotonic: () => now },
    });
    upkeep = createUpkeep({
      ...deps,
      store: {
        ...deps.store,
        holds: () => {
          rounds += 1;
          return Promise.resolve(expired.length === 0 ? [hold] : []);
        },
        holdsInCall: () => Promise.resolve(inCall ? [hold.id] : []),
        expireHold: () => Promise.resolve(expired.push(now) > 0),
      },
    });
    upkeep.start();
  });

  it('keeps it as long as its call goes on, and five minutes more', async () => {
    inCall = true;
    for (let minute = 0; minute < 25; minute += 5) await later(5 * MINUTE);
    expect(expired).toEqual([]);
    inCall = false;
    await later(4 * MINUTE);
    expect(expired).toEqual([]);
    await later(MINUTE);
    await until('the end of the hold', () => expired.length > 0);
    expect(expired).toEqual([30 * MINUTE]);
  });

  it('loses it after five minutes without a call', async () => {
    await later(4 * MINUTE);
    expect(expired).toEqual([]);
    await later(MINUTE);
    await until('the end of the hold', () => expired.length > 0);
  });
});
