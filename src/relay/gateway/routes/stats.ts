/** `GET /v1/me/stats`: an agent's own day. Nobody else's: these numbers are for the person, not for a ranking. */
import { statsQuerySchema, type StatsAnswer } from '../../../shared/contract/rest';
import type { Gateway } from '../gateway';
import { parse } from '../http/parse';
import type { Router } from '../http/router';

const DAY_MS = 24 * 3600 * 1000;

/** Nearest rank: the smallest value that at least this part of all values do not exceed. */
function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

function spreadOf(sorted: readonly number[] = []): StatsAnswer['context_lead_ms'] {
  if (sorted.length === 0) return null;
  return { count: sorted.length, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

export function statsRoute(router: Router, { deps }: Gateway): void {
  router.on('GET', '/me/stats', async ({ request, asker }): Promise<StatsAnswer> => {
    const query = parse(statsQuerySchema, request.query);
    const now = deps.clock.now();
    const since = query.from === undefined ? now - (now % DAY_MS) : Math.max(Date.parse(query.from), now - DAY_MS);
    const agent = asker.agent.id;
    const [today, leads] = await Promise.all([
      deps.store.gateway.agentToday(agent, since),
      deps.leadTimes?.(agent, since),
    ]);
    return {
      from: new Date(since).toISOString(),
      ...today,
      context_lead_ms: spreadOf(leads?.painted),
      context_seen_ms: spreadOf(leads?.seen),
    };
  });
}
