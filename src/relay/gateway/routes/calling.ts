/** What is kept of calls that were started, and how many an agent may have under way. */
import {
  callLimitsQuerySchema,
  setCallLimitSchema,
  type AgentLimits,
  type CallLimits,
} from '../../../shared/contract/receipts';
import type { Gateway } from '../gateway';
import { parse, platformId } from '../http/parse';
import { Problem } from '../http/problem';
import type { Router } from '../http/router';
import { callLimit, generalLimit, ownLimits, setCallLimit } from '../starts/call-limit';

export function callingRoutes(router: Router, { deps }: Gateway): void {
  const limitsOf = async (agent: string): Promise<CallLimits> => {
    const [calls_at_once, general, under_way] = await Promise.all([
      callLimit(deps, agent),
      generalLimit(deps),
      deps.store.dialling.underWay(agent, deps.clock.now()),
    ]);
    return { agent, calls_at_once, general, under_way };
  };

  router.on('GET', '/calls/:call/receipt', async ({ request, asker }) => {
    const { whole: call } = platformId(request, 'call');
    const seen = await deps.store.gateway.callSnapshot(call, asker.viewer);
    const receipt = seen === undefined ? undefined : await deps.store.dialling.receiptOf(call);
    if (receipt === undefined)
      throw new Problem('not_found', 'No such call was started from here, or it is not yours to see');
    return receipt;
  });

  router.on('GET', '/call-limits', async ({ request, asker }) => {
    const { agent = asker.agent.id } = parse(callLimitsQuerySchema, request.query);
    if (agent !== asker.agent.id && asker.agent.role === 'agent') {
      throw new Problem('forbidden', 'Another agent’s limit needs the role supervisor');
    }
    return limitsOf(agent);
  });

  router.on(
    'GET',
    '/call-limits/agents',
    async (): Promise<AgentLimits> => {
      const now = deps.clock.now();
      const [agents, own, calls, general] = await Promise.all([
        deps.store.agents(),
        ownLimits(deps),
        deps.store.dialling.allUnderWay(now),
        generalLimit(deps),
      ]);
      const underWay = new Map(calls.map(({ agent, calls: n }) => [agent, n]));
      const data = agents
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({ id, name }) => ({ agent: id, name, own: own.get(id) ?? null, under_way: underWay.get(id) ?? 0 }));
      return { general, data };
    },
    { role: 'supervisor' },
  );

  router.on(
    'PUT',
    '/call-limits',
    async ({ request, asker }) => {
      const { agent, calls_at_once } = parse(setCallLimitSchema, request.body);
      await setCallLimit(deps, agent, calls_at_once);
      return limitsOf(agent ?? asker.agent.id);
    },
    { role: 'supervisor' },
  );
}
