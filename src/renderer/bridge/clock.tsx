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

/** The part of a document that says whether anybody can see it. */
export type Sight = Pick<Document, 'hidden' | 'addEventListener'>;

/** Ticks only while somebody listens and the page can be seen; a page that comes back shows the present at once. */
export function createClock(now: () => number, page: Sight): Clock {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const settle = () => {
    const wanted = listeners.size > 0 && !page.hidden;
    if (wanted) timer ??= setInterval(tell, TICK_MS);
    if (wanted || timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
  };
  page.addEventListener('visibilitychange', () => {
    if (!page.hidden) tell();
    settle();
  });
  return {
    now,
    subscribe: (tick) => {
      listeners.add(tick);
      settle();
      return () => {
        listeners.delete(tick);
        settle();
      };
    },
  };
}

const ClockContext = createContext<Clock>(createClock(Date.now, document));
export const ClockProvider = ClockContext.Provider;

/** What `derive` makes of the present time, kept up to date. It must return a primitive. */
export function useTicking<T extends string | number | boolean>(derive: (now: number) => T): T {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(clock.subscribe, () => derive(clock.now()));
}
