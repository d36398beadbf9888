/** What a list's timer does to the lead that is read, and when it stands still. */
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Dialer } from '../../../src/main/dialer/dialer';
import { hindranceOf, type Hindrance } from '../../../src/main/dialer/preview-timer';
import type { PreviewTimerView } from '../../../src/shared/contract/dialer-views';
import type { OpenedLead, PreviewTimer } from '../../../src/shared/contract/leads';
import { temporaryFolder, testJournal } from '../journal/built';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { ManualScheduler } from '../support/manual-scheduler';
import { until } from '../../support/poll';
import { answer, AT, lead, MOBILE, opened, shown } from './samples';

const SKIP = 'POST /v1/leads/lead_1/skip';
const NEXT = 'POST /v1/leads/next';
const CALL = 'POST /v1/calls';
const started = { call: 'vinfer:c1', platform: 'vinfer', started_at: AT };
const skipped = { lead: 'lead_1', state: 'later', repeated: false, not_before: null };

let rest: FakeRest;
let scheduler: ManualScheduler;
let hindrance: Hindrance | undefined;
let idle: number;
let goesOn: boolean;
let stopped: number;
let journal: Awaited<ReturnType<typeof testJournal>>;

beforeAll(async () => {
  journal = await testJournal({ path: path.join(temporaryFolder(), 'journal.db') });
});
afterAll(() => journal.close());

beforeEach(() => {
  scheduler = new ManualScheduler(Date.parse(AT));
  hindrance = undefined;
  idle = 0;
  goesOn = false;
  stopped = 0;
});

const timed = (preview: PreviewTimer, more: Partial<OpenedLead['lead']> = {}) =>
  opened({ lead: { ...lead, ...more, list: { ...lead.list, preview } } });

/** A dialer with the lead in hand and before the agent's eyes. */
async function reading(preview: PreviewTimer, more?: Partial<OpenedLead['lead']>): Promise<Dialer> {
  rest = fakeRest({
    [NEXT]: { ok: { next: timed(preview, more), nothing: null } },
    'GET /v1/leads/lead_1': { ok: shown() },
    'POST /v1/leads/lead_1/renew': { ok: { hold: opened().hold, lease_s: 300 } },
    'POST /v1/leads/lead_1/release': { ok: { ...skipped, state: 'ready' } },
    [SKIP]: { ok: skipped },
    [CALL]: { ok: started },
  });
  const dialer = new Dialer({
    ...{ rest, scheduler, journal, newId: () => crypto.randomUUID(), me: () => 'asha' },
    ...{ call: () => undefined, calls: () => [], view: () => never(), wrapUp: () => 'none' as const },
    ...{ goesOn: () => goesOn, hindrance: () => hindrance, idleSeconds: () => idle, stopWork: () => (stopped += 1) },
    owner: () => 'team/asha',
    blocked: () => Promise.resolve(null),
    history: () => ({ state: 'loading' }),
    wantHistory: () => undefined,
    local: (instant) => Date.parse(instant),
    relayTime: (local) => local,
    phone: (raw) => ({ raw }),
    label: (platform) => platform,
    changed: () => undefined,
    failed: (what, cause) => expect.fail(`${what}: ${String(cause)}`),
  });
  expect(await dialer.next()).toEqual({ ok: true });
  dialer.timer.seen('lead_1', 'read');
  return dialer;
}
const asha = { id: 'asha', name: 'Asha Rao' };
const promised: OpenedLead['lead']['callback'] = {
  ...{ id: 'cb_1', state: 'due', at: AT, zone: null, wall_time: null, remind_at: AT, owner: asha, released: null },
  ...{ name: null, phone: MOBILE, lead: 'lead_1', list: null, call: null, purpose: 'service', note: null },
  ...{ booked_by: asha, booked_at: AT, deferred: 0, held_by: null, done: null },
};
function never(): never {
  throw new Error('no call is shown here');
}

const timer = ({ view }: Dialer): PreviewTimerView | undefined =>
  view.preview.state === 'open' ? view.preview.timer : undefined;
const asked = (to: string) => rest.heard.filter((one) => one.to === to);

test('a list without a timer lets a lead be read for as long as it takes', async () => {
  const dialer = await reading({ seconds: 0, action: 'dial' });
  expect(timer(dialer)).toBeUndefined();
  scheduler.advance(120_000);
  expect(asked(CALL)).toEqual([]);
});

test('the time that is left is told, and at its end the lead is skipped with the timer as the reason', async () => {
  goesOn = true;
  const dialer = await reading({ seconds: 20, action: 'skip' });
  expect(timer(dialer)).toEqual({ state: 'running', action: 'skip', extensions: 3, ends_at: scheduler.now() + 20_000 });
  scheduler.advance(19_999);
  expect(asked(SKIP)).toEqual([]);
  scheduler.advance(1);
  expect(timer(dialer)).toMatchObject({ state: 'over' });
  await until('the next lead', () => Promise.resolve(asked(NEXT).length === 2));
  expect(asked(SKIP)).toMatchObject([{ body: { reason: 'timer', hold: 'hold_1' } }]);
});

test('no lead after lead is skipped at a desk where nobody touches anything', async () => {
  goesOn = true;
  idle = 60;
  const dialer = await reading({ seconds: 20, action: 'skip' });
  scheduler.advance(20_000);
  await until('it to be gone', () => Promise.resolve(dialer.view.preview.state === 'none'));
  expect(asked(NEXT)).toHaveLength(1);
});

test('back to its list means for others: the next one is asked for by the agent', async () => {
  goesOn = true;
  const dialer = await reading({ seconds: 20, action: 'requeue' });
  scheduler.advance(20_000);
  await until('it to be gone', () => Promise.resolve(dialer.view.preview.state === 'none'));
  expect(asked('POST /v1/leads/lead_1/release')).toMatchObject([{ body: { reason: 'timer' } }]);
  expect(asked(NEXT)).toHaveLength(1);
});

test('stopping sets the agent aside, once, and leaves the lead to be read', async () => {
  const dialer = await reading({ seconds: 20, action: 'stop' });
  scheduler.advance(60_000);
  expect(stopped).toBe(1);
  expect(timer(dialer)).toMatchObject({ state: 'over', action: 'stop' });
  expect(dialer.view.preview.state).toBe('open');
});

describe('a call that it starts', () => {
  test('goes the way of the click, and says that nobody clicked', async () => {
    const dialer = await reading({ seconds: 20, action: 'dial' });
    scheduler.advance(20_000);
    await until('the call', () => Promise.resolve(dialer.view.calls.length === 1));
    expect(asked(CALL)).toMatchObject([{ body: { phone: MOBILE, lead: 'lead_1', trigger: 'auto_dial' } }]);
  });

  test('that the relay refuses is not tried again, and the lead says why', async () => {
    const dialer = await reading({ seconds: 20, action: 'dial' });
    const dial = [{ phone: MOBILE, answer: answer(MOBILE, 'blocked') }];
    rest.answers.set(CALL, { no: 'dial_blocked', problem: { dial: dial[0]?.answer } });
    rest.answers.set('GET /v1/leads/lead_1', { ok: shown({ dial }) });
    scheduler.advance(20_000);
    await until('the reason', () => Promise.resolve(timer(dialer)?.state === 'over' && 'reason' in timer(dialer)!));
    expect(timer(dialer)).toMatchObject({ state: 'over', reason: 'dial_blocked' });
    scheduler.advance(120_000);
    expect(asked(CALL)).toHaveLength(1);
    expect(dialer.view.preview).toMatchObject({ lead: { numbers: [{ verdict: { state: 'blocked' } }, {}] } });
  });

  test('that the rules allow a person only leaves the lead to be called', async () => {
    const dialer = await reading({ seconds: 20, action: 'dial' });
    rest.answers.set(CALL, { no: 'dial_blocked', problem: { dial: answer(MOBILE, 'blocked') } });
    scheduler.advance(20_000);
    await until('the reason', () => Promise.resolve(timer(dialer)?.state === 'over' && 'reason' in timer(dialer)!));
    expect(timer(dialer)).toMatchObject({ state: 'over', reason: 'timer_forbidden' });
    expect(dialer.view.preview).toMatchObject({ lead: { numbers: [{ verdict: { state: 'allowed' } }, {}] } });
  });

  test('and the click never both ring', async () => {
    const dialer = await reading({ seconds: 20, action: 'dial' });
    const click = dialer.call('lead_1', MOBILE);
    scheduler.advance(20_000);
    expect(await click).toEqual({ ok: true });
    expect(asked(CALL)).toMatchObject([{ body: { trigger: 'click' } }]);
  });

  test('is never one that was promised back', async () => {
    const dialer = await reading({ seconds: 20, action: 'dial' }, { callback: promised });
    expect(timer(dialer)).toBeUndefined();
  });
});

describe('it stands still', () => {
  test.each(['offline', 'away', 'busy', 'wrap_up'] as const)('while the agent is %s', async (why) => {
    const dialer = await reading({ seconds: 20, action: 'skip' });
    scheduler.advance(5_000);
    hindrance = why;
    dialer.changed();
    scheduler.advance(600_000);
    expect(timer(dialer)).toMatchObject({ state: 'paused', why, left_ms: 15_000 });
    hindrance = undefined;
    dialer.changed();
    expect(timer(dialer)).toMatchObject({ state: 'running', ends_at: scheduler.now() + 15_000 });
  });

  test.each(['dialog', 'hidden'] as const)('while the lead is behind: %s', async (sight) => {
    const dialer = await reading({ seconds: 20, action: 'dial' });
    dialer.timer.seen('lead_1', sight);
    scheduler.advance(60_000);
    expect(timer(dialer)).toMatchObject({ state: 'paused', why: sight, left_ms: 20_000 });
    expect(asked(CALL)).toEqual([]);
  });

  test('when the computer slept and nobody has said so yet', async () => {
    const dialer = await reading({ seconds: 20, action: 'dial' });
    hindrance = 'offline';
    scheduler.advance(20_000);
    expect(timer(dialer)).toMatchObject({ state: 'paused', why: 'offline', left_ms: 0 });
    expect(asked(CALL)).toEqual([]);
  });
});

test('it can be extended by its own length, three times', async () => {
  const dialer = await reading({ seconds: 20, action: 'skip' });
  scheduler.advance(15_000);
  expect(dialer.timer.extend('lead_1')).toBeUndefined();
  expect(timer(dialer)).toMatchObject({ ends_at: scheduler.now() + 25_000, extensions: 2 });
  dialer.timer.extend('lead_1');
  dialer.timer.extend('lead_1');
  expect(dialer.timer.extend('lead_1')).toBe('no_extension_left');
  expect(dialer.timer.extend('lead_2')).toBe('no_time_limit');
});

test.each([
  [false, 'available', false, 'offline'],
  [true, 'available', false, undefined],
  [true, 'available', true, 'busy'],
  [true, 'busy', false, 'busy'],
  [true, 'wrapup', false, 'wrap_up'],
  [true, 'break', false, 'away'],
  [true, 'offline', false, 'away'],
] as const)('connected: %s, %s, on a call: %s — %s', (live, state, onCall, why) => {
  expect(hindranceOf(live, state, onCall)).toBe(why);
});
