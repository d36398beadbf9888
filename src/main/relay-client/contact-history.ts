/** What the relay knows of a customer, asked once per number and kept for a while. Quiet when it does not know. */
import { contactAnswerSchema } from '../../shared/contract/rest';
import type { ContactHistoryView } from '../../shared/contract/views';
import { restUrl } from './address';

/** Longer than this and the answer comes too late to be read. */
export const HISTORY_WITHIN_MS = 4_000;

/** Only what the desk shows; the rest of the answer may be as it likes. */
const shownSchema = contactAnswerSchema.pick({ calls_30d: true, dnc: true, calls: true });

/** A customer as the relay knows them; `calls` newest first, the call on the line among them. Instants in epoch ms. */
export type KnownCustomer =
  | {
      state: 'ready';
      calls_30d: number;
      /** `null`: nobody knows. */
      dnc: boolean | null;
      calls: { call?: string | undefined; at: number; disposition?: string | undefined }[];
    }
  | Extract<ContactHistoryView, { state: 'unavailable' }>;

export interface HistoryRequest {
  /** `ws(s)://host[:port]` of the relay in use. */
  relay: string;
  token: string;
  /** As the platform gave it. */
  phone: string;
  fetch: typeof globalThis.fetch;
}

function customerOf(body: unknown): KnownCustomer {
  const parsed = shownSchema.safeParse(body);
  if (!parsed.success) return { state: 'unavailable', reason: 'bad_answer' };
  const { calls_30d, dnc, calls } = parsed.data;
  return {
    state: 'ready',
    calls_30d,
    dnc,
    calls: calls.map(({ call, at, disposition }) => ({ call, at: Date.parse(at), disposition })),
  };
}

/** `GET /v1/contacts/{phone}`. Never rejects: what goes wrong is `unavailable` with a code. */
export async function fetchHistory({ relay, token, phone, fetch }: HistoryRequest): Promise<KnownCustomer> {
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
    return customerOf(await response.json());
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return { state: 'unavailable', reason: slow ? 'too_slow' : 'unreachable' };
  }
}
