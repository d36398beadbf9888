/** What follows from an attempt: how far the outcome has come, and whether others may be sent. Pure but for chance. */
import type { DueOutcome, Settlement } from '../journal/tables/outcomes';
import type { Verdict } from './verdict';

export const OUTBOX_LIMITS = {
  /** Retry delays: full jitter between the floor and min(cap, base · 2^n). */
  floorMs: 100,
  baseMs: 1_000,
  capMs: 60_000,
  /** Failures of the relay on one outcome, over an hour of them, before it is parked for a person to look at. */
  parkAfter: 60,
  /** Requests at once: a backlog of a week drains in seconds, and the relay is not flooded. */
  parallel: 8,
} as const;

/** Full jitter under a doubling ceiling. `random` gives 0 ≤ x < 1. */
export function retryDelayMs(failures: number, random: () => number): number {
  const ceiling = Math.min(OUTBOX_LIMITS.capMs, OUTBOX_LIMITS.baseMs * 2 ** Math.min(failures, 30));
  return Math.max(OUTBOX_LIMITS.floorMs, Math.floor(random() * ceiling));
}

/** `open`: anything may be sent; `closed`: nothing before a while; `sign_in`: nothing until there is another token. */
export type Line = { state: 'open' } | { state: 'closed'; atLeastMs?: number | undefined } | { state: 'sign_in' };

export interface Aftermath {
  settlement: Settlement;
  line: Line;
}

const OPEN: Line = { state: 'open' };

/** How soon to ask again what became of an outcome at its platform, ms: after as long as it has taken so far. */
const RECHECK = { soonest: 60_000, latest: 3600_000 } as const;
/** Not asked any more after this, ms: the relay forgets keys after 30 days. */
const RECHECK_FOR = 29 * 24 * 3600_000;

/** Epoch ms; 0: never again. */
function recheckAt({ decided_at }: DueOutcome, now: number): number {
  const age = now - decided_at;
  return age > RECHECK_FOR ? 0 : now + Math.min(Math.max(age, RECHECK.soonest), RECHECK.latest);
}

export function afterAttempt(outcome: DueOutcome, verdict: Verdict, now: number, random: () => number): Aftermath {
  const aftermath = afterSending(outcome, verdict, now, random);
  const told = verdict.kind === 'accepted' || verdict.kind === 'platform_refused';
  if (!outcome.recheck || told) return aftermath;
  // It was accepted before, and no answer to a later question takes that back.
  const { id, failures } = outcome;
  const next_try_at = recheckAt(outcome, now);
  const settlement = { id, failures, at: now, next_try_at, state: 'kept_by_relay', platform: 'pending' } as const;
  return { ...aftermath, settlement };
}

function afterSending(outcome: DueOutcome, verdict: Verdict, now: number, random: () => number): Aftermath {
  const { id, failures } = outcome;
  const base = { id, failures, at: now, next_try_at: 0 };
  switch (verdict.kind) {
    case 'accepted': {
      const state = verdict.platform === 'written' ? 'sent' : 'kept_by_relay';
      const next_try_at = verdict.platform === 'pending' ? recheckAt(outcome, now) : 0;
      return { settlement: { ...base, state, platform: verdict.platform, next_try_at }, line: OPEN };
    }
    case 'platform_refused': {
      const why = { code: 'platform_refused', detail: verdict.detail } as const;
      return { settlement: { ...base, state: 'refused', why }, line: OPEN };
    }
    case 'refused': {
      const { code, detail, conflict } = verdict;
      return { settlement: { ...base, state: 'refused', why: { code, detail }, conflict }, line: OPEN };
    }
    case 'line_down':
      return { settlement: { ...base, state: 'waiting', why: { code: 'unreachable' } }, line: { state: 'closed' } };
    case 'line_busy':
      return {
        settlement: { ...base, state: 'waiting', why: { code: 'busy' } },
        line: { state: 'closed', atLeastMs: verdict.retryAfterMs },
      };
    case 'sign_in':
      return { settlement: { ...base, state: 'waiting', why: { code: 'sign_in' } }, line: { state: 'sign_in' } };
    case 'failed':
      return { settlement: failed(outcome, verdict.code, now, random), line: OPEN };
  }
}

/** A request not to be called is tried for ever; anything else that the relay keeps failing on is parked. */
function failed(
  { id, failures, decision }: DueOutcome,
  code: Extract<Verdict, { kind: 'failed' }>['code'],
  now: number,
  random: () => number,
): Settlement {
  const base = { id, failures: failures + 1, at: now, why: { code } };
  if (code === 'relay_failed' && decision.dnc === undefined && failures + 1 >= OUTBOX_LIMITS.parkAfter) {
    return { ...base, state: 'refused', next_try_at: 0 };
  }
  return { ...base, state: 'waiting', next_try_at: now + retryDelayMs(failures, random) };
}
