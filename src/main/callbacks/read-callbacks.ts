/** Open callbacks as the relay has them: the agent's own whole, so that no reminder is lost; of the queue the first page. */
import { callbacksAnswerSchema, type Callback } from '../../shared/contract/callbacks';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import type { RelayRest } from '../rest/relay-rest';

const PAGE = 100;
/** Of one's own: more promises than anybody keeps. */
const MAX_PAGES = 20;

type ReadCallbacks = { ok: true; callbacks: Callback[]; more: boolean } | { ok: false; reason: RelayReason };

/** The longest due first. `more`: there are some beyond what was read. */
async function pagesOf(rest: RelayRest, scope: 'mine' | 'queue', pages: number): Promise<ReadCallbacks> {
  const callbacks: Callback[] = [];
  for (let page = 0; page < pages; page += 1) {
    const path = `/v1/callbacks?scope=${scope}&state=open&limit=${PAGE}&offset=${page * PAGE}`;
    const answer = await rest.ask({ method: 'GET', path, answer: callbacksAnswerSchema });
    if (!answer.ok) return { ok: false, reason: answer.reason };
    const { data, total } = answer.value;
    callbacks.push(...data);
    if (data.length === 0 || page * PAGE + data.length >= total) return { ok: true, callbacks, more: false };
  }
  return { ok: true, callbacks, more: true };
}

export async function readCallbacks(rest: RelayRest): Promise<ReadCallbacks> {
  const mine = await pagesOf(rest, 'mine', MAX_PAGES);
  const queue = mine.ok ? await pagesOf(rest, 'queue', 1) : mine;
  if (!mine.ok || !queue.ok) return queue;
  // One may change hands, or its place in the order, between two pages.
  const byId = new Map([...queue.callbacks, ...mine.callbacks].map((callback) => [callback.id, callback]));
  return { ok: true, callbacks: [...byId.values()], more: mine.more || queue.more };
}
