/** The supervisor's floor: asked of the relay, shown as it comes, exported as CSV. */
import { floorAnswerSchema } from '../../shared/contract/floor';
import type { FloorAnswer } from '../../shared/contract/floor';
import { CSV_BOM, csvLine } from '../history/csv';
import { restUrl } from '../relay-client/address';

/** The page asks every two seconds: an answer that takes longer than this is out of date. */
const ANSWER_WITHIN_MS = 4_000;

export interface FloorRequest {
  relay: string;
  token: string;
  fetch: typeof globalThis.fetch;
}

/** Null when there is none to be had: not allowed, not connected, not understood. Never rejects. */
export async function fetchFloor({ relay, token, fetch }: FloorRequest): Promise<FloorAnswer | null> {
  try {
    const response = await fetch(restUrl(relay, '/v1/floor'), {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      redirect: 'error',
    });
    if (!response.ok) {
      await response.body?.cancel();
      return null;
    }
    const parsed = floorAnswerSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** One table under another, as a supervisor pastes them into a report. */
export function floorCsv(floor: FloorAnswer): string {
  const { counts, context_lead_ms: lead } = floor;
  const rows: (string | number | undefined)[][] = [
    ['floor at', floor.now, 'counted from', floor.from],
    [],
    ['agent', 'name', 'state', 'since', 'call', 'queues'],
    ...floor.agents.map(({ id, name, doing, since, call, queues }) => [id, name, doing, since, call, queues.join(' ')]),
    [],
    ['waiting call', 'name', 'since', 'why', 'for'],
    ...floor.waiting.map(({ call, name, since, trigger, meant_for }) => [
      call,
      name,
      since,
      trigger,
      meant_for.join(' '),
    ]),
    [],
    ['missed call', 'name', 'since', 'why', 'for'],
    ...floor.missed.map(({ call, name, since, trigger, meant_for }) => [
      call,
      name,
      since,
      trigger,
      meant_for.join(' '),
    ]),
    [],
    ['list', 'name', 'paused', 'leads left', 'may be called now', 'in hand', 'next lawful time'],
    ...floor.lists.map(({ id, name, paused, left, callable, held, next_at: next }) => [
      ...[id, name, paused ? 'yes' : 'no', left, callable, held],
      next ?? '',
    ]),
    [],
    ['escalations', 'claimed', 'missed', 'decided'],
    [counts.escalations, counts.claimed, counts.missed, counts.decided],
    [],
    ['summary on screen, count', 'p50 ms', 'p95 ms'],
    [lead?.count ?? 0, lead?.p50, lead?.p95],
    [],
    ['proposed by the AI', 'decided by the agent', 'calls'],
    ...floor.outcomes.map(({ ai, agent, count }) => [ai, agent, count]),
  ];
  return CSV_BOM + rows.map(csvLine).join('');
}
