/** Asks the embedded relay to register this desk's public address with a platform. */
import type { Outcome } from '../../shared/contract/ipc';
import type { SoloPlatform } from '../../shared/contract/solo';
import { restUrl } from '../relay-client/address';

/** The relay gives the platform 10 s and tries more than once. */
const ANSWER_WITHIN_MS = 30_000;

/** What a desk wants to hear of each platform that can be asked. */
const EVENTS: Partial<Record<SoloPlatform, readonly string[]>> = {
  vinfer: [
    'call.escalated',
    'call.completed',
    'call.disposition_set',
    'call.transcription_ready',
    'campaign.paused',
    'campaign.completed',
  ],
};

export interface RegisterRequest {
  relay: string;
  token: string;
  fetch: typeof globalThis.fetch;
  platform: SoloPlatform;
  /** Public address of the platform's webhook route. */
  url: string;
  /** The same for every try: a platform that was asked twice registers once. */
  key: string;
}

/** Never rejects. What the platform says in its own words stays in the relay's log. */
export async function registerWebhook(request: RegisterRequest): Promise<Outcome> {
  const { relay, token, fetch, platform, url, key } = request;
  const events = EVENTS[platform];
  if (events === undefined) return { ok: false, reason: 'cannot_register' };
  try {
    const response = await fetch(restUrl(relay, '/v1/webhooks'), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ platform, url, events }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      redirect: 'error',
    });
    if (response.ok) {
      await response.body?.cancel();
      return { ok: true };
    }
    await response.body?.cancel();
    return { ok: false, reason: response.status < 500 ? 'not_registered' : 'relay_busy' };
  } catch {
    return { ok: false, reason: 'relay_unreachable' };
  }
}
