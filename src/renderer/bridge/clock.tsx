/** One ticking clock per window. Components re-render only when what they derive from the time changes. */
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';

/** How late a shown second may change: half of what is told. */
const TICK_MS = 500;
/** How late a shown minute or day may change: nobody counts those, and each tick wakes a window that rests. */
const CALM_TICK_MS = 5_000;

/** For `calmFrom`: told by the minute, hour or day from the start. */
export const NO_SECONDS = 0;

export interface Clock {
  /** Epoch ms. */
  now: () => number;
  /**
   * Calls back at every tick until the returned function is called.
   * @param calmFrom epoch ms from which on it counts no seconds; absent: it always does
   */
  subscribe: (tick: () => void, calmFrom?: number) => () => void;
}

/** The part of a document that says whether anybody can see it. */
export type Sight = Pick<Document, 'hidden' | 'addEventListener'>;

/**
 * Ticks only while somebody listens and the page can be seen, and often only while somebody counts seconds; a page that comes
 * back shows the present at once.
 */
export function createClock(now: () => number, page: Sight): Clock {
  const listeners = new Map<object, { tick: () => void; calmFrom: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waits: number | undefined;
  const tell = () => {
    for (const { tick } of [...listeners.values()]) tick();
  };
  const wanted = () => {
    if (listeners.size === 0 || page.hidden) return undefined;
    const at = now();
    return [...listeners.values()].some(({ calmFrom }) => calmFrom > at) ? TICK_MS : CALM_TICK_MS;
  };
  /** A tick that is coming stays, unless none or an earlier one is wanted. */
  const settle = () => {
    const wait = wanted();
    if (wait !== undefined && waits !== undefined && waits <= wait) return;
    clearTimeout(timer);
    waits = wait;
    if (wait !== undefined) timer = setTimeout(turn, wait);
  };
  const turn = () => {
    waits = undefined;
    tell();
    settle();
  };
  page.addEventListener('visibilitychange', () => {
    if (!page.hidden) tell();
    settle();
  });
  return {
    now,
    subscribe: (tick, calmFrom = Number.POSITIVE_INFINITY) => {
      const key = {};
      listeners.set(key, { tick, calmFrom });
      settle();
      return () => {
        listeners.delete(key);
        settle();
      };
    },
  };
}

const ClockContext = createContext<Clock>(createClock(Date.now, document));
export const ClockProvider = ClockContext.Provider;

/**
 * What `derive` makes of the present time, kept up to date. It must return a primitive.
 * @param calmFrom epoch ms from which on `derive` counts no seconds: it may then be some seconds late
 */
export function useTicking<T extends string | number | boolean>(derive: (now: number) => T, calmFrom?: number): T {
  const clock = useContext(ClockContext);
  const subscribe = useCallback((tick: () => void) => clock.subscribe(tick, calmFrom), [clock, calmFrom]);
  return useSyncExternalStore(subscribe, () => derive(clock.now()));
}
