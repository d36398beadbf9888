import { describe, expect, it } from 'vitest';
import { DeskChecks, isCheckCall, type DeskCheckOptions } from '../../../src/main/desk-check/desk-check';
import type { CheckAnswer } from '../../../src/shared/contract/relay-check';
import { until } from '../../support/poll';
import { ManualScheduler } from '../support/manual-scheduler';

const ANSWER: CheckAnswer = {
  call: 'vinfer:check-7',
  platform: 'vinfer',
  hops: [{ hop: 'webhook', ok: true, ms: 3 }],
  platforms: [{ platform: 'vinfer', label: 'VInfer', trust: 'signed' }],
};

function make(more: Partial<DeskCheckOptions> = {}) {
  const scheduler = new ManualScheduler(1_000_000);
  const did: string[] = [];
  const checks = new DeskChecks({
    scheduler,
    newId: () => '7',
    begin: () => Promise.resolve(ANSWER),
    end: (call) => Promise.resolve(did.push(`end ${call}`) > 0),
    live: () => true,
    ahead: () => 0,
    tour: () => Promise.resolve([{ name: 'DP-1', shown: true }]),
    surrounding: () =>
      Promise.resolve({
        notifications: { wanted: true, answer: true },
        doNotDisturb: 'off',
        tray: true,
        shortcut: true,
        sleepsAfter: 'never',
        keychain: true,
      }),
    expect: (suffix) => did.push(`expect ${String(suffix)}`),
    dismiss: (call) => did.push(`dismiss ${call}`),
    facts: () => ({ version: '1', system: 'test' }),
    ...more,
  });
  return { scheduler, did, checks };
}
const gradesOf = (results: readonly { item: string; grade: string }[]) =>
  results.map(({ item, grade }) => `${item} ${grade}`);

describe('a call of a desk check', () => {
  it('is told by its id, and no customer’s call is taken for one', () => {
    expect(isCheckCall('vinfer:check-5f0d7c1a-2b1e-4a1f-9d43-1f3f5b6c7d8e')).toBe(true);
    expect(isCheckCall('vinfer:check-in-desk-42')).toBe(false);
    expect(isCheckCall('vinfer:call_4a9e1f7b2c3d')).toBe(false);
  });
});

describe('the desk check', () => {
  it('measures the test call from the relay to the painted window, tours the displays, and ends the call', async () => {
    const { checks, scheduler, did } = make();
    const running = checks.run();
    checks.heard('vinfer:somebody', scheduler.now());
    scheduler.advance(40);
    checks.heard('vinfer:check-7', scheduler.now() - 40);
    scheduler.advance(10);
    checks.painted('vinfer:check-7', scheduler.now());
    const { results } = await running;
    expect(results).toContainEqual({ item: 'delay', grade: 'good', why: 'quick', n: 40 });
    expect(results).toContainEqual({ item: 'paint', grade: 'good', why: 'quick', n: 10 });
    expect(results).toContainEqual({ item: 'display', grade: 'good', why: 'shown', of: 'DP-1' });
    expect(results.every(({ grade }) => grade === 'good')).toBe(true);
    expect(did).toEqual(['expect check-7', 'dismiss vinfer:check-7', 'end vinfer:check-7', 'expect null']);
  });

  it('hears the call even when it is quicker than the relay’s answer', async () => {
    let answer: (value: CheckAnswer) => void = () => undefined;
    const { checks, scheduler } = make({ begin: () => new Promise((resolve) => (answer = resolve)) });
    const running = checks.run();
    checks.heard('vinfer:check-7', scheduler.now());
    checks.painted('vinfer:check-7', scheduler.now());
    answer(ANSWER);
    expect(gradesOf((await running).results)).toContain('paint good');
  });

  it('ends by itself when the call never comes, and says so', async () => {
    const { checks, scheduler, did } = make();
    const running = checks.run();
    let done = false;
    void running.then(() => (done = true));
    await until('the end', () => {
      scheduler.advance(1_000);
      return done;
    });
    expect(gradesOf((await running).results)).toContain('delay bad');
    expect(did).toContain('end vinfer:check-7');
  });

  it('without a relay grades everything else', async () => {
    const { checks } = make({ live: () => false });
    const { results } = await checks.run();
    expect(gradesOf(results).slice(0, 2)).toEqual(['link bad', 'notifications good']);
  });

  it('a relay that knows no desk check is told as such', async () => {
    const { checks, did } = make({ begin: () => Promise.resolve(undefined) });
    expect((await checks.run()).results).toContainEqual({ item: 'signature', grade: 'bad', why: 'no_answer' });
    expect(did).toEqual(['expect check-7', 'expect null']);
  });

  it('pressed twice is one run; afterwards there is a report', async () => {
    const { checks, scheduler } = make();
    expect(checks.report({ heard: null, seen: null })).toBeUndefined();
    const first = checks.run();
    expect(checks.run()).toBe(first);
    checks.heard('vinfer:check-7', scheduler.now());
    checks.painted('vinfer:check-7', scheduler.now());
    await first;
    expect(checks.report({ heard: true, seen: true })).toContain('sound heard: yes');
  });
});
