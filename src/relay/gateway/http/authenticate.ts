/** Who asks: the bearer token's agent, and whether their role suffices. */
import type { FastifyRequest } from 'fastify';
import type { AgentRole } from '../../../shared/contract/desk-protocol';
import type { Clock } from '../../clock';
import { tokenHash } from '../../desks/token';
import { viewerOf, type Viewer } from '../../routing/audience';
import type { AgentRecord, Store } from '../../store/port';
import { Problem } from './problem';
import { FailureThrottle } from './throttle';

/** Longest token looked at, characters: ours have 43. */
const MAX_TOKEN_CHARS = 500;
/** Tokens seen to be good lately; a neighbour's failures from the same address must not lock these out. */
const MAX_KNOWN_GOOD = 10_000;

export interface Asker {
  agent: AgentRecord;
  viewer: Viewer;
}

const RANK: Record<AgentRole, number> = { agent: 0, supervisor: 1, admin: 2 };

/** @throws Problem `forbidden` */
export function requireRole({ agent }: Asker, role: AgentRole): void {
  if (RANK[agent.role] < RANK[role]) throw new Problem('forbidden', `This needs the role ${role}`);
}

/** Returns a function that finds the asker of a request. @throws Problem `unauthorized` or `too_many_attempts` */
export function createAuthenticator(store: Pick<Store, 'agentByToken'>, clock: Clock) {
  const throttle = new FailureThrottle(clock);
  const good = new Set<string>();

  return async (request: FastifyRequest): Promise<Asker> => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const hash = token === undefined || token.length > MAX_TOKEN_CHARS ? undefined : tokenHash(token);
    const waitS = throttle.waitS(request.ip);
    if (waitS > 0 && (hash === undefined || !good.has(hash))) {
      throw new Problem('too_many_attempts', 'Too many refused tokens from this address', { retryAfterS: waitS });
    }
    const agent = hash === undefined ? undefined : await store.agentByToken(hash);
    if (agent === undefined || hash === undefined) {
      if (hash !== undefined) good.delete(hash);
      throttle.failed(request.ip);
      throw new Problem('unauthorized', 'The token is missing or not accepted');
    }
    if (good.size >= MAX_KNOWN_GOOD) good.clear();
    good.add(hash);
    return { agent, viewer: viewerOf(agent) };
  };
}
