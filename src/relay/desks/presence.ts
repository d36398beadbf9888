import type { AgentState } from '../../shared/contract/desk-protocol';

/** States in which an agent can be brought a call of their own; on a break or away the queue shares it. */
export const presentStates: ReadonlySet<AgentState> = new Set(['available', 'busy', 'wrapup']);
