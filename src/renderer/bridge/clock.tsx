/** One ticking clock per window. Components re-render only when what they derive from the time changes. */
import { createContext, useContext, useSyncExternalStore } from 'react';

/** How late a shown second may change: half of what is told. */
const TICK_MS = 500;

export interface Clock {
  /** Epoch ms. */
  now: () => number;
  /** Calls back at every tick until the returned function is called. */
  subscribe: (tick: () => void) => () => void;
}

/** Ticks only while somebody listens. */
export function createClock(now: () => number): Clock {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    now,
    subscribe: (tick) => {
      listeners.add(tick);
      timer ??= setInterval(() => {
        for (const listener of listeners) listener();
      }, TICK_MS);
      return () => {
        listeners.delete(tick);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const ClockContext = createContext<Clock>(createClock(Date.now));
export const ClockProvider = ClockContext.Provider;

/** What `derive` makes of the present time, kept up to date. It must return a primitive. */
export function useTicking<T extends string | number | boolean>(derive: (now: number) => T): T {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(clock.subscribe, () => derive(clock.now()));
}
