/** What the floor view asks of the store. */
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { AgentRecord } from '../store/port';

export interface AgentPresence {
  agent: AgentRecord;
  connected: boolean;
  state: AgentState;
  /** Epoch ms, of what an agent with a connected desk does; undefined where nobody saw it begin. */
  since?: number;
}

export interface FloorStore {
  presences(): Promise<AgentPresence[]>;
  /** Escalation to painted pop in ms, everybody's since `from` (epoch ms), shortest first. */
  leadTimesOfAll(from: number): Promise<number[]>;
}
