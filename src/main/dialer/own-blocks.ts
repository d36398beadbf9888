/**
 * Numbers that this desk itself blocks because somebody asked it not to call them. Only the relay can lift one, and only
 * when a supervisor has corrected every entry that it has of the number; an answer that does not come lifts nothing.
 */
import { dncAnswerListSchema, type DncEntry } from '../../shared/contract/dnc';
import { digitsOf } from '../history/fold-text';
import type { Journal } from '../journal/journal';
import type { RelayRest } from '../rest/relay-rest';

/** Entries of one number that are looked at: more than anybody says. */
const MAX_ENTRIES = 100;

export interface OwnBlocksOptions {
  rest: RelayRest;
  journal: Pick<Journal, 'ask'>;
  /** Instant on the relay's clock as local epoch ms. */
  local: (instant: string) => number;
  /** The widest scope in which this desk knows that a number must not be called. */
  blocked: (phone: string) => Promise<string | null>;
}

/** When the last of them was corrected; undefined while one stands, or there is none. */
function correctedAt(entries: readonly DncEntry[], local: (instant: string) => number): number | undefined {
  const corrections = entries.map(({ corrected }) => (corrected === undefined ? undefined : local(corrected.at)));
  const known = corrections.filter((at) => at !== undefined);
  return known.length === 0 || known.length < corrections.length ? undefined : Math.max(...known);
}

/** The scope in which this desk blocks the number, after the relay was asked whether that still stands. @throws what the journal throws */
export async function standingBlock(phone: string, options: OwnBlocksOptions): Promise<string | null> {
  const { rest, journal, local, blocked } = options;
  const scope = await blocked(phone);
  if (scope === null) return null;
  const query = new URLSearchParams({ phone, limit: String(MAX_ENTRIES) });
  const answer = await rest.ask({ method: 'GET', path: `/v1/dnc?${query.toString()}`, answer: dncAnswerListSchema });
  if (!answer.ok || answer.value.total > answer.value.data.length) return scope;
  const at = correctedAt(answer.value.data, local);
  if (at === undefined || !(await journal.ask('liftBlock', digitsOf(phone), at))) return scope;
  return blocked(phone);
}
