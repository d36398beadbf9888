/**
 * Who may see a call. An audience is a sorted list of keys, `a:<agent id>` and `q:<queue id>`; it is decided once per
 * event and kept beside it in the log, so that a resumed desk is sent exactly what a connected one was.
 */
import type { AgentRole, DeskAgent } from '../../shared/contract/desk-protocol';

export const UNROUTED_QUEUE = 'unrouted';

export type Audience = readonly string[];

export const agentKey = (id: string): string => `a:${id}`;
export const queueKey = (id: string): string => `q:${id}`;

export const UNROUTED: Audience = [queueKey(UNROUTED_QUEUE)];

export function audience(...keys: string[]): Audience {
  return [...new Set(keys)].sort();
}

/** A desk as the stream sees it. */
export interface Viewer {
  keys: readonly string[];
  /** Supervisors and admins see every call; it pops for them only when it is theirs. */
  all: boolean;
}

const SEES_ALL: readonly AgentRole[] = ['supervisor', 'admin'];

export function viewerOf(agent: Pick<DeskAgent, 'id' | 'queues' | 'role'>): Viewer {
  return { keys: [agentKey(agent.id), ...agent.queues.map(queueKey)], all: SEES_ALL.includes(agent.role) };
}

export function maySee(viewer: Viewer, who: Audience): boolean {
  return viewer.all || who.some((key) => viewer.keys.includes(key));
}
