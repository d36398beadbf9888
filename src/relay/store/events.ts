/** Those who want to hear of what happened to the store. */
import type { LogEntry, Seat, Store } from './port';

/** `doubted`: to be found out whether its desk is still there. */
export type LostSeat = Seat & { doubted: boolean };

export type StoreEvents = Pick<Store, 'onAppended' | 'onAgentsChanged' | 'onRestarted' | 'onSeatLost'>;

export interface StoreTeller {
  events: StoreEvents;
  appended: (entries: LogEntry[]) => void;
  agentsChanged: () => void;
  restarted: () => void;
  seatLost: (seat: LostSeat) => void;
}

export function createTeller(): StoreTeller {
  const ofEntries: ((entries: LogEntry[]) => void)[] = [];
  const ofAgents: (() => void)[] = [];
  const ofRestarts: (() => void)[] = [];
  const ofSeats: ((seat: LostSeat) => void)[] = [];
  return {
    events: {
      onAppended: (listener) => void ofEntries.push(listener),
      onAgentsChanged: (listener) => void ofAgents.push(listener),
      onRestarted: (listener) => void ofRestarts.push(listener),
      onSeatLost: (listener) => void ofSeats.push(listener),
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
    seatLost: (seat) => {
      for (const tell of ofSeats) tell(seat);
    },
  };
}
