/** What the relay's answer to an outcome means. Pure: status, body and headers in, a verdict out. */
import { z } from 'zod';
import { dispositionAnswerSchema, problemSchema } from '../../shared/contract/rest';
import type { OutcomeEntry, OutcomeReason } from '../../shared/contract/outcomes';
import { conflictSchema, type Conflict } from '../journal/tables/outcomes';

export type Verdict =
  /** The relay has it, durably. */
  | { kind: 'accepted'; platform: Exclude<OutcomeEntry['platform'], undefined> }
  /** The relay has it, the platform said no. */
  | { kind: 'platform_refused'; detail?: string | undefined }
  /** Nothing can be sent at the moment, whatever it is. */
  | { kind: 'line_down' }
  | { kind: 'line_busy'; retryAfterMs?: number | undefined }
  | { kind: 'sign_in' }
  /** This one went wrong, another may not; may be tried again. */
  | { kind: 'failed'; code: Extract<OutcomeReason, 'relay_failed' | 'bad_answer' | 'unreachable' | 'busy'> }
  /** A definite no: the relay has done nothing. */
  | {
      kind: 'refused';
      code: Extract<OutcomeReason, 'not_allowed' | 'call_unknown' | 'amount_needed' | 'invalid' | 'conflict'>;
      detail?: string | undefined;
      conflict?: Conflict | undefined;
    };

export interface RelayAnswer {
  status: number;
  /** As text; whatever it is. */
  body: string;
  retryAfter: string | null;
}

/** Longest wait a relay may ask for, ms. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;

/** Characters of the relay's words that are kept. */
const MAX_DETAIL = 500;

const conflictBody = z.looseObject({ current: conflictSchema });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: a proxy's page, a cut answer. The schemas say so.
    return undefined;
  }
}

function accepted(body: unknown): Verdict {
  const answer = dispositionAnswerSchema.safeParse(body);
  // Something in between answered, or a relay of another time: the key makes it safe to ask again.
  if (!answer.success) return { kind: 'failed', code: 'bad_answer' };
  const { platform, reason } = answer.data;
  return platform === 'refused'
    ? { kind: 'platform_refused', detail: reason?.slice(0, MAX_DETAIL) }
    : { kind: 'accepted', platform };
}

function retryAfterMs(header: string | null): number | undefined {
  const seconds = Number(header ?? '');
  return header === null || !Number.isFinite(seconds) ? undefined : Math.min(seconds * 1000, MAX_RETRY_AFTER_MS);
}

/** Statuses that speak of the line, not of the outcome. */
const BUSY: readonly number[] = [408, 425, 429, 502, 503, 504];

export function verdictOf({ status, body: text, retryAfter }: RelayAnswer): Verdict {
  const body = json(text);
  if (status >= 200 && status < 300) return accepted(body);
  if (status === 401) return { kind: 'sign_in' };
  const problem = problemSchema.safeParse(body);
  if (problem.success)
    return problemVerdict(problem.data.code, problem.data.detail.slice(0, MAX_DETAIL), body, retryAfter);
  if (BUSY.includes(status)) return { kind: 'line_busy', retryAfterMs: retryAfterMs(retryAfter) };
  // No problem details: this is not the relay's own word, so no definite no.
  return { kind: 'failed', code: 'bad_answer' };
}

type ProblemCode = z.infer<typeof problemSchema>['code'];

function problemVerdict(code: ProblemCode, detail: string, body: unknown, retryAfter: string | null): Verdict {
  switch (code) {
    case 'unauthorized':
      return { kind: 'sign_in' };
    case 'too_many_attempts':
    case 'rate_limited':
    case 'unavailable':
      return { kind: 'line_busy', retryAfterMs: retryAfterMs(retryAfter) };
    case 'platform_unavailable':
    case 'idempotency_key_in_use':
      return { kind: 'failed', code: 'busy' };
    case 'internal':
    case 'unclear':
    case 'platform_unauthorized':
      return { kind: 'failed', code: 'relay_failed' };
    case 'forbidden':
      return { kind: 'refused', code: 'not_allowed', detail };
    case 'not_found':
      return { kind: 'refused', code: 'call_unknown', detail };
    case 'amount_needed':
      return { kind: 'refused', code, detail };
    case 'already_decided': {
      const parsed = conflictBody.safeParse(body);
      return { kind: 'refused', code: 'conflict', detail, conflict: parsed.success ? parsed.data.current : undefined };
    }
    case 'platform_refused':
    case 'bad_request':
    case 'conflict':
    case 'dial_blocked':
    case 'call_limit':
    case 'timer_forbidden':
    case 'not_held':
    case 'number_held':
    case 'time_unclear':
    case 'too_large':
    case 'idempotency_key_missing':
    case 'idempotency_key_reused':
    case 'unsupported':
      return { kind: 'refused', code: 'invalid', detail };
  }
}
