/** The state that the agent chose last, remembered across restarts: a desk that starts by itself calls nobody to work. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { agentStateSchema, type AgentState } from '../../shared/contract/desk-protocol';
import { writeFileAtomic } from '../storage/atomic-file';

const fileSchema = z.object({ state: agentStateSchema });

export interface ChosenState {
  get(): AgentState;
  set(state: AgentState): void;
}

/** @param file JSON in the profile. One that cannot be read counts as never written: available, as on the first day. */
export function openChosenState(file: string, log: (what: string, cause: unknown) => void): ChosenState {
  let chosen: AgentState = 'available';
  try {
    if (existsSync(file)) chosen = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).state;
  } catch (error) {
    log('agent_state.unreadable', error);
  }
  return {
    get: () => chosen,
    set(state) {
      if (state === chosen) return;
      chosen = state;
      try {
        writeFileAtomic(file, JSON.stringify({ state }));
      } catch (error) {
        log('agent_state.not_saved', error);
      }
    },
  };
}
