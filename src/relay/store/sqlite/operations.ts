/** What can be asked of the database thread. The types of the client side are derived from this table. */
import type { AgentState } from '../../../shared/contract/desk-protocol';
import type { Viewer } from '../../routing/audience';
import type { AgentRecord, AppendResult, Claim, ClaimRequest, NewEvent } from '../port';
import { gatewayOperationsOn } from '../../gateway/sqlite/operations';
import { ClaimRegister } from './claims';
import type { Engine } from './engine';

export function operationsOn(engine: Engine) {
  const claims = new ClaimRegister(engine);
  const gateway = gatewayOperationsOn(engine);
  return {
    writes: {
      ...gateway.writes,
      append: (events: NewEvent[]): AppendResult => ({ offsets: events.map((event) => engine.append(event)) }),
      claim: (request: ClaimRequest) => claims.claim(request),
      renew: (request: ClaimRequest) => claims.renew(request),
      release: (request: ClaimRequest & { reason: string }) => claims.release(request),
      lapse: (claim: Pick<Claim, 'call' | 'seq' | 'renewals'>, now: number) => claims.lapse(claim, now),
      putAgent: (agent: Omit<AgentRecord, 'since'>, tokenHash: string) => engine.putAgent(agent, tokenHash),
      removeAgent: (id: string) => engine.agentTable.remove(id),
      setPresence: (id: string, presence: { connected: boolean; state?: AgentState }) =>
        engine.agentTable.setPresence(id, presence),
      check: () => engine.setMeta('checked', String(engine.position().head)),
    },
    reads: {
      ...gateway.reads,
      activeClaims: () => claims.active(),
      page: (after: number, viewer: Viewer, limit: number) => engine.page(after, viewer, limit),
      snapshots: (viewer: Viewer, since: number, limit: number) => engine.snapshots(viewer, since, limit),
      agents: () => engine.agentTable.list(),
      agentByToken: (tokenHash: string) => engine.agentTable.byToken(tokenHash) ?? null,
    },
  };
}

type Tables = ReturnType<typeof operationsOn>;
export type Operations = Tables['writes'] & Tables['reads'];
export type OperationName = keyof Operations;

/** One request to the database thread, with the arguments of its operation. */
export type Request = { [N in OperationName]: { id: number; name: N; args: Parameters<Operations[N]> } }[OperationName];
