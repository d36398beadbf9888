/** The relay's part of the desk check: it sends this desk a test call the way a real one comes, and takes it back. */
import { checkAnswerSchema } from '../../shared/contract/relay-check';
import type { CheckAnswer } from '../../shared/contract/relay-check';
import { restUrl } from '../relay-client/address';

/** The relay tries every hop, each with a deadline of its own. */
const ANSWER_WITHIN_MS = 15_000;

export interface RelayCheckRequest {
  relay: string;
  token: string;
  fetch: typeof globalThis.fetch;
}

async function ask({ relay, token, fetch }: RelayCheckRequest, method: string, path: string, body?: unknown) {
  return fetch(restUrl(relay, path), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    redirect: 'error',
  });
}

/** Undefined when the relay does not answer, or knows no desk check. Never rejects. @param id names the test call: `<platform>:check-<id>` */
export async function beginRelayCheck(request: RelayCheckRequest, id: string): Promise<CheckAnswer | undefined> {
  try {
    const response = await ask(request, 'POST', '/v1/check', { id });
    if (!response.ok) {
      await response.body?.cancel();
      return undefined;
    }
    const answer = checkAnswerSchema.safeParse(await response.json());
    return answer.success ? answer.data : undefined;
  } catch {
    return undefined;
  }
}

/** Ends the test call; false when the relay could not be told. Never rejects. */
export async function endRelayCheck(request: RelayCheckRequest, call: string): Promise<boolean> {
  try {
    const response = await ask(request, 'DELETE', `/v1/check/${encodeURIComponent(call)}`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
