/** Errors of the REST API as problem details (RFC 9457). What a client sent is never repeated back. */
import type { z } from 'zod';
import { PlatformError, type PlatformFault } from '../../../platforms/api';
import type { ProblemBody, ProblemCode } from '../../../shared/contract/rest';
import { StoreError } from '../../store/port';

const TYPE_PREFIX = 'urn:handover-desk:problem:';

/** Status and title per code: the title never changes, the detail says what happened this time. */
const KINDS: Record<ProblemCode, { status: number; title: string }> = {
  bad_request: { status: 400, title: 'The request is not understood' },
  unauthorized: { status: 401, title: 'The token is not accepted' },
  forbidden: { status: 403, title: 'Not allowed for this role' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Not possible in the present state' },
  too_large: { status: 413, title: 'The request is too large' },
  too_many_attempts: { status: 429, title: 'Too many refused tokens' },
  rate_limited: { status: 429, title: 'Too many requests' },
  idempotency_key_missing: { status: 400, title: 'Idempotency-Key is missing' },
  idempotency_key_in_use: { status: 409, title: 'The same request is still under way' },
  idempotency_key_reused: { status: 422, title: 'The key was used for another request' },
  unclear: { status: 409, title: 'Not known whether it was done' },
  dial_blocked: { status: 409, title: 'The rules do not allow this call now' },
  call_limit: { status: 409, title: 'Too many calls at once' },
  timer_forbidden: { status: 409, title: 'No timer may start this call' },
  not_held: { status: 409, title: 'The lead is not in your hands' },
  number_held: { status: 409, title: 'A colleague has this number open' },
  time_unclear: { status: 422, title: 'That time cannot be used as it is' },
  already_decided: { status: 409, title: 'Somebody else decided the outcome' },
  amount_needed: { status: 422, title: 'This outcome needs an amount' },
  unsupported: { status: 501, title: 'The platform cannot do this' },
  platform_refused: { status: 422, title: 'The platform refused' },
  platform_unauthorized: { status: 502, title: 'The platform does not accept the key of this relay' },
  platform_unavailable: { status: 503, title: 'The platform is not available' },
  unavailable: { status: 503, title: 'The relay cannot record it now' },
  internal: { status: 500, title: 'The relay failed' },
};

interface ProblemExtras {
  retryAfterS?: number;
  problems?: { path: string; message: string }[];
  /** Further members of the body. */
  members?: Record<string, unknown>;
}

export class Problem extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly extras: ProblemExtras = {},
    options?: { cause?: unknown },
  ) {
    super(detail, options);
    this.name = 'Problem';
    this.status = KINDS[code].status;
  }

  body(): ProblemBody {
    return {
      type: `${TYPE_PREFIX}${this.code}`,
      title: KINDS[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.extras.problems === undefined ? {} : { problems: this.extras.problems }),
      ...this.extras.members,
    };
  }
}

/** What is wrong with a request, by path; zod's messages name what was expected, never what was sent. */
export function problemOfZod(error: z.ZodError): Problem {
  const problems = error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.code === 'unrecognized_keys' ? 'has keys that are not known' : issue.message,
  }));
  const [first] = problems;
  const at = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new Problem('bad_request', `${at}${first?.message ?? 'not understood'}`, { problems });
}

/** Words for an agent when the platform may have acted. */
export const UNCLEAR_DETAIL = 'The platform did not answer; it may be ringing. Look before you try again.';

const FAULTS: Record<PlatformFault, { code: ProblemCode; detail: string }> = {
  unsupported: { code: 'unsupported', detail: 'The platform does not offer this' },
  rejected: { code: 'platform_refused', detail: 'The platform refused it' },
  unauthorized: {
    code: 'platform_unauthorized',
    detail: 'The platform does not accept the key; tell an administrator',
  },
  not_found: { code: 'not_found', detail: 'The platform does not know it' },
  rate_limited: { code: 'rate_limited', detail: 'The platform takes no more requests for the moment' },
  unavailable: { code: 'platform_unavailable', detail: 'The platform cannot be reached. Nothing was done' },
  unclear: { code: 'unclear', detail: UNCLEAR_DETAIL },
  bad_answer: { code: 'platform_unavailable', detail: 'The platform gave an answer that is not understood' },
};

function problemOfPlatform(error: PlatformError): Problem {
  const { code, detail } = FAULTS[error.fault];
  const { retryAfterS, said } = error.details;
  // What the platform wrote about a refusal is what the agent needs to put it right; it is text, and never logged.
  const told = error.fault === 'rejected' && said !== undefined && said !== '' ? `${detail}: ${said}` : detail;
  return new Problem(code, told, retryAfterS === undefined ? {} : { retryAfterS }, { cause: error });
}

/** When to come back after the store refused, seconds. */
const STORE_RETRY_S = 5;

/** Any thrown thing as a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof PlatformError) return problemOfPlatform(error);
  if (error instanceof StoreError) {
    return new Problem(
      'unavailable',
      'The relay cannot record it now; try again in a moment',
      { retryAfterS: STORE_RETRY_S },
      { cause: error },
    );
  }
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return new Problem('too_large', 'The body is too large', {}, { cause: error });
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem('bad_request', 'The body is not JSON that the relay understands', {}, { cause: error });
  }
  return new Problem('internal', 'The relay failed; this was logged', {}, { cause: error });
}
