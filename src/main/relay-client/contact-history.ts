/** What the relay knows of a customer, asked once per number and kept for a while. Quiet when it does not know. */
import { z } from 'zod';
import type { ContactHistoryView } from '../../shared/contract/views';
import { restUrl } from './address';

/** Longer than this and the answer comes too late to be read. */
export const HISTORY_WITHIN_MS = 4_000;
const DAYS_30_MS = 30 * 24 * 3600_000;

/** `GET /v1/contacts/{phone}`: only what the desk shows; everything else is passed over. */
const contactSchema = z.looseObject({
  dnc: z.boolean().nullish(),
  calls: z
    .array(z.looseObject({ at: z.string().nullish(), disposition: z.string().nullish() }))
    .max(10_000)
    .nullish(),
});

type Contact = z.infer<typeof contactSchema>;

/** Calls in the last 30 days and the newest one. Calls without a readable time count for nothing. */
export function summarise(contact: Contact, now: number): ContactHistoryView {
  const dated = (contact.calls ?? [])
    .map(({ at, disposition }) => ({ at: Date.parse(at ?? ''), disposition: disposition ?? undefined }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => b.at - a.at);
  const last = dated[0];
  return {
    state: 'ready',
    calls_30d: dated.filter(({ at }) => now - at <= DAYS_30_MS).length,
    dnc: contact.dnc ?? null,
    ...(last === undefined ? {} : { last: lastView(last) }),
  };
}

function lastView(last: { at: number; disposition: string | undefined }): { at: number; disposition?: string } {
  return last.disposition === undefined ? { at: last.at } : { at: last.at, disposition: last.disposition };
}

export interface HistoryRequest {
  /** `ws(s)://host[:port]` of the relay in use. */
  relay: string;
  token: string;
  /** As the platform gave it. */
  phone: string;
  /** Local epoch ms. */
  now: number;
  fetch: typeof globalThis.fetch;
}

/** Never rejects: what goes wrong is `unavailable` with a code. */
export async function fetchHistory({ relay, token, phone, now, fetch }: HistoryRequest): Promise<ContactHistoryView> {
  try {
    const response = await fetch(restUrl(relay, `/v1/contacts/${encodeURIComponent(phone)}`), {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: AbortSignal.timeout(HISTORY_WITHIN_MS),
      redirect: 'error',
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { state: 'unavailable', reason: response.status === 404 ? 'not_known' : `status_${response.status}` };
    }
    const parsed = contactSchema.safeParse(await response.json());
    return parsed.success ? summarise(parsed.data, now) : { state: 'unavailable', reason: 'bad_answer' };
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return { state: 'unavailable', reason: slow ? 'too_slow' : 'unreachable' };
  }
}
