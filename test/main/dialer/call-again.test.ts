/** A second attempt beside one that may be ringing is one decision of one person, and one call. */
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dialer } from '../../../src/main/dialer/dialer';
import { temporaryFolder, testJournal } from '../journal/built';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { ManualScheduler } from '../support/manual-scheduler';
import { AT, MOBILE } from './samples';

const CALL = 'POST /v1/calls';
const started = { call: 'vinfer:c1', platform: 'vinfer', started_at: AT };

let rest: FakeRest;
let journal: Awaited<ReturnType<typeof testJournal>>;
let dialer: Dialer;
let rings: number;

beforeEach(async () => {
  rest = fakeRest({ [CALL]: { no: 'no_answer' } });
  journal = await testJournal({ path: path.join(temporaryFolder(), 'journal.db') });
  rings = 0;
  dialer = new Dialer({
    ...{ rest, journal, scheduler: new ManualScheduler(Date.parse(AT)), newId: () => crypto.randomUUID() },
    ...{ call: () => undefined, calls: () => [], view: () => never(), wrapUp: () => 'none' as const, me: () => 'asha' },
    ...{ goesOn: () => false, hindrance: () => undefined, idleSeconds: () => 0, stopWork: () => undefined },
    owner: () => 'team/asha',
    blocked: () => Promise.resolve(null),
    history: () => ({ state: 'loading' }),
    wantHistory: () => undefined,
    local: (instant) => Date.parse(instant),
    relayTime: (local) => local,
    phone: (raw) => ({ raw }),
    label: (platform) => platform,
    changed: () => undefined,
    failed: () => undefined,
  });
  await dialer.dials.ask({ body: { phone: MOBILE }, name: 'Priya' });
  rest.answers.set(CALL, () => {
    rings += 1;
    return { ok: started };
  });
});
afterEach(async () => {
  dialer.stop();
  await journal.close();
});

const unclear = () => dialer.dials.views[0]?.id ?? '';

test('two clicks before anything answered ring once', async () => {
  const id = unclear();
  const [first, second] = await Promise.all([dialer.callAgain(id), dialer.callAgain(id)]);
  expect([first, second]).toEqual([{ ok: true }, { ok: false, reason: 'dial_open' }]);
  expect(rings).toBe(1);
  expect(await dialer.callAgain(id)).toEqual({ ok: false, reason: 'not_found' });
  expect(rings).toBe(1);
});

test('a wish whose call was found meanwhile is not asked for again', async () => {
  const id = unclear();
  dialer.dials.dismiss(id);
  expect(await dialer.callAgain(id)).toEqual({ ok: false, reason: 'not_found' });
  await dialer.dials.ask({ body: { phone: MOBILE }, name: 'Priya' });
  const made = unclear();
  expect(await dialer.callAgain(made)).toEqual({ ok: false, reason: 'not_found' });
  expect(rings).toBe(1);
});

function never(): never {
  throw new Error('no call is shown');
}
