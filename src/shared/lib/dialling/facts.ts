/** A question with its instants as numbers, read once however many rules look at it. */
import type { DialQuestion } from '../../contract/dialling';
import { dayNumber } from './day-windows';
import { instantOf } from './instants';
import { isZone } from './zone-clock';

export type Consent = Omit<DialQuestion['consents'][number], 'given_at' | 'expires_at' | 'revoked_at'> & {
  given: number;
  expires: number;
  revoked: number;
};
export type Attempt = Omit<DialQuestion['attempts'][number], 'at'> & { at: number };

export interface Facts {
  question: DialQuestion;
  /** Epoch ms. */
  at: number;
  /** Zones the runtime knows. */
  zones: readonly string[];
  unknownZone: string | undefined;
  consents: readonly Consent[];
  /** Oldest first. */
  attempts: readonly Attempt[];
  /** Day numbers. */
  holidays: ReadonlySet<number>;
}

const NEVER = Number.POSITIVE_INFINITY;
const NO_HOLIDAYS: ReadonlySet<number> = new Set();

const instant = (iso: string | undefined) => (iso === undefined ? NEVER : instantOf(iso));

export function factsOf(question: DialQuestion): Facts {
  return {
    question,
    at: instantOf(question.at),
    zones: question.zones.filter(isZone),
    unknownZone: question.zones.find((zone) => !isZone(zone)),
    consents: question.consents.map(({ given_at, expires_at, revoked_at, ...rest }) => ({
      ...rest,
      given: instantOf(given_at),
      expires: instant(expires_at),
      revoked: instant(revoked_at),
    })),
    attempts: question.attempts
      .map((attempt) => ({ ...attempt, at: instantOf(attempt.at) }))
      .sort((a, b) => a.at - b.at),
    holidays: question.holidays.length === 0 ? NO_HOLIDAYS : new Set(question.holidays.map(dayNumber)),
  };
}
