/** One attempt to give an outcome to the relay: `PUT /v1/calls/{call}/disposition`. Never rejects. */
import type { PutDisposition } from '../../shared/contract/rest';
import type { DueOutcome } from '../journal/tables/outcomes';
import { restUrl } from '../relay-client/address';
import type { Scheduler } from '../timing/scheduler';
import { verdictOf, type Verdict } from './verdict';

/** Longer and the relay is not going to answer. */
export const ANSWER_WITHIN_MS = 30_000;

/** Where requests go, and as whom. */
export interface RelayLink {
  /** `ws(s)://host[:port]`. */
  relay: string;
  token: string;
}

export interface SendOptions {
  fetch: typeof globalThis.fetch;
  scheduler: Scheduler;
  /** Local epoch ms as epoch ms of the relay's clock. */
  relayTime: (local: number) => number;
}

export function bodyOf(outcome: DueOutcome, relayTime: SendOptions['relayTime']): PutDisposition {
  const { notes, amount, callback, dnc } = outcome.decision;
  return {
    value: outcome.value,
    decided_at: new Date(relayTime(outcome.decided_at)).toISOString(),
    ...(notes === undefined ? {} : { notes }),
    ...(amount === undefined ? {} : { amount }),
    ...(callback === undefined ? {} : { callback }),
    ...(dnc === undefined ? {} : { dnc }),
    ...(outcome.replaces === undefined ? {} : { replaces: outcome.replaces }),
  };
}

export async function sendOutcome(outcome: DueOutcome, link: RelayLink, options: SendOptions): Promise<Verdict> {
  const giveUp = new AbortController();
  const cancel = options.scheduler.after(ANSWER_WITHIN_MS, () => giveUp.abort());
  try {
    const response = await options.fetch(
      restUrl(link.relay, `/v1/calls/${encodeURIComponent(outcome.call)}/disposition`),
      {
        method: 'PUT',
        redirect: 'error',
        signal: giveUp.signal,
        headers: {
          authorization: `Bearer ${link.token}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'idempotency-key': outcome.key,
        },
        body: JSON.stringify(bodyOf(outcome, options.relayTime)),
      },
    );
    const body = await response.text();
    return verdictOf({ status: response.status, body, retryAfter: response.headers.get('retry-after') });
  } catch {
    // No answer, or half of one. Slow on this one alone is no proof that the line is down.
    return giveUp.signal.aborted ? { kind: 'failed', code: 'unreachable' } : { kind: 'line_down' };
  } finally {
    cancel();
  }
}
