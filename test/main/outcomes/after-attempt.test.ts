import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterAttempt, OUTBOX_LIMITS, retryDelayMs } from '../../../src/main/outcomes/after-attempt';
import { verdictOf } from '../../../src/main/outcomes/verdict';
import type { DueOutcome } from '../../../src/main/journal/tables/outcomes';

const NOW = 1_000_000;

function due(overrides: Partial<DueOutcome> = {}): DueOutcome {
  const plain = {
    id: 'o1',
    key: 'o1',
    call: 'vinfer:1',
    value: 'interested',
    decided_at: 1,
    attempts: 0,
    failures: 0,
    recheck: false,
  };
  return { ...plain, decision: { path: ['interested'] }, ...overrides };
}

const FAILED = { kind: 'failed', code: 'relay_failed' } as const;

test('an outcome that the relay keeps failing on is parked for a person to look at', () => {
  const before = afterAttempt(due({ failures: OUTBOX_LIMITS.parkAfter - 2 }), FAILED, NOW, () => 0.5);
  expect(before.settlement.state).toBe('waiting');
  const last = afterAttempt(due({ failures: OUTBOX_LIMITS.parkAfter - 1 }), FAILED, NOW, () => 0.5);
  expect(last.settlement).toMatchObject({ state: 'refused', why: { code: 'relay_failed' } });
});

test('a request not to be called is never parked', () => {
  const decision = { path: ['dnc'], dnc: { scope: 'all' as const } };
  const { settlement } = afterAttempt(due({ failures: 10_000, decision }), FAILED, NOW, () => 0.5);
  expect(settlement.state).toBe('waiting');
});

test('an answer that cannot be read is asked for again for ever', () => {
  const unread = { kind: 'failed', code: 'bad_answer' } as const;
  expect(afterAttempt(due({ failures: 10_000 }), unread, NOW, () => 0.5).settlement.state).toBe('waiting');
});

test('a line that is down is no failure of the outcome, and holds the others too', () => {
  const { settlement, line } = afterAttempt(due({ failures: 3 }), { kind: 'line_down' }, NOW, () => 0.5);
  expect(settlement).toMatchObject({ state: 'waiting', failures: 3, next_try_at: 0 });
  expect(line.state).toBe('closed');
});

test('an outcome that is pending at its platform is asked after, ever less often', () => {
  const pending = { kind: 'accepted', platform: 'pending' } as const;
  const minutes = (age: number) => {
    const { settlement } = afterAttempt(due({ decided_at: NOW - age * 60_000 }), pending, NOW, () => 0.5);
    return (settlement.next_try_at - NOW) / 60_000;
  };
  expect([0, 5, 30, 600].map(minutes)).toEqual([1, 5, 30, 60]);
  expect(minutes(30 * 24 * 60)).toBeLessThan(0);
});

test('what the relay has accepted stays accepted, whatever a later question is answered with', () => {
  for (const verdict of [FAILED, { kind: 'line_down' }, { kind: 'refused', code: 'call_unknown' }] as const) {
    const { settlement } = afterAttempt(due({ recheck: true }), verdict, NOW, () => 0.5);
    expect(settlement).toMatchObject({ state: 'kept_by_relay', platform: 'pending' });
  }
});

test('retry delays stay between the floor and the cap, and under a doubling ceiling', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
      const delay = retryDelayMs(failures, () => chance);
      const ceiling = Math.min(OUTBOX_LIMITS.capMs, OUTBOX_LIMITS.baseMs * 2 ** Math.min(failures, 30));
      expect(delay).toBeGreaterThanOrEqual(OUTBOX_LIMITS.floorMs);
      expect(delay).toBeLessThanOrEqual(ceiling);
    }),
  );
});

describe('the relay\u2019s answer', () => {
  const problem = (code: string) => JSON.stringify({ type: 'x', title: 'x', status: 400, code, detail: 'why' });
  test.each([
    [200, '{"call":"vinfer:1","event":"e","value":"v","platform":"written"}', 'accepted'],
    [200, '{"call":"vinfer:1","event":"e","value":"v","platform":"refused","reason":"r"}', 'platform_refused'],
    [200, '<html>sign in to the hotel</html>', 'failed'],
    [200, '{"platform":"written"', 'failed'],
    [401, '', 'sign_in'],
    [401, problem('unauthorized'), 'sign_in'],
    [403, problem('forbidden'), 'refused'],
    [403, '<html>', 'failed'],
    [404, problem('not_found'), 'refused'],
    [404, 'no such route', 'failed'],
    [409, problem('already_decided'), 'refused'],
    [409, problem('idempotency_key_in_use'), 'failed'],
    [422, problem('idempotency_key_reused'), 'refused'],
    [429, problem('rate_limited'), 'line_busy'],
    [502, 'bad gateway', 'line_busy'],
    [503, problem('unavailable'), 'line_busy'],
    [503, problem('platform_unavailable'), 'failed'],
    [500, problem('internal'), 'failed'],
    [500, problem('a_code_of_tomorrow'), 'failed'],
    [302, '', 'failed'],
  ])('%i %s means: %s', (status, body, kind) => {
    expect(verdictOf({ status, body, retryAfter: null }).kind).toBe(kind);
  });

  test('nothing a relay or a proxy can answer throws', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.oneof(fc.string(), fc.json()),
        fc.string(),
        (status, body, retryAfter) => {
          verdictOf({ status, body, retryAfter });
        },
      ),
    );
  });
});
