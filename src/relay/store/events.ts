/** Those who want to hear of what happened to the store. */
import type { LogEntry, Store } from './port';

export type StoreEvents = Pick<Store, 'onAppended' | 'onAgentsChanged' | 'onRestarted'>;

export interface StoreTeller {
  events: StoreEvents;
  appended: (entries: LogEntry[]) => void;
  agentsChanged: () => void;
  restarted: () => void;
}

export function createTeller(): StoreTeller {
  const ofEntries: ((entries: LogEntry[]) => void)[] = [];
  const ofAgents: (() => void)[] = [];
  const ofRestarts: (() => void)[] = [];
  return {
    events: {
      onAppended: (listener) => void ofEntries.push(listener),
      onAgentsChanged: (listener) => void ofAgents.push(listener),
      onRestarted: (listener) => void ofRestarts.push(listener),
    },
    appended: (entries) => {
      for (const tell of ofEntries) tell(entries);
    },
    agentsChanged: () => {
      for (const tell of ofAgents) tell();
    },
    restarted: () => {
      for (const tell of ofRestarts) tell();
    },
  };
}
