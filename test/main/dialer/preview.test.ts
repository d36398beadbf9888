import { beforeEach, describe, expect, test } from 'vitest';
import { Preview } from '../../../src/main/dialer/preview';
import type { PreviewView } from '../../../src/shared/contract/dialer-views';
import { fakeRest, type FakeRest } from '../support/fake-rest';
import { ManualScheduler, settled } from '../support/manual-scheduler';
import { answer, AT, lead, MOBILE, OFFICE, opened, shown } from './samples';

const NEXT = 'POST /v1/leads/next';
const RENEW = 'POST /v1/leads/lead_1/renew';
const READ = 'GET /v1/leads/lead_1';
const MINUTE = 60_000;
const renewed = { ok: { hold: opened().hold, lease_s: 300 } };

let rest: FakeRest;
let scheduler: ManualScheduler;
let preview: Preview;
let idle: number;
let blocked: Map<string, string>;
const faults: string[] = [];

beforeEach(() => {
  rest = fakeRest({ [NEXT]: { ok: { next: opened(), nothing: null } }, [RENEW]: renewed, [READ]: { ok: shown() } });
  scheduler = new ManualScheduler(Date.parse(AT));
  idle = 0;
  blocked = new Map();
  preview = new Preview({
    rest,
    scheduler,
    idleSeconds: () => idle,
    owner: () => 'team/asha',
    blocked: (phone) => Promise.resolve(blocked.get(phone) ?? null),
    wantHistory: () => undefined,
    history: () => ({ state: 'loading' }),
    local: (instant) => Date.parse(instant),
    phone: (raw) => ({ raw }),
    label: (platform) => platform,
    changed: () => undefined,
    failed: (what) => faults.push(what),
  });
});

type Open = Extract<PreviewView, { state: 'open' }>;
const open = () => preview.view as Open;
const verdictOf = (phone: string) => open().lead.numbers.find(({ e164 }) => e164 === phone)?.verdict;
const asked = (to: string) => rest.heard.filter((one) => one.to === to).length;

/** Time passes with everything that answers in between. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 10_000) {
    scheduler.advance(Math.min(left, 10_000));
    await settled();
    await settled();
  }
}

test('the next lead is shown with every number, its verdict and the time there', async () => {
  expect(await preview.next()).toBeUndefined();
  expect(open()).toMatchObject({ lease: { state: 'held' }, lead: { id: 'lead_1', chosen: MOBILE, why: 'priority' } });
  expect(verdictOf(MOBILE)).toMatchObject({ state: 'allowed', lines: [{ rule: 'in.hours', reason: 'within_hours' }] });
  expect(verdictOf(OFFICE)).toMatchObject({ state: 'blocked', next: { at: Date.parse('2026-03-03T04:30:00Z') } });
});

test('the segment of a lead is shown, where the relay tells of one', async () => {
  await preview.next();
  expect(open().lead).not.toHaveProperty('segment');
  preview.leave();
  rest.answers.set(NEXT, { ok: { next: opened({ lead: { ...lead, segment: 'Gold' } }), nothing: null } });
  await preview.next();
  expect(open().lead.segment).toBe('Gold');
});

test('why there is no lead, and when there will be one, is told; an outage is told as itself', async () => {
  rest.answers.set(NEXT, {
    ok: { next: null, nothing: { reason: 'later', next_at: '2026-03-03T03:30:00.000Z', retry_after_s: 60 } },
  });
  await preview.next();
  expect(preview.view).toEqual({ state: 'nothing', why: 'later', next_at: Date.parse('2026-03-03T03:30:00Z') });
  rest.answers.set(NEXT, { no: 'offline' });
  expect(await preview.next()).toBe('offline');
  expect(preview.view).toEqual({ state: 'failed', reason: 'offline' });
});

test('leads that are only being sorted are asked for again by themselves', async () => {
  const nothing = { reason: 'sorting', next_at: null, retry_after_s: 1 };
  rest.answers.set(NEXT, { ok: { next: null, nothing } });
  await preview.next();
  rest.answers.set(NEXT, { ok: { next: opened(), nothing: null } });
  await pass(2_000);
  expect(preview.view.state).toBe('open');
});

describe('the verdict', () => {
  test('is asked anew with every minute while the lead is open: a window that closes is seen before the click', async () => {
    await preview.next();
    rest.answers.set(READ, {
      ok: shown({
        dial: [
          { phone: MOBILE, answer: answer(MOBILE, 'blocked') },
          { phone: OFFICE, answer: null },
        ],
      }),
    });
    await pass(MINUTE + 1_000);
    expect(verdictOf(MOBILE)).toMatchObject({ state: 'blocked', lines: [{ reason: 'outside_hours' }] });
  });

  test('of a minute ago permits nothing when the relay cannot be asked', async () => {
    await preview.next();
    rest.answers.set(READ, { no: 'no_answer' });
    await preview.recheck();
    expect(verdictOf(MOBILE)).toEqual({ state: 'unknown', reason: 'no_answer' });
    // And is asked again soon, not only with the next minute.
    rest.answers.set(READ, { ok: shown() });
    await pass(6_000);
    expect(verdictOf(MOBILE)).toMatchObject({ state: 'allowed' });
  });

  test('of this desk’s own do-not-call comes before the relay’s', async () => {
    await preview.next();
    blocked.set(MOBILE, 'automated');
    await preview.recheck();
    expect(verdictOf(MOBILE)).toEqual({ state: 'local', scope: 'automated' });
    expect(verdictOf(OFFICE)).toMatchObject({ state: 'blocked' });
  });

  test('is not asked for any more once the lead has left', async () => {
    await preview.next();
    preview.leave();
    const before = asked(READ);
    await pass(5 * MINUTE);
    expect(asked(READ)).toBe(before);
    expect(preview.view).toEqual({ state: 'none' });
  });
});

describe('the lease', () => {
  test('is renewed at a third of its length for as long as somebody is at the desk', async () => {
    await preview.next();
    await pass(20 * MINUTE);
    expect(open().lease).toEqual({ state: 'held' });
    expect(asked(RENEW)).toBeGreaterThanOrEqual(11);
    expect(rest.heard.find(({ to }) => to === RENEW)?.body).toEqual({ hold: 'hold_1' });
  });

  test('ends five minutes after the last input, and the lead says why', async () => {
    await preview.next();
    idle = 3_600;
    await pass(5 * MINUTE + 1_000);
    expect(open().lease).toEqual({ state: 'lost', why: 'idle' });
    expect(asked(RENEW)).toBe(0);
  });

  test('that the relay could not be told of in time counts as lost, not as held', async () => {
    await preview.next();
    rest.answers.set(RENEW, { no: 'no_answer' });
    await pass(4 * MINUTE);
    expect(open().lease).toEqual({ state: 'held' });
    await pass(MINUTE + 1_000);
    expect(open().lease).toEqual({ state: 'lost', why: 'unreachable' });
  });

  test('that somebody else has is lost with the next renewal', async () => {
    await preview.next();
    rest.answers.set(RENEW, { no: 'not_held' });
    await pass(2 * MINUTE);
    expect(open().lease).toEqual({ state: 'lost', why: 'taken' });
  });

  test('survives an outage that is shorter than what is left of it', async () => {
    await preview.next();
    rest.answers.set(RENEW, { no: 'offline' });
    await pass(2 * MINUTE);
    rest.answers.set(RENEW, renewed);
    await pass(10 * MINUTE);
    expect(open().lease).toEqual({ state: 'held' });
  });
});

test('only a number of this lead can be chosen', async () => {
  await preview.next();
  expect(preview.choose(OFFICE)).toBe(true);
  expect(open().lead.chosen).toBe(OFFICE);
  expect(preview.choose('+15550000000')).toBe(false);
  expect(lead.phones).toHaveLength(2);
});

test('a fault of this desk’s own list blocks: it may hide a request never to be called', async () => {
  preview = new Preview({
    owner: () => 'team/asha',
    ...{ rest, scheduler, idleSeconds: () => 0, wantHistory: () => undefined, changed: () => undefined },
    blocked: () => Promise.reject(new Error('disk')),
    history: () => ({ state: 'loading' }),
    local: (instant) => Date.parse(instant),
    phone: (raw) => ({ raw }),
    label: (platform) => platform,
    failed: (what) => faults.push(what),
  });
  await preview.next();
  expect(verdictOf(MOBILE)).toEqual({ state: 'local', scope: 'all' });
  expect(faults).toContain('dialer.blocked');
});
